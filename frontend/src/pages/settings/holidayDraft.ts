// A year's holidays as somebody marks them on the calendar, before they are applied.
import type { HolidayDay, HolidayList } from '@/api/schema'
import { addDays } from '@/format/time'

/** What a day is marked as. */
export interface Mark {
  off: boolean
  name: string
}

export type Draft = ReadonlyMap<string, Mark>

/** The holidays of all citizens, as lists call them. */
export const FESTIVALS = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'] as const

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

export const ofList = (list: Pick<HolidayList, 'days'>): Draft => new Map(list.days.map((d) => [d.date, { off: d.isOffDay, name: d.name }]))

/** The days as the console takes them. */
export const daysOf = (draft: Draft): HolidayDay[] =>
  [...draft].map(([date, m]) => ({ date, name: m.name, isOffDay: m.off })).sort((a, b) => (a.date < b.date ? -1 : 1))

/**
 * A day that was clicked while a festival is being marked: a weekday is of rest or
 * plain; a weekend day is listed as of rest, is worked, or plain.
 */
export function clicked(draft: Draft, date: string, festival: string): Draft {
  const next = new Map(draft)
  const is = draft.get(date)
  if (!is) next.set(date, { off: true, name: festival })
  else if (is.off && isWeekend(date)) next.set(date, { off: false, name: festival })
  else next.delete(date)
  return next
}

/** The day that a key leads to within a month; undefined: the key is no arrow, or leads out of it. */
export function moved(date: string, key: string): string | undefined {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key]
  if (by === undefined) return undefined
  const to = addDays(date, by)
  return to.slice(0, 7) === date.slice(0, 7) ? to : undefined
}

/** The December before, and the year's months: New Year's holiday may begin there. */
export const monthsOf = (year: number): { year: number; month: number }[] => [
  { year: year - 1, month: 12 },
  ...Array.from({ length: 12 }, (_, i) => ({ year, month: i + 1 })),
]

const SEASONS: [until: string, festival: string][] = [
  ['01-12', '元旦'],
  ['03-10', '春节'],
  ['04-20', '清明节'],
  ['05-20', '劳动节'],
  ['07-10', '端午节'],
  ['09-24', '中秋节'],
  ['12-01', '国庆节'],
  ['12-32', '元旦'],
]

/** The festival that a day is marked for where none was chosen: its neighbour's, or the one of the season. */
export function festivalOf(draft: Draft, date: string): string {
  for (const by of [-1, 1]) {
    const next = draft.get(addDays(date, by))
    if (next?.off) return next.name
  }
  return SEASONS.find(([until]) => date.slice(5) < until)![1]
}
