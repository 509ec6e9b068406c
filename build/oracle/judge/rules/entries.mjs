// V19 entered late, back-dated (findings R2, R3), accepted and decided in one second.

// An earlier date of these wins a department nothing.
const winsNothing = new Set(["received", "supplement_received", "step_started", "refusal_grounds", "note"]);

export function entries({ s, office }) {
  const out = [];
  const late = (from, to) => to > from && office.hours.between(from, to) > office.backEntry;
  const first = (which, key) => {
    const moments = s.facts.filter(which).map(f => f.registered);
    if (moments.length > 0) out.push({ rule: "V19", level: "review", raised: Math.min(...moments), key });
  };
  first(f => f.entered !== undefined && late(f.occurred, f.entered), "entry");
  first(f => f.effective !== undefined && !winsNothing.has(f.kind) && late(f.effective, f.registered), "backdated");
  const decided = s.facts.find(f => f.kind === "decided");
  if (decided && s.accepted?.occurred === decided.occurred) out.push({ rule: "V19", level: "review", raised: decided.occurred, key: "same_second" });
  return out;
}
