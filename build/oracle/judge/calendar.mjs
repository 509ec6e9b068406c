// Working days of mainland China: what the State Council's yearly list says of a
// day, else Monday to Friday. Licensing Law art. 82: terms are counted in working
// days, without statutory holidays.

import { day, date, isWeekend, yearOf } from "./days.mjs";

// Measures for holidays of 2024, art. 2: those whose date needs no list.
const fixed = new Set(["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]);

/**
 * Calendar knows which days are worked. Lists are those of holiday-cn: {year, days:
 * [{date, isOffDay}]}; a list without days has not been announced.
 */
export class Calendar {
  #said = new Map();
  #listed = new Set();

  constructor(lists) {
    for (const list of lists) {
      if (list.days.length > 0) this.#listed.add(list.year);
      for (const d of list.days) this.#said.set(day(d.date), !d.isOffDay);
    }
  }

  /** works says whether a day is a working day. */
  works(d) {
    const said = this.#said.get(d);
    if (said !== undefined) return said;
    if (!this.#listed.has(yearOf(d)) && fixed.has(date(d).slice(5))) return false;
    return !isWeekend(d);
  }

  /** listed says whether the year of a day has its list. */
  listed(d) {
    return this.#listed.has(yearOf(d));
  }

  /** workedFrom is the first working day that is not before a day. */
  workedFrom(d) {
    while (!this.works(d)) d++;
    return d;
  }

  /** nthAfter is the n-th working day after a day, which does not count itself. */
  nthAfter(d, n) {
    while (n > 0) if (this.works(++d)) n--;
    return d;
  }

  /** between counts working days from one day up to, and without, another. */
  between(from, to) {
    let n = 0;
    for (let d = from; d < to; d++) if (this.works(d)) n++;
    return n;
  }
}
