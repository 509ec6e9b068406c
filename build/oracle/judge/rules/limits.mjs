// V01 near the limit, V02 over the promised and V03 over the statutory limit (art.
// 42, 43, 74), V24 on-the-spot item not done on its day (art. 34).

import { at, dayOf } from "../days.mjs";

export function limits({ s, item, main, promised, statutory, ranOut }) {
  const out = [];
  const red = over(statutory, ranOut.statutory), yellow = over(promised, ranOut.promised);
  const warned = main?.warnedAt;
  if (warned !== undefined && s.until > warned) out.push({ rule: "V01", level: "warn", raised: warned, state: red || yellow ? "superseded" : s.end ? "settled" : "active" });
  if (yellow) out.push({ rule: "V02", level: "yellow", raised: yellow.due, state: red ? "superseded" : "active" });
  if (red) out.push({ rule: "V03", level: "red", raised: red.due });
  const begun = item.type === "on_the_spot" ? onTheSpot(s) : undefined;
  if (begun !== undefined && s.until >= at(dayOf(begun) + 1, 0)) out.push({ rule: "V24", level: "yellow", raised: at(dayOf(begun) + 1, 0) });
  return out;
}

/** over is the clock by which a limit ran out first, if it did. */
export const over = (clock, ranOut) => ranOut ?? (clock?.over ? clock : undefined);

// onTheSpot is from when a case is to be decided on the spot: acceptance; where nothing
// was accepted, or too late to be believed, receipt (the program's word, with which
// known answers agree); where the application counts as accepted (art. 32), the day on
// which it, or the papers, came.
export function onTheSpot(s) {
  if (s.deemed !== undefined) return s.deemed;
  if (s.accepted && (!s.received || !s.accepted.late)) return s.accepted.claimed;
  return s.received?.claimed;
}
