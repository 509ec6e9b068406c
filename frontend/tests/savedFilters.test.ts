import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keptAs, queryOf, useSavedFilters, type Saved } from '@/composables/savedFilters'

vi.mock('@/stores/session', () => ({ useSession: () => ({ session: { console: 'city', account: { id: 7 } } }) }))

const spans = [
  { label: 'Received', from: 'received_from', to: 'received_to' },
  { label: 'Due', from: 'due_from', to: 'due_to' },
]

describe('a kept filter', () => {
  it('goes with the day where its dates are a whole period of today', () => {
    const kept = keptAs('red', { level: 'red', received_from: '2026-11-01', received_to: '2026-12-01' }, spans, '2026-11-29')
    expect(kept).toEqual({ name: 'red', query: { level: 'red' }, periods: { received_from: 'month' } })
    expect(queryOf(kept, spans, '2026-12-02')).toEqual({ level: 'red', received_from: '2026-12-01', received_to: '2027-01-01' })
  })

  it('of last month goes back over the turn of a year', () => {
    const kept = keptAs('last', { due_from: '2026-10-01', due_to: '2026-11-01' }, spans, '2026-11-30')
    expect(kept.periods).toEqual({ due_from: 'lastMonth' })
    expect(queryOf(kept, spans, '2027-01-04')).toEqual({ due_from: '2026-12-01', due_to: '2027-01-01' })
  })

  it('keeps other dates, hours and a span without an end as they are', () => {
    for (const query of [
      { due_from: '2026-11-02', due_to: '2026-12-01' },
      { due_from: '2026-11-01T00:00:00Z', due_to: '2026-12-01T00:00:00Z' },
      { due_from: '2026-11-01' },
    ] as Record<string, string>[]) {
      const kept = keptAs('x', query, spans, '2026-11-29')
      expect(kept).toEqual({ name: 'x', query })
      expect(queryOf(kept, spans, '2027-03-01')).toEqual(query)
    }
  })
})

describe('filters kept on the device', () => {
  beforeEach(() => localStorage.clear())

  it('are read as an earlier version kept them', () => {
    const old: Saved = { name: '旧的', query: { level: 'red', due_from: '2026-11-01', due_to: '2026-12-01' } }
    localStorage.setItem('mingcha.filters', JSON.stringify({ 'city 7 cases': [old] }))
    const { saved } = useSavedFilters('cases')
    expect(saved.value).toEqual([old])
    expect(queryOf(saved.value[0]!, spans, '2026-12-02')).toEqual(old.query)
  })

  it('are renamed in their place, and give way to one of the same name', () => {
    const { saved, save, rename, forget } = useSavedFilters('findings')
    for (const name of ['a', 'b', 'c']) save({ name, query: { text: name } })
    rename('a', 'd')
    expect(saved.value.map((s) => s.name)).toEqual(['d', 'b', 'c'])
    rename('b', 'b')
    expect(saved.value.map((s) => s.name)).toEqual(['d', 'b', 'c'])
    rename('d', 'c')
    expect(saved.value).toEqual([
      { name: 'c', query: { text: 'a' } },
      { name: 'b', query: { text: 'b' } },
    ])
    forget('c')
    expect(saved.value.map((s) => s.name)).toEqual(['b'])
  })
})
