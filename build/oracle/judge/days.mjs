// Days of the office's calendar. An instant is a whole number of seconds since
// 1970-01-01T00:00:00Z; a day is a whole number of days of the office's zone since
// 1970-01-01. The zone is Asia/Shanghai: UTC+8 the year round since 1992.

export const DAY = 86400;
const ZONE = 8 * 3600;

/** dayOf is the office's day on which an instant lies. */
export const dayOf = t => Math.floor((t + ZONE) / DAY);

/** clockOf is its time of day, in seconds. */
export const clockOf = t => t + ZONE - dayOf(t) * DAY;

/** at is the instant of a day at a time of day in seconds. */
export const at = (day, clock) => day * DAY + clock - ZONE;

/** day reads a date, "2026-03-09". */
export const day = date => Date.parse(date + "T00:00:00Z") / 1000 / DAY;

/** date writes a day as a date. */
export const date = d => new Date(d * DAY * 1000).toISOString().slice(0, 10);

/** yearOf is a day's year. */
export const yearOf = d => new Date(d * DAY * 1000).getUTCFullYear();

const weekday = d => (((d + 3) % 7) + 7) % 7; // 0 is Monday: 1970-01-01 was a Thursday

/** isWeekend says whether a day is a Saturday or Sunday. */
export const isWeekend = d => weekday(d) > 4;
