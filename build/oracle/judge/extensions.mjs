// Extensions under art. 42: ten working days (joint handling: fifteen), once, with
// the head's approval, the reason told, made and told before the statutory limit
// has run out.

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
