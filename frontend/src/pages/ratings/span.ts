// The time that ratings are looked at: what the address says, all of it, or the last
// 30 days. What is still owed is owed however old it is: it is not narrowed to a time
// that nobody chose.
import { computed, type ComputedRef } from 'vue'
import { addDays, day } from '@/format/time'
import { useLive } from '@/stores/live'

const DAYS = 30
/** Before any rating. */
const EVER = '1970-01-01'

export interface RatingSpan {
  /** From when to when figures are, the end exclusive. */
  from: string
  to: string
  /** How it came: chosen by dates, all of the time, or what is shown where nothing was chosen. */
  by: 'dates' | 'all' | 'lately'
}

/** The span of an address's parameters, today being this day of the office's. */
export function spanOf(query: Record<string, string>, today: string): RatingSpan {
  const [first, end] = [addDays(today, 1 - DAYS), addDays(today, 1)]
  if (query['from'] || query['to']) return { from: query['from'] ?? EVER, to: query['to'] ?? end, by: 'dates' }
  if (query['span'] === 'all') return { from: EVER, to: end, by: 'all' }
  return { from: first, to: end, by: 'lately' }
}

/** The address's parameters as the API takes them: of one case, and of what is still to be done, all of the time where no dates were chosen. */
export function asked({ show, span: _, ...rest }: Record<string, string>, { from, to, by }: RatingSpan): Record<string, string> {
  const lately = by === 'lately' && !rest['case_id'] && show !== 'waiting'
  return { ...rest, ...(lately && { from, to }), ...(show && { [show]: 'true' }) }
}

export function useSpan(query: ComputedRef<Record<string, string>>): ComputedRef<RatingSpan> {
  const live = useLive()
  const today = computed(() => day(live.now))
  return computed(() => spanOf(query.value, today.value))
}
