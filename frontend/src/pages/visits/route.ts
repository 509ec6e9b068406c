// A route that is being planned: its stops in their order, and the words for it.
import { useI18n } from 'vue-i18n'
import type { CalendarDay, DueDepartment, Stop, VisitRoute } from '@/api/schema'
import { addDays, weekday } from '@/format/time'

export const MOST_STOPS = 12
export const MOST_MEMBERS = 2

/** A stop as the page edits it. */
export interface StopDraft {
  /** The page's own number for it, which it keeps in any order. */
  id: number
  /** The console's; 0: a new stop. */
  stop: number
  department: string
  place: string
  window: string
  item: string
  look: string
  matter: number
  /** A sheet of it was filed: it stays, and where it is. */
  filed: boolean
}

let last = 0

export function newStop(more: Partial<StopDraft> = {}): StopDraft {
  return { stop: 0, department: '', place: '', window: '', item: '', look: '', matter: 0, filed: false, ...more, id: ++last }
}

export const draftOf = (r: VisitRoute): StopDraft[] =>
  r.stops.map((s) =>
    newStop({
      stop: s.stop ?? 0,
      department: s.department,
      place: s.place ?? '',
      window: s.window ?? '',
      item: s.item ?? '',
      look: s.look ?? '',
      matter: s.matter ?? 0,
      filed: s.filed,
    }),
  )

/** A stop as the console takes it. */
export const asked = ({ stop, department, place, window, item, look, matter }: StopDraft): Stop => ({ stop, department, place, window, item, look, matter })

/** The list with one of it moved by so many places; beyond its ends it stays. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const out = [...list]
  const to = Math.min(list.length - 1, Math.max(0, from + by))
  out.splice(to, 0, ...out.splice(from, 1))
  return out
}

/** The next day that is worked, by the calendar's named days and weekends. */
export function nextWorkday(after: string, named: readonly CalendarDay[]): string {
  let date = after
  do date = addDays(date, 1)
  while (
    !works(
      date,
      named.find((d) => d.date === date),
    )
  )
  return date
}

function works(date: string, day: CalendarDay | undefined): boolean {
  if (day) return day.kind === 'workday' || day.kind === 'make_up'
  return ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
}

/** The first so many that are due and not on the route yet. */
export function taken(due: readonly DueDepartment[], n: number, there: ReadonlySet<string>): string[] {
  return due
    .filter((d) => !there.has(d.department))
    .slice(0, Math.max(0, n))
    .map((d) => d.department)
}

export function useRouteWords() {
  const { t, tm } = useI18n()

  /** 2026-11-27 星期五. */
  const onDay = (date: string): string => t('visits.mine.onDay', { date, weekday: (tm('term.weekday') as string[])[weekday(`${date}T00:00:00+08:00`)] })

  /** Why a department is due, in words and figures. */
  function reasons(d: DueDepartment): string[] {
    const out = [d.last ? t('visits.due.days', { n: d.days, points: d.days_points }) : t('visits.due.never', { points: d.days_points })]
    if (d.matters > 0) out.push(t('visits.due.matters', { n: d.matters, points: d.matters_points }))
    if (d.findings > 0) out.push(t('visits.due.findings', { n: d.findings, points: d.findings_points }))
    return out
  }

  return { onDay, reasons }
}
