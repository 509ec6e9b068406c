import { computed, ref } from 'vue'

/** Times are UTC instants in the API and always shown in the office's zone. */
export const ZONE = 'Asia/Shanghai'

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

type Instant = string | number | Date | undefined

/** China's last summer time ended on 1991-09-15; from 1992 its clock is UTC+8. */
const STEADY = Date.UTC(1992, 0, 1)

/** The instant as 2026-09-22 08:51:04, or '' where there is none. */
function stamp(at: Instant): string {
  if (at === undefined || at === '') return ''
  const d = new Date(at)
  const ms = d.getTime()
  if (Number.isNaN(ms)) return ''
  // Lists write thousands of times a second while they scroll; this is 20 times
  // as fast as asking for the zone.
  if (ms >= STEADY) return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const p: Record<string, string> = {}
  for (const { type, value } of parts.formatToParts(d)) p[type] = value
  return `${p['year']}-${p['month']}-${p['day']} ${p['hour']}:${p['minute']}:${p['second']}`
}

export const second = (at: Instant): string => stamp(at)
export const minute = (at: Instant): string => stamp(at).slice(0, 16)
export const day = (at: Instant): string => stamp(at).slice(0, 10)
export const timeOfDay = (at: Instant): string => stamp(at).slice(11)
export const clockTime = (at: Instant): string => stamp(at).slice(11, 16)

/**
 * When it stood that a limit had run out. A limit in days that ends at midnight ends
 * with the last second of its last day, which is still in time: what ran out with it
 * is of the next day.
 */
export function established(at: Instant): Instant {
  return stamp(at).endsWith('23:59:59') ? new Date(new Date(at!).getTime() + 1000).toISOString() : at
}

/** The date by the office's clock and in its zone: what people take a time without a date, and a date without a year, to be of. */
const today = ref(day(Date.now()))
const year = computed(() => today.value.slice(0, 4))

/** Hears the office's time: what is of its year is shown without it. */
export function officeTime(at: Instant): void {
  const now = day(at)
  if (now && now !== today.value) today.value = now
}

/** The office's year, for what is drawn only where something changed. */
export const thisYear = (): string => year.value

/** A date or a time in the form of stamp, without its year where that is this one. */
const shorn = (text: string): string => (text.startsWith(`${year.value}-`) ? text.slice(5) : text)

/** Month, day and minute; in another year than this one that, too. */
export const shortMinute = (at: Instant): string => shorn(minute(at))
export const shortSecond = (at: Instant): string => shorn(stamp(at))
/** The same of a date such as 2026-09-22. */
export const shortDate = (date: string): string => shorn(date)
/** For a feed: the time of day of what is of today, else as in a list. */
export const feedTime = (at: Instant): string => (day(at) === today.value ? timeOfDay(at) : rowTime(at))
/** For a column of a list: month, day and minute of this year, else the date. Its tooltip has all of it. */
export function rowTime(at: Instant): string {
  const text = shortMinute(at)
  return text.length > 11 ? text.slice(0, 10) : text
}

/** The day of the week in the office's zone, 0 = Sunday. */
export function weekday(at: Instant): number {
  return new Date(`${day(at)}T00:00:00Z`).getUTCDay()
}

/** A date some days later; dates are 2026-09-22. */
export function addDays(date: string, days: number): string {
  const d = new Date(`${date}T00:00:00Z`)
  d.setUTCDate(d.getUTCDate() + days)
  return d.toISOString().slice(0, 10)
}

/** A date picked in the browser's own zone as the same date in the office's. */
export function pickedDate(ms: number): string {
  const d = new Date(ms)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}

/** The reverse of pickedDate: local midnight of a date. */
export function pickerValue(date: string): number {
  const [y, m, d] = date.split('-').map(Number)
  return new Date(y ?? 0, (m ?? 1) - 1, d ?? 1).getTime()
}

/** An instant for a field of date and time, in the office's zone; '' where there is none. */
export const fieldTime = (at: Instant): string => minute(at).replace(' ', 'T')

/** What such a field says as an instant; '' where it is empty. */
export function fromField(text: string): string {
  const at = new Date(`${text}:00+08:00`)
  return text && !Number.isNaN(at.getTime()) ? at.toISOString() : ''
}
