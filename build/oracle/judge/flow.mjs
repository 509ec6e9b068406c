// Time that runs from one second to the next: office hours, and, counted strictly,
// the whole of working days or of all days. Strict counting runs from the very hour
// to the same hour (the published rules of an electronic supervision, domain 2.1).

import { at, clockOf, DAY, dayOf } from "./days.mjs";
import { Hours } from "./hours.mjs";

/** flowOf is the flow of a unit; undefined where days are counted by their date. */
export function flowOf(unit, office) {
  if (unit === "working_hours") return { size: 3600, between: (a, b) => office.hours.between(a, b), after: (t, s) => office.hours.after(t, s) };
  if (!office.strict) return undefined;
  if (unit === "calendar_days") return { size: DAY, between: (a, b) => Math.max(0, b - a), after: (t, s) => t + s };
  const days = new Hours(office.calendar, [[0, DAY]]);
  return { size: DAY, between: (a, b) => days.between(a, b), after: (t, s) => opening(days.after(t, s), t, office.calendar) };
}

// The end of a working day is the beginning of the next one.
function opening(end, start, calendar) {
  return clockOf(end) === 0 && end > start ? at(calendar.workedFrom(dayOf(end)), 0) : end;
}
