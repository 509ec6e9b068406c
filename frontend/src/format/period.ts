import { addDays } from './time'

export const periods = ['month', 'lastMonth', 'quarter', 'year'] as const
export type Period = (typeof periods)[number]

const first = (year: number, month: number): string => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)

/** The first and the last day of a period around a date; dates are 2026-09-22. */
export function periodOf(period: Period, today: string): [from: string, to: string] {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  const [begin, months] = { month: [month, 1], lastMonth: [month - 1, 1], quarter: [month - (month % 3), 3], year: [0, 12] }[period] as [number, number]
  return [first(year, begin), addDays(first(year, begin + months), -1)]
}

/** The period around a date whose first and last day these are, if there is one. */
export function periodFrom(from: string, to: string, today: string): Period | undefined {
  return periods.find((p) => periodOf(p, today).join() === [from, to].join())
}
