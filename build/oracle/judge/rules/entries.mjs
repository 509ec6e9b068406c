// V19 entered late, back-dated (findings R2, R3), accepted and decided in one second.

const ordinary = new Set(["accepted", "supplement_requested", "supplement_received", "paused", "resumed", "extended", "decided", "withdrawn", "voided", "forwarded", "received", "delivered", "step_started", "step_finished", "refusal_grounds"]);

export function entries({ s }) {
  const out = [];
  const first = (which, key) => {
    const late = s.facts.filter(f => f.late && ordinary.has(f.kind) && which(f)).map(f => f.registered);
    if (late.length > 0) out.push({ rule: "V19", level: "review", raised: Math.min(...late), key });
  };
  first(f => f.effective === undefined, "entry");
  first(f => f.effective !== undefined, "backdated");
  if (s.end?.kind === "decided" && s.accepted?.claimed === s.end.claimed) out.push({ rule: "V19", level: "review", raised: s.end.claimed, key: "same_second" });
  return out;
}
