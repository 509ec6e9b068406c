// V01 near the limit, V02 over the promised and V03 over the statutory limit (art.
// 42, 43, 74), V24 on-the-spot item not done on its day (art. 34).

import { at, dayOf } from "../days.mjs";

export function limits({ s, item, main, promised, statutory }) {
  const out = [];
  const red = statutory?.over, yellow = promised?.over;
  const warned = main?.warnedAt;
  if (warned !== undefined && s.until > warned) out.push({ rule: "V01", level: "warn", raised: warned, state: red || yellow ? "superseded" : s.end ? "settled" : "active" });
  if (yellow) out.push({ rule: "V02", level: "yellow", raised: promised.due, state: red ? "superseded" : "active" });
  if (red) out.push({ rule: "V03", level: "red", raised: statutory.due });
  if (item.type === "on_the_spot" && (s.deemed !== undefined || s.accepted || s.end) && s.start !== undefined && s.until > at(dayOf(s.start) + 1, 0)) out.push({ rule: "V24", level: "yellow", raised: at(dayOf(s.start) + 1, 0) });
  return out;
}
