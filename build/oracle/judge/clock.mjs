// One limit of a case as a clock: when it is due, what is used of it, by how much it
// was overrun. Civil counting: the day of the start does not count (Civil Code art.
// 201), a limit in working days ends at the close of business, one in calendar days
// at the end of its day, and never on a day of rest (art. 203).

import { at, DAY, dayOf } from "./days.mjs";
import { flowOf } from "./flow.mjs";
import { standing, weighty } from "./standing.mjs";

const units = {
  working_days: office => ({ counts: d => office.calendar.works(d), warn: office.warn.workingDays, rolls: true }),
  calendar_days: (office, item) => ({ counts: () => true, warn: office.warn.calendarDays, rolls: item.regime !== "limits_only" || Boolean(item.restDaysMoveEnd) }),
  working_hours: office => ({ warn: office.warn.workingHours }),
};

/**
 * addsUp says whether limit and pauses of an item are added up, whenever those were (the
 * published reference of BPIC 2015): it is not under the Licensing Law. An extension
 * counts under every regime only while there is something left to extend (cases: late_ext;
 * findings: what came later cures nothing), but in terms of calendar days that no day of
 * rest moves: those are another country's, of which that reference is.
 */
export const addsUp = item => item.regime === "limits_only";

// An extension in another unit is taken in the limit's: five working days are seven
// calendar days, a working day is the office's hours. The law counts working days
// (art. 82); known answers, and the program's word, are these.
function converted(by, unit, office) {
  if (!by || by.unit === unit) return by;
  const day = office.hours.perDay;
  const open = { working_days: by.n * day, calendar_days: Math.ceil((by.n * day * 5) / 7), working_hours: by.n * 3600 }[by.unit];
  const n = { working_days: Math.ceil(open / day), calendar_days: Math.ceil((open * 7) / (day * 5)), working_hours: Math.ceil(open / 3600) }[unit];
  return { n, unit, other: by };
}

// runs are pauses as they hold a limit. One that begins as another ends goes on with it:
// the time of all that art. 45 lists is not counted, whether it is told as one or as two.
// One of no length holds nothing.
function runs(pauses, until) {
  const out = [];
  for (const p of pauses) {
    const last = out.at(-1);
    if (last && last.to === Math.max(p.from, p.fact.told)) out[out.length - 1] = { ...last, to: p.to };
    else out.push(p);
  }
  return out.filter(p => (p.to ?? until + 1) > p.from);
}

/** Clock is one limit, {n, unit}, of a case whose story is told. */
export class Clock {
  constructor(limit, s, item, office, summed = addsUp(item)) {
    Object.assign(this, { limit, story: s, item, office, summed, unit: units[limit.unit](office, item), pauses: [] });
    s = this.s = { ...s, pauses: runs(s.pauses, s.until) };
    this.flow = flowOf(limit.unit, office); // counted by seconds, not by dates
    if (!summed) this.#move(s);
    this.due = summed ? this.#sum() : this.#due();
    if (this.usedUp) this.pauses = this.pauses.filter(p => p.from < this.usedUp.from); // that and those behind it were in vain
    this.over = s.until > this.due;
    this.dueWithoutPauses = this.#bare().due;
    this.overWithoutPauses = s.until > this.dueWithoutPauses;
  }

  // Only what begins before a limit has run out moves it (findings R3, R10).
  #move(s) {
    const movers = [
      ...s.pauses.map(p => ({ at: Math.max(p.from, p.fact.told), pause: p })),
      ...this.#extensions(s).map(e => ({ at: Math.max(e.inFavour, e.told), event: e })),
    ].sort((a, b) => a.at - b.at);
    for (const m of movers) {
      if (m.at > this.#due()) continue;
      if (m.pause) this.pauses.push(m.pause);
      else if (!this.extension) this.#extend(m.event);
    }
  }

  // #foreign are terms of calendar days that no day of rest moves.
  get #foreign() {
    return this.limit.unit === "calendar_days" && !this.unit.rolls;
  }

  // #extensions are those that were told while there was a case to extend.
  #extensions(s) {
    return this.#foreign ? s.valid : s.valid.filter(e => !s.end || Math.max(e.inFavour, e.told) <= s.end.inFavour);
  }

  #extend(event) {
    this.extension = event;
    this.by = converted(event?.extension.by, this.limit.unit, this.office);
  }

  // #counts is the extension in the sum: the first that was told before this limit had
  // run out, by what was known of pauses then.
  #counts() {
    const { s, limit } = this;
    if (this.#foreign) return s.valid[0];
    return this.#extensions(s).find(e => {
      const until = e.told, pauses = s.pauses.filter(p => Math.max(p.from, p.fact.told) <= until).map(p => ({ ...p, to: p.to > until ? undefined : p.to }));
      return !new Clock(limit, { ...s, end: undefined, until, valid: [], pauses }, this.item, this.office, false).over;
    });
  }

  // #sum is the end where all is added up, whenever it was: the start, the limit, an
  // extension that counts and what was paused (the published reference of BPIC 2015). There, too, a
  // limit does not run out while it stands still (Licensing Law art. 45): what began in
  // time and lasts past the sum ends no sooner than it goes on, where it weighs, until
  // the last day is used up.
  #sum() {
    const { s, limit } = this, weigh = weighty(s.pauses, s, this.office, limit.unit), all = s.pauses.filter(p => this.flow || weigh.has(p));
    this.#extend(this.#counts());
    const units = limit.n + (this.by?.n ?? 0), days = new Set(); // those that have the last day's rest
    this.pauses = [];
    let due = this.#added(units), inTime = true, floor = -Infinity, given, { lastDay } = this, first;
    for (let i = 1; i <= all.length; i++) {
      const last = all[i - 1], goesOn = Math.min(last.to ?? s.until, s.until), before = due;
      this.pauses = all.slice(0, i);
      if (last.from > due) inTime = false;
      if (days.size > 1 && inTime && goesOn > due && this.#workedOut(days)) {
        this.usedUp = last;
        break;
      }
      due = Math.max(this.#added(units), floor);
      if (!inTime || goesOn <= last.from) continue;
      const going = this.#goingOn(goesOn);
      if (!this.flow && goesOn > before && dayOf(last.from) >= lastDay) {
        for (const end of [before, going]) days.add(dayOf(end));
        first ??= lastDay;
        lastDay = given = this.#given(goesOn);
        floor = going;
      } else lastDay = this.lastDay;
      if (goesOn > due) due = Math.max(due, going);
    }
    if (days.size > 0) this.given = [first, given];
    return due;
  }

  // #added is the end of so many units and what was paused.
  #added(units) {
    if (this.flow) return this.flow.after(this.s.start, units * this.flow.size + this.#sameDay + this.#stood(this.pauses));
    const { start, until } = this.s, stood = this.#fromFirst + this.#count(start, until, standing(this.pauses, this.s, this.office, this.limit.unit));
    let d = this.#first(units);
    for (let n = units + stood; n > 0; ) if (this.unit.counts(++d)) n--;
    this.lastDay = d;
    return this.#close(this.#rolled(d));
  }

  // #given is the day that takes the place of the last day's rest when it goes on; of
  // calendar days none is given on a day of rest.
  #given(t) {
    const d = dayOf(t);
    if (this.office.calendar.works(d) || !this.unit.rolls) return t > this.#close(d) ? this.#dayOn(t) : d;
    return this.limit.unit === "calendar_days" ? d - 1 : d;
  }

  // #first is the day from which days are counted: what comes after the close counts
  // from the next opening, which tells where the limit is that very day.
  #first(n) {
    return n === 0 ? this.#dayOn(this.s.start) : dayOf(this.s.start);
  }

  // #dayOn is the day of which something is left at an instant.
  #dayOn(t) {
    const d = dayOf(t);
    return t > this.#close(d) ? this.office.calendar.workedFrom(d + 1) : this.#rolled(d);
  }

  // #sameDay is how long a limit of that very day runs: to the close, of calendar days
  // that are counted strictly to the end of the day.
  get #sameDay() {
    if (this.whole > 0) return 0;
    const { start } = this.s;
    return this.flow.between(start, this.limit.unit === "calendar_days" ? at(dayOf(start), DAY - 1) : this.#close(this.#dayOn(start)));
  }

  // #began is the instant from which days are counted.
  get #began() {
    const { start } = this.s, after = this.office.calendar.works(dayOf(start)) && start > this.#close(dayOf(start));
    return this.whole === 0 && after && this.unit.counts ? at(this.#dayOn(start), this.office.hours.opens) : start;
  }

  #rolled(d) {
    return this.unit.rolls ? this.office.calendar.workedFrom(d) : d;
  }

  // #close is the end of a day (Civil Code art. 203: where there are hours of business, their close).
  #close(d) {
    return at(d, this.office.hours.closes);
  }

  // #goingOn is the end of a limit of which nothing but the rest of a day is left when it goes on.
  #goingOn(t) {
    return this.flow ? this.flow.after(t, 0) : this.#close(this.#dayOn(t));
  }

  // The same limit as if no pause had been made.
  #bare() {
    const valid = this.#fromTheStart();
    return this.s.pauses.length > 0 ? new Clock(this.limit, { ...this.s, valid, pauses: [] }, this.item, this.office, this.summed) : this;
  }

  // #fromTheStart is the extension that counts, as if it had been told as the limit began.
  #fromTheStart() {
    return this.extension ? [{ ...this.extension, inFavour: this.s.start, told: this.s.start }] : [];
  }

  #due() {
    const { start } = this.s;
    return this.flow ? this.#dueSecond(start) : this.#dueDay();
  }

  #dueSecond(start) {
    const n = this.limit.n + (this.by?.n ?? 0);
    let from = start, left = n * this.flow.size + this.#sameDay;
    for (const [begins, ends] of this.#joined(this.pauses)) {
      const ran = this.flow.between(from, begins);
      if (ran > left) break;
      left -= ran;
      from = Math.max(from, ends);
    }
    return this.flow.after(from, left);
  }

  // #joined are the spans of pauses, in order, each second once.
  #joined(pauses) {
    const { start, until } = this.s, out = [];
    for (const p of pauses.toSorted((a, b) => a.from - b.from)) {
      const from = Math.max(start, p.from, out.at(-1)?.[1] ?? start), to = Math.min(until, p.to ?? until);
      if (to >= from) out.push([from, to]);
    }
    return out;
  }

  // #stood is for how many seconds pauses held it.
  #stood(pauses) {
    return this.#joined(pauses).reduce((sum, [from, to]) => sum + this.flow.between(from, to), 0);
  }

  #dueDay() {
    const still = standing(this.pauses, this.s, this.office, this.limit.unit), n = this.limit.n + (this.by?.n ?? 0);
    let d = this.#first(n);
    if (d > dayOf(this.s.start)) while (still(d)) d = this.#rolled(d + 1);
    for (let left = n + this.#fromFirst; left > 0; ) if (this.unit.counts(++d) && !still(d)) left--;
    return this.#settled(d);
  }

  // A limit does not run out while it stands still, nor on a day of rest. It had not
  // run out when any of these pauses began. What is left of the last day is left for
  // the day on which a pause ends; who pauses again and again on such days has used
  // the last day up with a day's hours (administrators' guide), under any law.
  #settled(first) {
    const weigh = weighty(this.pauses, this.s, this.office, this.limit.unit), days = new Set();
    let given;
    for (let d = this.#rolled(first); ; ) {
      const due = this.#close(d), p = this.pauses.find(p => weigh.has(p) && (p.to ?? this.s.until) > due);
      days.add(d);
      if (!p || (days.size > 1 && this.#workedOut(days))) {
        this.usedUp = p;
        if (given !== undefined) this.given = [first, given]; // days that rest moved the end by are not used
        return due;
      }
      const on = p.to ?? this.s.until;
      given = this.#given(on);
      d = Math.max(d, this.#dayOn(on)); // a pause within a day takes no day out (Civil Code art. 201)
    }
  }

  // #workedOut says whether a day's hours have been worked on days.
  #workedOut(days) {
    return [...days].reduce((sum, d) => sum + this.#workedOn(d), 0) >= this.office.hours.perDay;
  }

  // #workedOn is the office time of a day on which it did not stand still.
  #workedOn(d) {
    const { hours } = this.office, from = Math.max(this.s.start, at(d, 0)), to = at(d + 1, 0);
    return this.#joined(this.pauses).reduce((left, [begins, ends]) => left - hours.between(Math.max(begins, from), Math.min(ends, to)), hours.between(from, to));
  }

  /** restGiven says whether the rest of the last day was given on another one. */
  get restGiven() {
    return this.given !== undefined;
  }

  /** used is what is used of the limit, in whole units, pauses taken off. */
  get used() {
    const { until } = this.s, start = this.#began;
    if (this.flow) return Math.max(0, Math.floor((this.flow.between(start, until) - this.#stood(this.pauses)) / this.flow.size));
    const still = this.#still();
    return this.#count(start, until, d => !still(d)) - this.#fromFirst;
  }

  // #still is on which days it stood still: those that took the place of the last day's rest, too.
  #still() {
    const still = standing(this.pauses, this.s, this.office, this.limit.unit), [last, end] = this.given ?? [];
    return d => still(d) || (d > last && d <= end);
  }

  /** paused is for how many units it stood still. */
  get paused() {
    const { start, until } = this.s;
    if (this.flow) return Math.floor(this.#stood(this.pauses) / this.flow.size);
    const still = this.#still();
    return this.#count(start, until, still) + this.#fromFirst;
  }

  /**
   * #fromFirst is 1 where it stood still from its beginning on, of calendar days whose end
   * rest moves not: it begins when it goes on, on a day that is not counted (the reference
   * of BPIC 2015: paused days = return date - request date).
   */
  get #fromFirst() {
    if (this.limit.unit !== "calendar_days" || this.unit.rolls) return 0;
    return standing(this.pauses, this.s, this.office, this.limit.unit)(dayOf(this.s.start)) ? 1 : 0;
  }

  /** extended is by how many units of its extension. */
  get extended() {
    return this.by?.other?.n ?? this.by?.n ?? 0;
  }

  /** before is the same limit without a pause and those behind it, with what had extended it by a moment. */
  before(pause, known = pause.from) {
    const { story } = this, valid = this.#fromTheStart().filter(() => Math.max(this.extension.inFavour, this.extension.told) <= known);
    return new Clock(this.limit, { ...story, valid, pauses: story.pauses.slice(0, story.pauses.indexOf(pause)) }, this.item, this.office, this.summed);
  }

  /**
   * asItWent is the limit as people saw it run: what came after it had run out takes
   * nothing back, under no regime (cases: late_ext).
   */
  get asItWent() {
    const { s } = this, until = s.end ? Math.max(s.until, s.endTold) : s.until;
    return (this.went ??= this.summed ? new Clock(this.limit, { ...this.story, until }, this.item, this.office, false) : this);
  }

  /**
   * rowOver is whether the row says that it ran over: what had run out when a pause
   * began stays so (cases: in every regime), an extension that counts is in the sum.
   */
  get rowOver() {
    if (this.over || !this.summed) return this.over;
    const { pauses } = this.s;
    const told = pauses.map(p => ({ ...p, fact: { ...p.fact, told: p.from } }));
    return new Clock(this.limit, { ...this.s, valid: this.#fromTheStart(), pauses: told }, this.item, this.office, false).over;
  }

  /** whole is the limit with what it was extended by. */
  get whole() {
    return this.limit.n + (this.by?.n ?? 0);
  }

  /** leftAt is how much is left at an instant, in units. */
  leftAt(t) {
    return this.flow ? this.flow.between(t, this.due) / this.flow.size : this.#count(t, this.due, () => true);
  }

  /** shareAt is what is left at an instant, of all that is used by then and left: days that rest moved the end by are in both. */
  shareAt(t) {
    const left = this.leftAt(t), { start } = this.s;
    if (this.flow) return left / (left + (this.flow.between(start, t) - this.#stood(this.pauses)) / this.flow.size);
    const still = standing(this.pauses, this.s, this.office, this.limit.unit);
    return left / (left + this.#count(start, t, d => !still(d)));
  }

  /** left says whether a whole unit was left at the end. */
  get left() {
    if (this.over || this.asItWent.over) return false;
    if (this.flow) return this.used < this.whole;
    const [last, end] = this.given ?? []; // of a day that was given only a rest is left
    return this.#count(Math.max(this.s.until, this.#began), this.due, d => !(d > last && d <= end)) > 0;
  }

  /** overBy is by how many whole units it was overrun. */
  get overBy() {
    if (!this.over) return 0;
    if (this.flow) return Math.floor(this.flow.between(this.due, this.s.until) / this.flow.size);
    return this.#count(this.due, this.s.until, () => true);
  }

  #count(from, to, which) {
    let n = 0;
    for (let d = dayOf(from) + 1; d <= dayOf(to); d++) if (this.unit.counts(d) && which(d)) n++;
    return n;
  }

  /**
   * warnedAt is where a limit would end that is shorter by the office's time of
   * warning; undefined for limits that are no longer than that.
   */
  get warnedAt() {
    const n = this.whole - this.unit.warn;
    if (n - (this.by?.other ? this.by.n : 0) <= 0) return undefined;
    return new Clock({ ...this.limit, n }, { ...this.story, valid: [] }, this.item, this.office, false).due;
  }
}
