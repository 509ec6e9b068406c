// On which days a clock stands still. Counting is by date: the day on which a pause
// begins counts, the days up to and with that of its end do not (Civil Code art. 201;
// the published reference of BPIC 2015: paused days = return date - request date).

import { clockOf, dayOf } from "./days.mjs";

/**
 * standing gives a test of days. In working days pauses that take less than a quarter
 * of an office day take nothing out, and a day that lies between two pauses counts if
 * the case was open on it in office hours (findings R8).
 */
export function standing(pauses, s, office, unit) {
  const days = new Set(), weigh = weighty(pauses, s, office, unit);
  const spans = pauses.filter(p => weigh.has(p) && holds(p, s)).map(p => within(p, s));
  spans.forEach(([from, to], i) => {
    for (let d = dayOf(from) + 1; d <= dayOf(to); d++) days.add(d);
    const next = spans[i + 1];
    if (next && dayOf(next[0]) === dayOf(to) && office.hours.between(to, next[0]) > 0) days.delete(dayOf(to));
  });
  return d => days.has(d);
}

// within is the part of a pause that lies in the clock's time.
const within = (p, s) => [Math.max(p.from, s.start), Math.min(p.to ?? s.until, s.until)];

// holds says whether a pause has begun in that time; one that begins at this instant has.
const holds = (p, s) => {
  const [from, to] = within(p, s);
  return to > from || (to === from && p.to === undefined && !s.end);
};

/**
 * weighty are the pauses that can take a day out. Those of which one begins as
 * another ends weigh together.
 */
export function weighty(pauses, s, office, unit) {
  if (unit !== "working_days") return new Set(pauses);
  const runs = [];
  for (const p of pauses) {
    const [from, to] = within(p, s), last = runs.at(-1);
    if (!holds(p, s)) continue;
    // An end at midnight is a source's that knows dates only.
    const time = clockOf(to) === 0 ? office.hours.perDay : office.hours.between(from, to);
    if (last?.to === from) Object.assign(last, { to, time: last.time + time, pauses: [...last.pauses, p] });
    else runs.push({ to, time, pauses: [p] });
  }
  // One that lasts weighs, however short it is so far: the program's word.
  return new Set(runs.filter(r => r.time * 4 >= office.hours.perDay || (!s.end && r.pauses.at(-1).to === undefined)).flatMap(r => r.pauses));
}
