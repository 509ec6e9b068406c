// The judge: one case of an office, as of a moment.

import { Clock } from "./clock.mjs";
import { extend } from "./extensions.mjs";
import { dayOf } from "./days.mjs";
import { facts } from "./facts.mjs";
import { findings } from "./findings.mjs";
import { touched } from "./open.mjs";
import { onTheSpot } from "./rules/limits.mjs";
import { story } from "./story.mjs";
import { ranOut } from "./untold.mjs";

const levels = ["none", "review", "data", "warn", "yellow", "red"];

/**
 * judge gives a case's row, its findings, and which open differences touch it. All but
 * what is told anew had been read by a moment; else it is history.
 */
export function judge(office, department, kase, now, readBy) {
  const item = lawful(department.items.find(i => i.code === kase.item));
  const told = facts(kase, item, office, { now, readBy }), s = story(told, item, office, now);
  const matter = { office, department, item, kase, now, s, ranOut: ranOut(told, item, office, s) };
  matter.faults = extend(s, item, office);
  if (s.start !== undefined) {
    matter.promised = item.promised && new Clock(item.promised, s, item, office);
    matter.statutory = item.statutory && new Clock(item.statutory, s, item, office);
    matter.main = matter.promised ?? matter.statutory;
  }
  const went = { ...matter, main: matter.main?.asItWent, promised: matter.promised?.asItWent, statutory: matter.statutory?.asItWent };
  const found = findings(went);
  return { row: row(matter, found), findings: found, open: touched({ ...matter, steps: went.steps }) };
}

// Art. 42: twenty working days, of joint handling forty-five, but for what can be
// decided on the spot (art. 34).
function lawful(item) {
  if (item.regime === "limits_only" || item.statutory || item.type === "on_the_spot") return item;
  return { ...item, statutory: { n: item.type === "joint" ? 45 : 20, unit: "working_days" } };
}

function row({ item, s, main, statutory, ranOut, now }, found) {
  const limit = item.promised ?? item.statutory;
  const first = item.promised ? ranOut.promised : ranOut.statutory;
  const shown = main?.over ? main : first ?? main; // over by either
  const early = Boolean(s.end && shown?.left);
  // What is done on the spot is early on its day, where no limit ran out.
  const begun = onTheSpot(s), spotless = Boolean(s.end) && begun !== undefined && dayOf(begun) === dayOf(s.until) && !found.some(f => f.rule === "V02" || f.rule === "V03");
  const active = found.filter(f => f.state === "active").map(f => levels.indexOf(f.level));
  return {
    received_at: s.assumed ? undefined : s.received?.claimed,
    accepted_at: s.accepted?.claimed,
    outcome: s.end ? s.end.decision?.outcome ?? s.end.kind : "open",
    ended_at: s.end?.inFavour,
    limit: limit?.n ?? 0,
    limit_unit: limit?.unit ?? "",
    extended: main?.extended ?? (limit ? s.valid[0]?.extension.by.n : undefined) ?? 0,
    requests: s.pauses.length,
    paused: main?.paused ?? 0,
    paused_now: !s.end && main !== undefined && s.pauses.at(-1)?.from <= now && s.pauses.at(-1).to === undefined,
    due_at: shown?.due,
    statutory_due_at: (statutory?.over ? statutory : ranOut.statutory ?? statutory)?.due,
    overdue: shown?.rowOver ?? false,
    overdue_without_pauses: shown?.overWithoutPauses ?? false,
    over_by: shown?.overBy ?? 0,
    used: shown?.used ?? 0,
    early: item.type === "on_the_spot" ? spotless : early,
    refused: s.refused,
    sent_at: s.sent?.claimed,
    level: levels[Math.max(0, ...active)],
  };
}
