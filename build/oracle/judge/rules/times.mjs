// V20 times that contradict one another.

export function times({ s, item, office }) {
  const at = [];
  const { received, accepted, end, sent } = s;
  if (received && accepted && accepted.claimed < received.claimed) at.push(received.claimed);
  if (received && end && end.claimed < received.claimed) at.push(received.claimed);
  if (accepted && end && end.claimed < accepted.claimed) at.push(accepted.claimed);
  const decided = s.facts.find(f => f.kind === "decided");
  if (sent && decided && sent.claimed < decided.claimed) at.push(decided.claimed);
  for (const f of s.facts) if (f.entered !== undefined && f.entered + office.skew < f.occurred) at.push(f.occurred);
  at.push(...answeredUnasked(s.facts.filter(f => f.claimed <= s.until), item.regime === "limits_only"));
  return at.length > 0 ? [{ rule: "V20", level: "data", raised: Math.min(...at) }] : [];
}

// A resumption of what does not stand still, papers that nobody asked for, the end of
// a step that did not begin. What is of one instant has no order of its own.
function answeredUnasked(facts, summed) {
  const out = [], begun = new Set();
  let paused = false, asked = false;
  for (let i = 0, j; i < facts.length; i = j) {
    for (j = i; j < facts.length && facts[j].claimed === facts[i].claimed; ) j++;
    const instant = facts.slice(i, j), many = kind => instant.filter(f => f.kind === kind).length;
    const pauses = many("paused"), resumptions = many("resumed");
    if (resumptions > pauses + paused) out.push(facts[i].claimed);
    const last = instant.findLast(f => f.kind === "paused" || f.kind === "resumed");
    if (last) paused = summed ? last.kind === "paused" : pauses + paused > resumptions;
    asked ||= many("supplement_requested") > 0;
    if (many("supplement_received") > 0 && !asked) out.push(facts[i].claimed);
    for (const f of instant) if (f.kind === "step_started") begun.add(f.step);
    if (instant.some(f => f.kind === "step_finished" && !begun.has(f.step))) out.push(facts[i].claimed);
  }
  return out;
}
