// On which days a clock stands still. Working days are taken out by date: the day on
// which a pause begins counts, the days up to and with that of its end do not (Civil
// Code art. 201). Calendar days are taken out where the case was at no moment open.

import { at, clockOf, DAY, dayOf } from "./days.mjs";

/** standing gives a test of days. */
export const standing = (pauses, s, office, unit) => (unit === "calendar_days" ? wholly : byDate)(pauses, s, office, unit);

/**
 * wholly are the days that lie within pauses: all of the office's hours, of a day of
 * rest all of the day (the published reference of BPIC 2015 counts from midnight to
 * midnight: paused days = return date - request date).
 */
function wholly(pauses, s, office) {
  const spans = spansOf(pauses, s), present = lasting(pauses, s) ? dayOf(s.until) : undefined;
  return d => d !== present && takes(spans, d, office, Infinity);
}

const spansOf = (pauses, s) => pauses.filter(p => holds(p, s)).map(p => within(p, s));

// takes says whether spans leave no moment of a day open, up to an instant.
function takes(spans, d, office, until) {
  const of = spans.filter(([from, to]) => from < at(d + 1, 0) && to > at(d, 0));
  if (of.length === 0) return false;
  const open = office.calendar.works(d) ? office.hours.periods : [[0, DAY - 1]];
  return open.every(([opens, closes]) => {
    const from = at(d, opens), to = Math.min(at(d, closes), until);
    return of.reduce((left, span) => left - Math.max(0, Math.min(to, span[1]) - Math.max(from, span[0])), to - from) <= 0;
  });
}

/** lasting says whether a clock stands still at the end. */
export const lasting = (pauses, s) => pauses.length > 0 && !(pauses.at(-1).to <= s.until);

/**
 * byDate gives a test of days. In working days pauses that take less than a quarter
 * of an office day take nothing out, and a day that lies between two pauses counts if
 * the case was open on it in office hours (findings R8).
 */
export function byDate(pauses, s, office, unit) {
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
 * weighty are the pauses that can take a day out: a quarter of an office's day, or of
 * calendar days a whole one. Those of which one begins as another ends weigh together.
 */
export function weighty(pauses, s, office, unit) {
  const calendar = unit === "calendar_days";
  if (!calendar && unit !== "working_days") return new Set(pauses);
  const runs = [];
  for (const p of pauses) {
    const [from, to] = within(p, s), last = runs.at(-1);
    if (!holds(p, s)) continue;
    // An end at midnight is a source's that knows dates only.
    const time = !calendar && clockOf(to) === 0 ? office.hours.perDay : office.hours.between(from, to);
    if (last?.to === from) Object.assign(last, { to, time: last.time + time, pauses: [...last.pauses, p] });
    else runs.push({ from, to, time, pauses: [p] });
  }
  const whole = ({ from, to, pauses }) => {
    const takes = wholly(pauses, s, office);
    for (let d = dayOf(from); d <= dayOf(to); d++) if (takes(d)) return true;
    return false;
  };
  // One that lasts weighs, however short it is so far: the program's word.
  return new Set(runs.filter(r => r.time * 4 >= office.hours.perDay || (calendar && whole(r)) || (!s.end && r.pauses.at(-1).to === undefined)).flatMap(r => r.pauses));
}
