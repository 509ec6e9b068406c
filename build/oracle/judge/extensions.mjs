// Extensions under art. 42: ten working days (joint handling: fifteen), once, with
// the head's approval, the reason told, made and told before the statutory limit
// has run out.

import { Clock } from "./clock.mjs";
import { beforeCase } from "./story.mjs";

/**
 * why an extension does not count; empty: it does. limit is the statutory clock before
 * it; beforehand: it was told before there was a case, which is no telling.
 */
export function faults(f, item, limit, beforehand) {
  const x = f.extension ?? {}, out = [];
  if (!x.approver) out.push("approver");
  if (!x.reason) out.push("reason");
  if (x.notified === undefined || beforehand) out.push("untold");
  if (x.by?.unit !== "working_days") out.push("unit");
  else if (x.by.n > (item.type === "joint" ? 15 : 10)) out.push("length");
  if (limit && toldBy(f) > limit.due) out.push("late");
  return out;
}

/** toldBy is when an extension was made and told. */
export const toldBy = f => Math.max(f.inFavour, f.extension?.notified ?? f.inFavour);

/**
 * extend says which extensions count, and gives why each does not: of several the first
 * that is lawful (findings R15). Where no named law judges them, each limit takes the
 * first that was told while it had not run out.
 */
export function extend(s, item, office) {
  s.valid = [];
  if (item.regime === "limits_only") {
    s.valid = s.extensions;
    return [];
  }
  const limit = s.start !== undefined && item.statutory && new Clock(item.statutory, s, item, office);
  return s.extensions.map(f => {
    const why = faults(f, item, limit, beforeCase(f.extension?.notified, s));
    if (why.length === 0 && s.valid.length > 0) why.push("second");
    if (why.length === 0) s.valid = [{ ...f, inFavour: toldBy(f) }];
    return why;
  });
}
