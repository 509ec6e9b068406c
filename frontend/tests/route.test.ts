import { describe, expect, it } from 'vitest'
import type { CalendarDay, DueDepartment } from '@/api/schema'
import { moved, newStop, nextWorkday, taken } from '@/pages/visits/route'

describe('a route that is planned', () => {
  it('moves a stop and keeps all others in their order', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 1)).toEqual(['b', 'a', 'c', 'd'])
    expect(moved(['a', 'b', 'c', 'd'], 3, -1)).toEqual(['a', 'b', 'd', 'c'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
    expect(moved(['a'], 0, 1)).toEqual(['a'])
  })

  it('takes those that are due most and are not on it', () => {
    const due = ['GH', 'JS', 'ZJ', 'WS'].map((department) => ({ department }) as DueDepartment)
    expect(taken(due, 2, new Set(['GH']))).toEqual(['JS', 'ZJ'])
    expect(taken(due, 9, new Set())).toEqual(['GH', 'JS', 'ZJ', 'WS'])
    expect(taken(due, 0, new Set())).toEqual([])
    expect(taken(due, -1, new Set())).toEqual([])
  })

  // The national day's holiday of 2026 is 1 to 7 October; Saturday the 10th is worked.
  it('is on the next day that is worked, unless another is chosen', () => {
    const days = [
      ...[1, 2, 3, 4, 5, 6, 7].map((d): CalendarDay => ({ date: `2026-10-0${d}`, kind: 'holiday', name: '国庆节' })),
      { date: '2026-10-10', kind: 'make_up', name: '国庆节' } as CalendarDay,
    ]
    expect(nextWorkday('2026-09-30', days)).toBe('2026-10-08')
    expect(nextWorkday('2026-10-09', days)).toBe('2026-10-10')
    expect(nextWorkday('2026-10-10', days)).toBe('2026-10-12')
    expect(nextWorkday('2026-11-27', [])).toBe('2026-11-30')
  })

  it('gives every stop a number of the page’s own', () => {
    const [a, b] = [newStop({ department: 'GH' }), newStop({ department: 'GH' })]
    expect(a.id).not.toBe(b.id)
    expect(a).toMatchObject({ stop: 0, department: 'GH', filed: false })
  })
})
