import { describe, expect, it } from 'vitest'
import type { Clock, StripDay } from '@/api/schema'
import { movedOff, movedOver } from '@/pages/case/moved'

const clock = (more: Partial<Clock>): Clock => ({ limit: 5, extension: 0, unit: 'calendar_days', due_at: '2026-12-07T09:30:00Z', ...more }) as Clock
/** Five calendar days from Monday 2026-11-30: the last is Saturday 12-05, the due time Monday 12-07. */
const strip = ['11-30', '12-01', '12-02', '12-03', '12-04', '12-05', '12-06', '12-07'].map((d, n) => ({ date: `2026-${d}`, n, n_statutory: 0 }) as StripDay)

describe('M2: a last day that was moved off a rest day', () => {
  it('is told, and the days that it was moved over count to no limit', () => {
    expect(movedOff(strip, clock({}), 'n')).toBe('2026-12-05')
    expect(strip.filter((d) => movedOver(d, clock({}), 'n')).map((d) => d.date)).toEqual(['2026-12-06', '2026-12-07'])
  })

  it('is not told where nothing was moved, or days are not what is counted', () => {
    expect(movedOff(strip, clock({ due_at: '2026-12-05T09:30:00Z' }), 'n')).toBeUndefined()
    expect(movedOff(strip, clock({ unit: 'working_days' }), 'n')).toBeUndefined()
    expect(movedOff(strip, clock({ due_at: undefined } as Partial<Clock>), 'n')).toBeUndefined()
    expect(strip.some((d) => movedOver(d, clock({ unit: 'working_days' }), 'n'))).toBe(false)
  })
})
