// Runs the judge and the console over one office and says where they differ.

import { at, date } from "./judge/days.mjs";
import { judge } from "./judge/index.mjs";
import { explained } from "./judge/open.mjs";
import { office as makeOffice } from "./judge/office.mjs";
import { differences } from "./compare.mjs";

/** differ gives [{department, kase, lines, open}] for the cases of which the two say otherwise. */
export async function differ(theConsole, calendar, settings, departments, asOf, readBy) {
  const answer = await theConsole.judge({ settings, departments }, date(asOf), date(readBy));
  const rows = new Map(answer.cases.map(r => [r.case_no, r]));
  const found = group(answer.findings);
  const office = makeOffice(calendar, settings);
  const out = [];
  for (const department of departments) {
    for (const kase of department.cases) {
      const judged = judge(office, department, kase, at(asOf, 86399), at(readBy, 86399));
      const lines = differences(judged, rows.get(kase.no), found.get(kase.no) ?? [], department.items.find(i => i.code === kase.item).regime === "limits_only");
      if (lines.length > 0) out.push({ department, kase, lines, open: explained(judged.open, lines) ? judged.open : [] });
    }
  }
  return out;
}

function group(findings) {
  const out = new Map();
  for (const f of findings) out.set(f.case_no, [...(out.get(f.case_no) ?? []), f]);
  return out;
}
