// Random moments, more of them where verdicts turn: openings, closings, midnights,
// one second later, equal instants.

import { at, dayOf } from "./judge/days.mjs";

const edges = [0, 8.5 * 3600, 12 * 3600, 14 * 3600, 17.5 * 3600, 17.5 * 3600 + 1, 86399];

/** onDay is a moment of a day, mostly in office hours. */
export function onDay(random, day) {
  if (random.chance(0.12)) return at(day, random.pick(edges));
  const hour = random.chance(0.85) ? random.between(9, 16) : random.between(0, 23);
  return at(day, hour * 3600 + random.pick([0, 0, 600, 1800, 2700, 3599]));
}

/** later is a moment not before another, up to so many days. */
export function later(random, t, days) {
  if (random.chance(0.06)) return t;
  if (random.chance(0.15)) return t + random.pick([1, 60, 1800, 3600, 5400, 7200, 4 * 3600]);
  return Math.max(t, onDay(random, dayOf(t) + random.below(days + 1)));
}
