// Random cases: all kinds of events in all orders, lawful and not.

import { at, dayOf } from "./judge/days.mjs";
import { items } from "./items.mjs";
import { later, onDay } from "./moments.mjs";

/**
 * everything is what a run makes, as chances. Records told late or back-dated are made
 * where ORACLE_LATE is set: a few of them are judged otherwise still (README).
 */
export const everything = {
  entered: 0.4, backdated: process.env.ORACLE_LATE ? 0.15 : 0, pauses: 0.35, extensions: 0.2, supplements: 0.3, odd: 0.15, shuffled: 0.3,
  nights: 0.06, // paused again and again, by nights
  dates: 0.06, // a source that knows dates only
  ahead: 0.05, // an effect after the registration
  before: 0.06, // facts before the receipt
  twice: 0.06, // two decisions of a day
  again: process.env.ORACLE_ANEW ? 0.15 : 0, // told anew when all had been read: corrected, or late
};

/** makeOffice makes two departments, of which one reports by itself, with so many cases that began before a day. */
export function makeOffice(random, count, asOf, wanted = everything, readBy = undefined) {
  const departments = ["AA", "BB"].map((code, i) => ({
    code,
    reports: i === 1,
    items: items(code),
    authorizations: i === 1 ? authorizations(code, asOf) : [],
    cases: [],
  }));
  for (let n = 1; n <= count; n++) {
    const d = random.pick(departments);
    d.cases.push(makeCase(random, `${d.code}-${String(n).padStart(5, "0")}`, d, asOf, wanted, readBy));
  }
  return departments;
}

function authorizations(department, asOf) {
  const live = { department, powers: ["accept", "sign"], items: ["signed"], from: at(asOf - 400, 0), to: at(asOf + 200, 0) };
  return [
    { ...live, id: "au-1", no: "AU-1", rep: "王代表", standIn: "李代表", to: at(asOf - 60, 0) },
    { ...live, id: "au-2", no: "AU-2", rep: "赵代表", from: at(asOf - 30, 0) },
  ];
}

function makeCase(random, no, department, asOf, wanted, readBy) {
  const item = random.pick(department.items);
  const made = new Made(random, no, asOf, wanted, item.regime === "licensing");
  let t = onDay(random, asOf - random.below(90));
  if (random.chance(wanted.before)) made.before(t);
  if (random.chance(0.88)) {
    made.add("received", t, { window: random.chance(0.8) ? "3" : undefined });
    t = later(random, t, 7);
  }
  for (let n = random.chance(wanted.supplements) ? random.between(1, 3) : 0; n > 0; n--) {
    made.add("supplement_requested", t, { notice: random.chance(0.5) ? { no: "补1", materials: ["图纸"] } : undefined });
    t = later(random, t, 9);
    if (random.chance(0.85)) made.add("supplement_received", t);
    t = later(random, t, 7);
  }
  if (random.chance(0.85)) made.add("accepted", t, { window: random.chance(0.8) ? "3" : undefined });
  t = made.handling(item, t);
  if (random.chance(0.75)) made.end(t);
  if (random.chance(0.4)) made.add("delivered", later(random, t, 14));
  if (random.chance(0.04)) made.add("refusal_grounds", later(random, t, 3));
  const events = made.arrived(item), reports = department.reports ? made.reports(t) : {};
  const anew = readBy !== undefined && random.chance(wanted.again) ? made.again(events, readBy) : [];
  return { no, department: department.code, item: item.code, events: events.filter(e => !anew.includes(e)), anew, ...reports };
}

// What wins by an earlier date (findings R2, R3).
const claims = new Set(["accepted", "supplement_requested", "paused", "extended", "decided", "withdrawn"]);

// What a later date of effect would move.
const goesOn = new Set(["received", "accepted", "supplement_received", "resumed", "paused"]);

// Whose moment is corrected.
const moved = new Set(["received", "accepted", "supplement_requested", "supplement_received", "paused", "resumed", "extended", "decided", "withdrawn"]);

// Made is a case in the making.
class Made {
  constructor(random, no, asOf, wanted, law) {
    const dates = random.chance(wanted.dates);
    Object.assign(this, { random, no, wanted, asOf, law, events: [], dates, writes: !dates && random.chance(wanted.entered) });
    this.last = at(asOf, 86399);
  }

  add(kind, occurred, more = {}) {
    const { random, wanted } = this;
    if (this.dates) occurred = at(dayOf(occurred), 0);
    for (const told of [more.pause, more.extension]) if (this.dates && told?.notified !== undefined) told.notified = Math.min(told.notified, occurred);
    if (occurred > this.last) return; // not yet
    if (["paused", "resumed", "extended", "decided", "supplement_requested", "supplement_received"].includes(kind)) if (this.events.some(e => e.kind === kind && e.occurred === occurred)) return; // no order of one kind is right
    const e = { id: `${this.no}/${this.events.length + 1}`, kind, occurred, ...more };
    if (this.writes) e.entered = random.chance(wanted.backdated) ? later(random, occurred, 12) : occurred + random.below(600);
    if (this.law && claims.has(kind) && random.chance(wanted.backdated / 3)) e.effective = occurred - random.pick([0, 3600, 86400, 3 * 86400, 9 * 86400]) - random.below(20000);
    if (goesOn.has(kind) && random.chance(wanted.ahead)) e.effective = occurred + random.pick(kind === "paused" ? [60, 3600] : [60, 3600, 86400, 5 * 86400, 20 * 86400]);
    if (e.entered > this.last) delete e.entered;
    this.events.push(e);
  }

  handling(item, t) {
    const { random, wanted } = this;
    for (const step of item.steps ?? []) {
      this.add("step_started", t, { step: step.name });
      t = later(random, t, 3);
      if (random.chance(0.9)) this.add("step_finished", t, { step: step.name });
    }
    for (let n = random.chance(wanted.pauses) ? random.pick([1, 1, 1, 2, 3, 5]) : 0; n > 0; n--) t = this.pause(later(random, t, 5));
    if (random.chance(wanted.nights)) t = this.nights(t);
    if (random.chance(wanted.extensions)) for (let n = random.pick([1, 1, 2]); n > 0; n--) this.extend(later(random, t, 8));
    if (random.chance(wanted.supplements / 3)) {
      this.add("supplement_requested", (t = later(random, t, 4)));
      this.add("supplement_received", (t = later(random, t, 6)));
    }
    if (random.chance(0.1)) this.add("note", later(random, t, 2), { text: "备注" });
    return later(random, t, 9);
  }

  // What cannot be of this procedure: dated before its receipt, by hours or by days.
  before(t) {
    const { random } = this, then = t - random.pick([0, 1, 3600, 86400, 3 * 86400, 9 * 86400]);
    const kind = random.pick(["supplement_requested", "paused", "decided", "withdrawn", "extended"]);
    if (kind === "paused") this.pause(then);
    else if (kind === "extended") this.extend(then);
    else if (kind === "decided") this.decide(then, "granted");
    else this.add(kind, then);
  }

  // By night, over the close or over midnight, for minutes or until the morning.
  nights(t) {
    const { random } = this, [from, to] = random.pick([[23 * 3600 + 3540, 60], [17 * 3600 + 1740, 8 * 3600 + 1860], [17 * 3600 + 1740, -6 * 3600 - 1740], [16 * 3600, 9 * 3600]]);
    const many = random.between(3, 20), d = dayOf(t), told = { kind: "hearing", reason: "需要", approver: "王局长", approved: { n: 2, unit: "working_days" }, notice: "通1" };
    for (let i = 0; i < many; i++) {
      this.add("paused", at(d + i, from), { pause: { ...told, notified: at(d + i, from) } });
      this.add("resumed", at(d + i + 1, to));
    }
    return at(d + many, 12 * 3600);
  }

  pause(t) {
    const { random } = this;
    const mostly = value => (random.chance(0.93) ? value : undefined);
    this.add("paused", t, {
      pause: {
        kind: random.chance(0.9) ? random.pick(["hearing", "expert", "inspection", "appraisal"]) : "其他",
        reason: "需要",
        approver: mostly("王局长"),
        approved: mostly({ n: random.between(1, 15), unit: "working_days" }),
        notified: mostly(t - random.below(3600)),
        notice: "通1",
      },
    });
    t = random.chance(0.15) ? onDay(random, dayOf(t) + 1) - 6 * 3600 : later(random, t, random.pick([1, 5, 20]));
    if (random.chance(0.9)) this.add("resumed", t);
    return t;
  }

  extend(t) {
    const { random } = this;
    const mostly = value => (random.chance(0.9) ? value : undefined);
    this.add("extended", t, {
      extension: {
        by: { n: random.pick([5, 10, 10, 15, 16]), unit: random.chance(0.9) ? "working_days" : "calendar_days" },
        approver: mostly("王局长"),
        reason: mostly("案情复杂"),
        notified: mostly(t - random.below(3600)),
      },
    });
  }

  end(t) {
    const { random } = this;
    const kind = random.weighted({ decided: 85, withdrawn: 8, voided: 3, forwarded: 4 });
    const outcome = random.weighted({ granted: 70, refused: 12, not_accepted: 6, returned: 6, decided: 6 });
    if (kind === "decided") this.decide(t, outcome);
    else this.add(kind, t);
    if (random.chance(0.04)) this.add("decided", later(random, t, 4), { decision: { outcome: "granted" } });
    if (random.chance(this.wanted.twice)) this.decide(Math.min(t + random.pick([1, 600, 7200, 6 * 3600]), at(dayOf(t), 86399)), random.pick(["granted", "refused", "not_accepted", outcome]));
  }

  decide(t, outcome) {
    const { random } = this;
    const mostly = value => (random.chance(0.85) ? value : undefined);
    const decision = { outcome, reason: mostly("不符合规定的条件和标准"), basis: mostly("第三十八条"), remedies: random.chance(0.9), notice: mostly("决1"), filing: random.chance(0.2) ? "报1" : undefined, signer: random.pick(["王代表", "李代表", "赵代表", "张三", undefined]) };
    this.add("decided", t, { decision });
  }

  // What a source tells when all had been read: what lies behind that, and one record
  // anew with another moment, or late.
  again(events, readBy) {
    const { random } = this, until = at(readBy, 86399), out = [];
    for (const e of events) if (e.occurred > until) out.push(e);
    const of = events.filter(e => e.occurred <= until && moved.has(e.kind));
    if (of.length > 0 && random.chance(0.7)) {
      const e = random.pick(of), by = random.pick([-20, -9, -3, -1, 0, 0, 1, 3, 9, 20]);
      const occurred = Math.min(this.last, by === 0 ? e.occurred + random.pick([-7200, -3600, 3600, 7200]) : e.occurred + by * 86400);
      const { effective, entered, ...rest } = e;
      out.push({ ...rest, occurred, ...(entered !== undefined && { entered: random.chance(0.5) ? Math.min(this.last, Math.max(entered, occurred)) : later(random, until, 3) }) });
    } else if (of.length > 1) out.push(random.pick(of));
    return out.filter(e => !(e.entered > this.last));
  }

  // What a department reports of a case by itself.
  reports(t) {
    const { random } = this;
    const some = (p, make) => (random.chance(p) ? [make(later(random, t, 6))].filter(r => (r.filed ?? r.reported) <= this.last) : []);
    return {
      rejections: some(0.3, filed => ({ id: `${this.no}/r`, no: "报-1", stage: "refused", filed, notice: filed })),
      overdue: some(0.4, reported => ({ id: `${this.no}/o`, clock: "promised", due: t, actual: t, reported })),
    };
  }

  // Sources send in other orders, and leave out. Under no named law ties stand as they
  // are sent: those are left in order.
  arrived(item) {
    const { random, wanted } = this;
    let events = this.events;
    if (random.chance(wanted.odd) && events.length > 1) events = events.filter((_, i) => i !== random.below(events.length));
    if (events.length === 0) events = this.events.length > 0 ? this.events : (this.add("received", at(this.asOf - 3, 36000)), this.events);
    return item.regime !== "limits_only" && random.chance(wanted.shuffled) ? random.shuffled(events) : events;
  }
}
