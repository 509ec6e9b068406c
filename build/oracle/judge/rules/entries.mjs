// V19 entered late, back-dated (findings R2, R3), accepted and decided in one second.

import { clockOf } from "../days.mjs";

// An earlier date of these wins a department nothing.
const winsNothing = new Set(["received", "supplement_received", "step_started", "refusal_grounds", "note"]);

export function entries({ s, office }) {
  const out = [];
  const late = (from, to) => to > from && office.hours.between(from, to) > office.backEntry;
  const first = (which, key) => {
    const moments = s.all.filter(which).map(f => f.registered);
    if (moments.length > 0) out.push({ rule: "V19", level: "review", raised: Math.min(...moments), key });
  };
  first(f => (f.entered ?? f.observed) !== undefined && late(f.occurred, f.registered), "entry");
  first(f => f.effective !== undefined && !winsNothing.has(f.kind) && late(f.effective, f.registered), "backdated");
  const decided = s.all.find(f => f.kind === "decided");
  // Where the source has dates only, one second says nothing.
  const dated = s.all.every(f => clockOf(f.occurred) === 0);
  if (decided && !dated && s.accepted?.occurred === decided.occurred) out.push({ rule: "V19", level: "review", raised: decided.occurred, key: "same_second" });
  return out;
}
