// V27 what a department has to report itself and did not: cases over their limit and
// negative decisions.

import { at, dayOf } from "../days.mjs";
import { over } from "./limits.mjs";
import { filingDue, isNegative } from "./negative.mjs";

export function reports({ s, kase, office, department, promised, statutory, ranOut }) {
  if (!department.reports) return [];
  const out = [];
  const add = (due, told, key) => {
    const first = Math.min(...told);
    if (first > due) out.push({ rule: "V27", level: "data", raised: due, key, state: first < Infinity ? "settled" : "active" });
  };
  const grounds = s.facts.filter(f => f.kind === "refusal_grounds").map(f => f.claimed);
  const turnedDown = s.decisions.find(isNegative);
  if (turnedDown) grounds.push(turnedDown.inFavour);
  if (grounds.length > 0) add(filingDue(Math.min(...grounds), office), (kase.rejections ?? []).map(r => r.filed), "rejection");
  const ends = [over(promised, ranOut.promised), over(statutory, ranOut.statutory)].filter(Boolean).map(c => c.due);
  if (ends.length > 0) add(at(office.calendar.nthAfter(dayOf(Math.min(...ends)), office.reportDays), office.hours.closes), (kase.overdue ?? []).map(o => o.reported), "overdue");
  return out;
}
