import type { Clock, StripDay } from '@/api/schema'
import { day } from '@/format/time'

/**
 * The calendar day on which a limit would have ended, where its due time was moved
 * off it to a working day (Civil Code art. 203); undefined where it was not, or the
 * strip does not show that day. Dates are 2026-12-05.
 */
export function movedOff(strip: readonly StripDay[], clock: Clock, ordinal: 'n' | 'n_statutory'): string | undefined {
  if (clock.unit !== 'calendar_days' || !clock.due_at) return undefined
  const last = strip.find((d) => d[ordinal] === clock.limit + clock.extension)
  return last && last.date < day(clock.due_at) ? last.date : undefined
}

/** Whether a day is one that a due time was moved over: it counts, but to no limit. */
export function movedOver(d: StripDay, clock: Clock, ordinal: 'n' | 'n_statutory'): boolean {
  return clock.unit === 'calendar_days' && d[ordinal] > clock.limit + clock.extension && d.date <= day(clock.due_at)
}
