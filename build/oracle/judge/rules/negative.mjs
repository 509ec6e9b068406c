// V07 a negative decision without its particulars (art. 38), V08 not filed, V09 filed
// after the decision (the office's filing duty, where the department has it).

import { at, dayOf } from "../days.mjs";

const outcomes = new Set(["refused", "not_accepted", "returned"]);

/** isNegative says whether a case ended in a decision against its applicant. */
export const isNegative = end => end?.kind === "decided" && outcomes.has(end.decision?.outcome);

/** filingDue is the close of the working day after a negative decision. */
export const filingDue = (t, office) => at(office.calendar.nthAfter(dayOf(t), office.filingDays), office.hours.closes);

export function negative({ s, item, kase, office, department }) {
  const turnedDown = s.decisions.find(isNegative);
  if (item.regime === "limits_only" || !turnedDown) return [];
  const out = [], d = turnedDown.decision, decided = turnedDown.inFavour;
  if (!d.reason || !d.basis || !d.remedies || !d.notice) out.push({ rule: "V07", level: "yellow", raised: decided });
  if (!department.reports) return out;
  const due = filingDue(decided, office);
  const filed = Math.min(...(kase.rejections ?? []).map(r => r.filed));
  if (filed > due) {
    if (!d.filing) out.push({ rule: "V08", level: "yellow", raised: due, state: filed < Infinity ? "settled" : "active" });
  }
  if (filed > decided && filed < Infinity) out.push({ rule: "V09", level: "warn", raised: filed });
  return out;
}
