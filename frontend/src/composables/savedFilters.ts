import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { periodFrom, periodOf, type Period } from '@/format/period'
import { addDays } from '@/format/time'
import type { Span } from '@/lists/layout'
import { ownerOf } from '@/offline/owner'
import { useSession } from '@/stores/session'

export interface Saved {
  name: string
  query: Record<string, string>
  /** Spans that go with the day, by the parameter that they begin with; they are not in the query. */
  periods?: Record<string, Period>
}

/** The spans of a query that are whole periods of today, by the parameter that they begin with. */
export function periodsIn(query: Record<string, string>, spans: readonly Span[], today: string): Record<string, Period> {
  const found = spans.flatMap((s): [string, Period][] => {
    const [from, to] = [query[s.from], query[s.to]]
    const period = from && to?.length === 10 && periodFrom(from, addDays(to, -1), today)
    return period ? [[s.from, period]] : []
  })
  return Object.fromEntries(found)
}

/** A filter as it is kept today: of a period its name, of other dates the dates. */
export function keptAs(name: string, query: Record<string, string>, spans: readonly Span[], today: string): Saved {
  const periods = periodsIn(query, spans, today)
  const left = { ...query }
  for (const s of spans) {
    if (!periods[s.from]) continue
    delete left[s.from]
    delete left[s.to]
  }
  return { name, query: left, ...(Object.keys(periods).length > 0 && { periods }) }
}

/** What a kept filter asks for today. */
export function queryOf(saved: Saved, spans: readonly Span[], today: string): Record<string, string> {
  const query = { ...saved.query }
  for (const s of spans) {
    const period = saved.periods?.[s.from]
    if (!period) continue
    const [first, last] = periodOf(period, today)
    query[s.from] = first
    query[s.to] = addDays(last, 1)
  }
  return query
}

/** Filters of one list that the person kept under names, on this device. */
export function useSavedFilters(list: string) {
  const { console, account } = ownerOf(useSession().session!)
  const all = useLocalStorage<Record<string, Saved[]>>('mingcha.filters', {}, { writeDefaults: false })
  const key = `${console} ${account} ${list}`
  const saved = computed(() => all.value[key] ?? [])

  const put = (rows: Saved[]): void => void (all.value = { ...all.value, [key]: rows })

  /** Keeps a filter; one that has the name already gives way. */
  const save = (filter: Saved): void => put([...saved.value.filter((s) => s.name !== filter.name), filter])

  /** Gives one another name, in its place; one that has the name already gives way. */
  const rename = (from: string, to: string): void =>
    put(saved.value.filter((s) => s.name === from || s.name !== to).map((s) => (s.name === from ? { ...s, name: to } : s)))

  const forget = (name: string): void => put(saved.value.filter((s) => s.name !== name))

  return { saved, save, rename, forget }
}
