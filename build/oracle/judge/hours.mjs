// Office time: the seconds of a working day that lie within the office's hours.
// What lies before opening counts from opening, what lies behind closing not at
// all.

import { at, clockOf, dayOf } from "./days.mjs";

/** Hours are the office's: [[from, to]] in seconds of the day, in order. */
export class Hours {
  constructor(calendar, periods) {
    this.calendar = calendar;
    this.periods = periods;
    this.perDay = periods.reduce((sum, [from, to]) => sum + to - from, 0);
    this.opens = periods[0][0];
    this.closes = periods.at(-1)[1];
  }

  /** read makes Hours of "08:30-12:00". */
  static read(calendar, words) {
    const seconds = s => s.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 60;
    return new Hours(calendar, words.map(w => w.split("-").map(seconds)));
  }

  /** between counts office seconds from one instant to another. */
  between(from, to) {
    if (to <= from) return 0;
    const first = dayOf(from), last = dayOf(to);
    if (first === last) return this.#within(first, clockOf(from), clockOf(to));
    return this.#within(first, clockOf(from), Infinity) +
      this.calendar.between(first + 1, last) * this.perDay +
      this.#within(last, 0, clockOf(to));
  }

  #within(d, from, to) {
    if (!this.calendar.works(d)) return 0;
    return this.periods.reduce((sum, [opens, closes]) => sum + Math.max(0, Math.min(closes, to) - Math.max(opens, from)), 0);
  }

  /** after is the instant at which so many office seconds have passed since another. */
  after(from, seconds) {
    let d = dayOf(from), clock = clockOf(from);
    for (;; d++, clock = 0) {
      if (!this.calendar.works(d)) continue;
      for (const [opens, closes] of this.periods) {
        const begins = Math.max(opens, clock);
        if (begins > closes) continue;
        if (seconds <= closes - begins) return at(d, begins + seconds);
        seconds -= closes - begins;
      }
    }
  }
}
