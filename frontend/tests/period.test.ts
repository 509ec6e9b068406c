import { describe, expect, it } from 'vitest'
import { periodFrom, periodOf } from '@/format/period'

describe('periods', () => {
  it('are whole months, quarters and years', () => {
    expect(periodOf('month', '2026-02-28')).toEqual(['2026-02-01', '2026-02-28'])
    expect(periodOf('quarter', '2026-11-29')).toEqual(['2026-10-01', '2026-12-31'])
    expect(periodOf('year', '2024-02-29')).toEqual(['2024-01-01', '2024-12-31'])
  })

  it('go back over the turn of a year', () => {
    expect(periodOf('lastMonth', '2026-01-01')).toEqual(['2025-12-01', '2025-12-31'])
    expect(periodOf('lastMonth', '2024-03-31')).toEqual(['2024-02-01', '2024-02-29'])
  })

  it('are known by their first and last day', () => {
    expect(periodFrom('2026-02-01', '2026-02-28', '2026-02-15')).toBe('month')
    expect(periodFrom('2026-01-01', '2026-03-31', '2026-02-15')).toBe('quarter')
    expect(periodFrom('2026-02-01', '2026-02-28', '2026-03-01')).toBe('lastMonth')
    expect(periodFrom('2026-02-01', '2026-02-27', '2026-02-15')).toBeUndefined()
  })
})
