// The items of a made-up department: every kind that the contract has.

const limit = (n, unit) => ({ n, unit });
const days = n => limit(n, "working_days");
const sameDay = unit => ({ ...limit(0, unit), sameDay: true });

const base = { version: "1", regime: "licensing", type: "committed", start: "acceptance" };

/** items of a department. */
export const items = department => [
  { code: "A5", promised: days(5), statutory: days(20) },
  { code: "A1", promised: days(1), statutory: days(5) },
  { code: "A15", promised: days(15), statutory: days(20) },
  { code: "A20", promised: days(20), statutory: days(20) },
  { code: "A20only", statutory: days(20) },
  { code: "A5only", promised: days(5) },
  { code: "none" },
  { code: "C10", promised: limit(10, "calendar_days"), statutory: days(20) },
  { code: "C30", promised: limit(30, "calendar_days"), statutory: limit(60, "calendar_days") },
  { code: "H8", promised: limit(8, "working_hours"), statutory: days(5) },
  { code: "H20", promised: limit(20, "working_hours"), statutory: days(10) },
  { code: "R5", start: "receipt", promised: days(5), statutory: days(20) },
  { code: "S1", type: "on_the_spot", promised: days(1), statutory: days(20) },
  { code: "J15", type: "joint", promised: days(15), statutory: days(45) },
  { code: "U10", type: "referred_up", promised: days(10), statutory: days(20) },
  { code: "hall", inHall: true, promised: days(5), statutory: days(20) },
  { code: "signed", inHall: true, windowSignOff: true, promised: days(5), statutory: days(20) },
  { code: "P5", supplementPauses: true, promised: days(5), statutory: days(20) },
  { code: "steps", promised: days(10), statutory: days(20), steps: [{ name: "审核", limit: days(2) }, { name: "复核", limit: limit(4, "working_hours") }] },
  { code: "L5", regime: "limits_only", promised: days(5), statutory: days(20) },
  { code: "Z", promised: sameDay("working_days"), statutory: days(5) },
  { code: "LZ", regime: "limits_only", promised: sameDay("working_days"), statutory: days(10) },
  { code: "LA5", regime: "limits_only", supplementPauses: true, promised: days(5), statutory: limit(30, "calendar_days") },
  { code: "LC5m", regime: "limits_only", restDaysMoveEnd: true, promised: limit(5, "calendar_days"), statutory: days(10) },
  { code: "LC10", regime: "limits_only", start: "receipt", supplementPauses: true, promised: limit(10, "calendar_days") },
  { code: "LC10m", regime: "limits_only", start: "receipt", restDaysMoveEnd: true, promised: limit(10, "calendar_days"), statutory: limit(30, "calendar_days") },
  { code: "LR8", regime: "limits_only", start: "receipt", supplementPauses: true, promised: days(8), statutory: days(16) },
].map(i => ({ ...base, ...i, department }));
