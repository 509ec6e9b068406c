// An office: its calendar, its hours, and what it decided where the law leaves it to
// it. What is not set is as the office's settings page has it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Calendar } from "./calendar.mjs";
import { Hours } from "./hours.mjs";

/** readCalendar reads the folder of yearly lists. */
export const readCalendar = dir =>
  new Calendar(readdirSync(dir).filter(f => f.endsWith(".json")).map(f => JSON.parse(readFileSync(join(dir, f), "utf8"))));

/** office makes one of the settings of console.json. */
export function office(calendar, settings = {}) {
  const rules = settings.rules ?? {};
  return {
    calendar,
    hours: Hours.read(calendar, ["08:30-12:00", "14:00-17:30"]),
    strict: settings.mode === "strict",
    backEntry: (rules.back_entry_hours ?? 8) * 3600,
    noticeDays: 5,
    filingDays: 1,
    reportDays: 1,
    skew: 300,
    warn: { workingDays: 1, calendarDays: 7, workingHours: 4 },
    supplementPauses: new Set(rules.supplement_pauses ?? []),
    nearEnd: (rules.pause_near_end_percent ?? 10) / 100,
    pausesMost: rules.pauses_most ?? 3,
    pausedShare: (rules.paused_share_percent ?? 80) / 100,
  };
}
