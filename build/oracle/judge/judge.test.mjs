// What the judge says, against values that were reckoned by hand. The rows are those
// of the findings that the console was mended by.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { judge } from "./index.mjs";
import { office, readCalendar } from "./office.mjs";

const calendar = readCalendar(join(dirname(fileURLToPath(import.meta.url)), "../../../sdk/holidays/data"));
const t = s => Date.parse(s.replace(" ", "T") + "+08:00") / 1000;
const text = s => new Date((s + 8 * 3600) * 1000).toISOString().slice(0, 16).replace("T", " ");
const days = n => ({ n, unit: "working_days" });
const item = { code: "A5", regime: "licensing", type: "committed", start: "acceptance", promised: days(5), statutory: days(20) };
const lawful = { kind: "hearing", approver: "王局长", approved: days(30), notified: t("2026-03-02 12:00") };
const granted = { outcome: "granted" };

/** say judges events, [kind, occurred, more], and gives due moment, figures and rules. */
function say(events, { asOf = "2026-06-30 23:59:59", item: its = {}, settings, reports = false } = {}) {
  const kase = { item: "A5", events: events.map(([kind, at, more], i) => ({ id: String(i), kind, occurred: t(at), ...more })) };
  const { row, findings } = judge(office(calendar, settings), { reports, items: [{ ...item, ...its }] }, kase, t(asOf));
  return { due: row.due_at && text(row.due_at), over: row.over_by, used: row.used, overdue: row.overdue, rules: findings.map(f => f.rule).sort().join(" "), row };
}

const accepted = ["accepted", "2026-03-02 09:00"];

test("five working days after Monday end on Monday at the close of business", () => {
  const r = say([accepted, ["decided", "2026-03-10 10:00", { decision: granted }]]);
  assert.deepEqual([r.due, r.over, r.used, r.rules], ["2026-03-09 17:30", 1, 6, "V01 V02"]);
});

test("R2: a decision claims an earlier date: it counts from its registration", () => {
  const r = say([accepted, ["decided", "2026-03-20 10:00", { effective: t("2026-03-05 10:00"), decision: granted }]]);
  assert.deepEqual([text(r.row.ended_at), r.over, r.rules], ["2026-03-20 10:00", 9, "V01 V02 V19"]);
});

test("R3: a pause registered when the limit had run out moves nothing", () => {
  const r = say([accepted, ["paused", "2026-03-20 10:00", { effective: t("2026-03-03 10:00"), pause: lawful }], ["resumed", "2026-03-21 10:00"], ["decided", "2026-03-23 10:00", { decision: granted }]]);
  assert.deepEqual([r.due, text(r.row.statutory_due_at), r.over], ["2026-03-09 17:30", "2026-03-30 17:30", 10]);
});

test("R5: a pause and its end of one instant, in either order", () => {
  const pause = ["paused", "2026-03-03 00:00", { pause: lawful }], resume = ["resumed", "2026-03-03 00:00"];
  assert.deepEqual(say([accepted, pause, resume]), say([accepted, resume, pause]));
  assert.equal(say([accepted, resume, pause]).due, "2026-03-09 17:30");
});

test("R6: silence after a supplement is acceptance on the day on which it came", () => {
  const r = say([["received", "2026-03-02 09:00"], ["supplement_requested", "2026-03-04 10:00"], ["supplement_received", "2026-03-10 10:00"]]);
  assert.deepEqual([r.due, r.rules], ["2026-03-17 17:30", "V01 V02 V03 V05"]);
});

test("R7: a pause whose time nobody was told is unlawful", () => {
  assert.match(say([accepted, ["paused", "2026-03-04 10:00", { pause: { ...lawful, approved: undefined } }]]).rules, /V10/);
});

test("R8: nights take no day out, and are looked at", () => {
  const nights = ["03", "04", "05"].flatMap((d, i) => [["paused", `2026-03-0${i + 2} 17:29`, { pause: lawful }], ["resumed", `2026-03-${d} 08:31`]]);
  const r = say([accepted, ...nights]);
  assert.deepEqual([r.due, r.row.paused, r.rules.includes("V12")], ["2026-03-09 17:30", 0, true]);
});

test("R9: a limit that stood still ends on no day of rest", () => {
  const r = say([["accepted", "2025-09-23 09:00"], ["paused", "2025-09-29 08:44", { pause: lawful }], ["resumed", "2025-10-05 16:38"], ["decided", "2025-10-09 09:00", { decision: granted }]]);
  assert.deepEqual([r.due, r.overdue], ["2025-10-09 17:30", false]);
});

test("R10: a pause behind the end of a limit moves nothing", () => {
  const r = say([accepted, ["paused", "2026-03-11 10:00", { pause: lawful }], ["resumed", "2026-03-12 10:00"], ["decided", "2026-03-16 10:00", { decision: granted }]]);
  assert.deepEqual([r.due, r.over], ["2026-03-09 17:30", 5]);
});

test("R14: a filing number is a filing", () => {
  const refused = { outcome: "refused", reason: "不符", basis: "38", remedies: true, notice: "1" };
  const rules = filing => say([accepted, ["decided", "2026-03-04 10:00", { decision: { ...refused, filing } }]], { reports: true }).rules;
  assert.deepEqual([rules(undefined), rules("F1")], ["V08 V27", "V27"]);
});

test("R15: of two extensions the lawful one counts", () => {
  const by = more => ({ extension: { by: days(5), approver: "王局长", reason: "复杂", notified: t("2026-03-02 12:00"), ...more } });
  const r = say([accepted, ["extended", "2026-03-04 10:00", by({ approver: undefined })], ["extended", "2026-03-05 10:00", by()], ["decided", "2026-03-16 10:00", { decision: granted }]]);
  assert.deepEqual([r.due, r.overdue, r.rules], ["2026-03-16 17:30", false, "V01 V13"]);
});

test("a limit does not run out while it stands still (art. 45)", () => {
  const r = say([accepted, ["paused", "2026-03-09 14:00", { pause: lawful }], ["resumed", "2026-03-12 12:30"], ["paused", "2026-03-12 15:00", { pause: lawful }], ["resumed", "2026-03-16 10:30"]]);
  assert.equal(r.due, "2026-03-16 17:30");
});

test("ten calendar days that end on a holiday end on the next working day (Civil Code art. 203)", () => {
  const r = say([["accepted", "2026-09-21 09:00"]], { item: { promised: { n: 10, unit: "calendar_days" } }, asOf: "2026-11-01 23:59:59" });
  assert.equal(r.due, "2026-10-08 17:30");
});

// The case late_ext: due 9 March by the promise, 30 March by law.
test("R6: an extension that came when a limit had run out extends nothing, under any law", () => {
  const late = ["extended", "2026-04-08 15:00", { extension: { by: days(10), approver: "王局长", reason: "复杂", notified: t("2026-04-08 15:00") } }];
  for (const its of [{}, { regime: "limits_only" }, { regime: "limits_only", restDaysMoveEnd: true }]) {
    const r = say([accepted, late], { item: its, asOf: "2026-04-08 23:59:59" });
    assert.deepEqual([r.due, r.over, text(r.row.statutory_due_at), r.row.extended], ["2026-03-09 17:30", 21, "2026-03-30 17:30", 0]);
    assert.match(r.rules, /V01 V02 V03/);
  }
});

test("R6: between the two ends an extension lengthens the limit that still runs", () => {
  const between = ["extended", "2026-03-10 09:00", { extension: { by: days(5) } }];
  const r = say([accepted, between], { item: { regime: "limits_only" } });
  assert.deepEqual([r.due, text(r.row.statutory_due_at)], ["2026-03-09 17:30", "2026-04-07 17:30"]);
});

// Civil Code art. 201: a pause within a day takes no day out. Art. 45: it does not run
// out while it stands still.
test("a pause on the last day from noon into the night: what goes on after the close counts from the next opening", () => {
  const pause = ["paused", "2026-03-09 12:30", { pause: lawful }];
  assert.equal(say([accepted, pause, ["resumed", "2026-03-09 20:00"]]).due, "2026-03-10 17:30");
  assert.equal(say([accepted, pause, ["resumed", "2026-03-10 10:00"]]).due, "2026-03-10 17:30");
});

// Art. 45: none of the time of its procedures counts, in one record or in two.
test("R5: a pause that ends and begins anew at one instant goes on", () => {
  const began = [["accepted", "2026-01-25 16:59"], ["paused", "2026-01-30 16:00", { pause: lawful }]];
  const anew = [["resumed", "2026-01-31 08:59"], ["paused", "2026-01-31 08:59", { pause: lawful }]];
  const ended = ["resumed", "2026-02-04 10:00"];
  for (const events of [[...began, ended], [...began, ...anew, ended], [...began, ...anew.toReversed(), ended]]) assert.equal(say(events).due, "2026-02-04 17:30");
});

test("R5: asked for papers and accepted at one instant, nothing is missing before it", () => {
  assert.equal(say([accepted, ["supplement_requested", "2026-03-02 09:00"]], { asOf: "2026-03-05 23:59:59" }).rules, "");
});

test("a pause after the close of the last day weighs nothing, under any law", () => {
  const night = [accepted, ["paused", "2026-03-09 17:30", { pause: lawful }], ["decided", "2026-03-09 20:30", { decision: granted }]];
  for (const regime of ["licensing", "limits_only"]) assert.deepEqual([say(night, { item: { regime } }).due, say(night, { item: { regime } }).overdue], ["2026-03-09 17:30", true]);
});

test("art. 32: what counts as accepted with its papers was to be decided on the spot then", () => {
  const silent = [["received", "2026-03-02 09:00"], ["supplement_requested", "2026-03-03 09:00"], ["supplement_received", "2026-03-04 09:00"], ["accepted", "2026-03-12 23:00"], ["decided", "2026-03-12 23:30", { decision: granted }]];
  const r = say(silent, { item: { type: "on_the_spot", promised: undefined, statutory: undefined } });
  assert.deepEqual([r.rules, r.row.early], ["V05 V24", false]);
});

test("V12: days by which rest moves an end are left of the whole, and part of it", () => {
  // Ten calendar days from 7 February end on the 17th, in the holiday: on the 24th. On the 21st three are left of seventeen.
  const events = [["accepted", "2026-02-07 16:00"], ["paused", "2026-02-21 10:00", { pause: { ...lawful, notified: t("2026-02-21 09:00") } }]];
  const near = percent => say(events, { item: { promised: { n: 10, unit: "calendar_days" } }, settings: { rules: { pause_near_end_percent: percent } }, asOf: "2026-02-22 23:59:59" }).rules;
  assert.deepEqual([near(17), near(18)], ["V01", "V01 V12"]);
});

test("R8: a pause that begins now has begun: the day between it and the one before counts", () => {
  const events = [accepted, ["paused", "2026-03-03 09:30", { pause: lawful }], ["resumed", "2026-03-05 16:00"], ["paused", "2026-03-05 23:59:59", { pause: lawful }]];
  const r = say(events, { asOf: "2026-03-05 23:59:59" });
  assert.deepEqual([r.row.paused, r.used], [1, 2]);
});

test("R8: who works a day's hours between pauses on days that are given has used the last day up, under any law", () => {
  const events = [accepted, ["paused", "2026-03-09 12:10", { pause: lawful }], ["resumed", "2026-03-12 08:00"], ["paused", "2026-03-12 14:00", { pause: lawful }]];
  const over = regime => say(events, { item: { regime }, asOf: "2026-03-16 23:59:59" }).rules.includes("V02");
  assert.deepEqual([over("licensing"), over("limits_only")], [true, true]);
});

const calendar10 = { promised: { n: 10, unit: "calendar_days" } };

// 2 March + 10 is the 12th, whatever two minutes over midnight there were.
test("R8: nights of two minutes buy no calendar day, and whole days do", () => {
  const nights = Array.from({ length: 9 }, (_, i) => [["paused", `2026-03-${String(i + 2).padStart(2, "0")} 23:59`, { pause: lawful }], ["resumed", `2026-03-${String(i + 3).padStart(2, "0")} 00:01`]]).flat();
  const r = say([accepted, ...nights], { item: calendar10, asOf: "2026-03-12 12:00:00" });
  assert.deepEqual([r.due, r.row.paused, r.used, r.rules.includes("V12")], ["2026-03-12 17:30", 0, 10, true]);
  const whole = say([accepted, ["paused", "2026-03-03 10:00", { pause: lawful }], ["resumed", "2026-03-06 10:00"]], { item: calendar10 });
  assert.deepEqual([whole.due, whole.row.paused], ["2026-03-16 17:30", 2]); // the 14th is a Saturday
});

test("R8: a calendar day on which it stands still is used while it lasts, and taken off from the next one on", () => {
  const paused = [["accepted", "2026-03-13 15:59:59"], ["paused", "2026-03-15 11:45", { pause: lawful }]];
  const r = say(paused, { item: { promised: { n: 30, unit: "calendar_days" } }, asOf: "2026-03-21 23:59:59" });
  assert.deepEqual([r.used, r.row.paused], [3, 5]); // the 14th, 15th and 21st; the 16th to 20th
});

// Ten days after 8 April are Saturday the 18th, and end on Monday the 20th.
test("R9: the day that is given for the rest of a last day is not used, nor those by which rest moved it", () => {
  const events = [["accepted", "2026-04-08 10:00"], ["paused", "2026-04-20 06:00", { pause: lawful }], ["resumed", "2026-04-24 14:00"]];
  const on = (d, at) => say([...events, ["decided", `2026-04-${d} ${at}`, { decision: granted }]], { item: calendar10 });
  assert.deepEqual([on(24, "16:00").used, on(24, "16:00").overdue, on(25, "16:00").used, on(25, "16:00").over], [10, false, 11, 1]);
});

// Ten days after 11 February are the 21st, one is taken off so far; days of rest do not move it.
test("R8: while it stands still, a limit whose last day has not come ends on no later day than is taken off", () => {
  const its = { regime: "limits_only", promised: { n: 10, unit: "calendar_days" } };
  assert.equal(say([["accepted", "2026-02-11 09:10"], ["paused", "2026-02-12 15:59:59", { pause: lawful }]], { item: its, asOf: "2026-02-14 23:59:59" }).due, "2026-02-22 17:30");
});

test("R8: nightly pauses are looked at under other laws, too", () => {
  const nights = ["03", "04", "05", "06"].flatMap((d, i) => [["paused", `2026-03-0${i + 2} 17:29`, { pause: lawful }], ["resumed", `2026-03-${d} 08:31`]]);
  assert.match(say([accepted, ...nights], { item: { regime: "limits_only" } }).rules, /V12/);
});

test("art. 32: what is dated before the receipt stops nothing, and V20 names it", () => {
  const received = ["received", "2026-03-02 08:30"];
  for (const stranger of [["supplement_requested", "2026-03-01 10:00"], ["paused", "2026-03-01 10:00", { pause: lawful }]]) {
    const r = say([stranger, received, accepted]);
    assert.deepEqual([r.due, r.row.paused, r.rules], ["2026-03-09 17:30", 0, "V01 V02 V03 V20"]);
  }
  const decided = ["decided", "2026-03-01 10:00", { decision: granted }];
  assert.deepEqual([say([decided, received, accepted]).row.outcome, say([decided, received, accepted], { item: { regime: "limits_only" } }).row.outcome], ["open", "granted"]);
});

// Five days after 15 January are the 22nd; the receipt was told on the 28th.
test("R2: what had run out by the earliest record stays so when a receipt is told that lies behind it", () => {
  const its = { start: "receipt" }, received = ["received", "2026-01-28 15:00"], decided = ["decided", "2026-01-30 10:00", { decision: granted }];
  for (const [kind, more] of [["resumed"], ["step_started", { step: "审核" }], ["supplement_requested"]]) {
    const r = say([[kind, "2026-01-15 15:00", more], received, decided], { item: its });
    assert.deepEqual([r.due, r.over, r.used, r.rules.includes("V02")], ["2026-01-22 17:30", 6, 11, true]);
  }
  // Paused on two days, it would have run out on the evening of the 26th: the receipt came before.
  const pause = [["paused", "2026-01-15 15:00", { pause: lawful }], ["resumed", "2026-01-19 10:00"]];
  const r = say([...pause, ["received", "2026-01-26 15:00"], decided], { item: its });
  assert.deepEqual([r.due, r.over, r.row.paused, r.rules], ["2026-02-02 17:30", 0, 0, "V20"]);
});

test("two decisions of a day: the first ends the clocks, another outcome is a contradiction that owes its reasons (art. 38)", () => {
  const then = (at, outcome) => ["decided", `2026-03-04 ${at}`, { decision: { outcome } }];
  assert.equal(say([accepted, then("09:00", "granted"), then("16:00", "granted")]).rules, "");
  const r = say([accepted, then("09:00", "granted"), then("16:00", "refused")]);
  assert.deepEqual([text(r.row.ended_at), r.rules], ["2026-03-04 09:00", "V07 V20"]);
});

test("an effect after its registration moves no clock, and V20 says so", () => {
  const paused = ["paused", "2026-03-03 09:00", { pause: lawful }], ahead = ["resumed", "2026-03-04 09:00", { effective: t("2026-03-16 09:00") }];
  for (const regime of ["licensing", "limits_only"]) {
    const r = say([accepted, paused, ahead], { item: { regime } });
    assert.deepEqual([r.due, r.rules.includes("V20")], ["2026-03-10 17:30", true]);
  }
});

test("a limit of the same day, begun after the close, ends with the next working day", () => {
  const its = { promised: { n: 0, unit: "working_days", sameDay: true } };
  assert.deepEqual(["2026-03-02 18:00", "2026-03-06 18:00", "2026-03-02 09:00"].map(at => say([["accepted", at]], { item: its }).due), ["2026-03-03 17:30", "2026-03-09 17:30", "2026-03-02 17:30"]);
});

test("V19: one second says nothing where a source has dates only; V24: midnight is the next day", () => {
  const day = at => say([["accepted", at], ["decided", at, { decision: granted }]]).rules;
  assert.deepEqual([day("2026-03-02 00:00"), day("2026-03-02 09:00")], ["", "V19"]);
  const spot = at => say([accepted, ["decided", at, { decision: granted }]], { item: { type: "on_the_spot", promised: undefined, statutory: undefined } }).rules;
  assert.deepEqual([spot("2026-03-02 23:59:59"), spot("2026-03-03 00:00:00")], ["", "V24"]);
});

// Corrections told on the evening of 30 June, when all had been read by 30 April.
test("R2, R3: what is corrected late makes nothing timely, in time it counts", () => {
  const anew = (events, kind, at, readBy = "2026-04-30 23:59:59", now = "2026-06-30 23:59:59") => {
    const made = events.map(([kind, at, more]) => ({ id: kind, kind, occurred: t(at), ...more }));
    const { row, findings } = judge(office(calendar), { items: [item] }, { item: "A5", events: made, anew: [{ ...made.find(e => e.kind === kind), occurred: t(at) }] }, t(now), t(readBy));
    return [text(row.due_at), row.ended_at && text(row.ended_at), findings.map(f => f.rule).sort().join(" ")];
  };
  const late = [accepted, ["decided", "2026-04-20 09:00", { decision: granted }]];
  assert.deepEqual(anew(late, "decided", "2026-03-06 09:00"), ["2026-03-09 17:30", "2026-04-20 09:00", "V01 V02 V03 V19"]);
  assert.deepEqual(anew(late, "accepted", "2026-04-16 09:00"), ["2026-03-09 17:30", "2026-04-20 09:00", "V01 V02 V03 V19"]);
  assert.deepEqual(anew([accepted], "accepted", "2026-03-02 16:00", "2026-03-02 16:30:00", "2026-03-02 17:30:00")[0], "2026-03-09 17:30");
});
