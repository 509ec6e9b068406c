// What had run out before a receipt was told. Until then the earliest record stands
// for it (administrators' page, what is told late), be it one that turns out to lie
// before the case, with all that was known of pauses and extensions. What had run out
// so stays run out: what is told later makes nothing timely (findings R2).

import { Clock } from "./clock.mjs";
import { extend } from "./extensions.mjs";
import { story } from "./story.mjs";

/** ranOut gives the limits that had run out, {promised, statutory}, as clocks that ran on to the case's end. */
export function ranOut(facts, item, office, s) {
  const receipt = s.assumed ? undefined : s.received, until = receipt?.occurred;
  const known = facts.filter(f => f.occurred < until);
  if (known.length === 0) return {};
  const then = story(known, item, office, until);
  extend(then, item, office);
  if (then.start === undefined) return {};
  const clock = limit => limit && new Clock(limit, then, item, office).over ? new Clock(limit, { ...then, until: s.until, end: s.end }, item, office) : undefined;
  return { promised: clock(item.promised), statutory: clock(item.statutory) };
}
