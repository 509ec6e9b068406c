// V04 a step over the limit that the implementation list gives it.

import { Clock } from "../clock.mjs";

export function steps(matter) {
  const { s, item, office } = matter, out = [];
  matter.steps = [];
  for (const { name, limit } of item.steps ?? []) {
    const began = s.facts.find(f => f.kind === "step_started" && f.step === name && f.claimed <= s.until);
    if (!began || !limit) continue;
    const finished = s.facts.find(f => f.kind === "step_finished" && f.step === name && f.occurred >= began.occurred);
    const clock = new Clock(limit, { ...s, start: began.claimed, valid: [] }, item, office), { due } = clock;
    matter.steps.push(clock);
    if (Math.min(s.until, finished?.inFavour ?? Infinity) > due) out.push({ rule: "V04", level: "warn", raised: due, key: name });
  }
  return out;
}
