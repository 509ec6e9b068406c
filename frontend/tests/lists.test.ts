// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { messages } from '@/i18n/messages'
import { lists } from '@/lists/generated'
import { leastWidth } from '@/components/table'
import { columnsOf, filtersOf, inHours, layout, parametersOf } from '@/lists/layout'
import { withVocabularies, wordsOf } from '@/lists/vocabularies'

const english = (_: string, en: string): string => en

describe('a described list', () => {
  it('has its names and orders from the description, and its widths from the page', () => {
    const [due, fact] = columnsOf(
      lists.matters,
      layout([
        { key: 'due', of: 'due_at', width: '11rem' },
        { key: 'fact', title: 'Facts', width: '1fr' },
      ]),
      english,
    )
    expect(due).toMatchObject({ key: 'due', title: 'Due', sort: 'due', width: '11rem' })
    expect(fact).toMatchObject({ key: 'fact', title: 'Facts', sort: undefined })
  })

  it('shows the filters that the page names, in its order; else all', () => {
    const some = filtersOf(lists.matters, [{ name: 'from' }, { name: 'state', label: 'Any state' }], english)
    expect(some.map((f) => f.label)).toEqual(['Came up', 'Any state'])
    expect(parametersOf(some)).toEqual(['from', 'to', 'state'])
    expect(filtersOf(lists.matters, undefined, english)).toHaveLength(lists.matters.filters.length)
  })

  it('knows an hour of its address from a date', () => {
    const due = { label: 'Due', from: 'due_from', to: 'due_to' }
    expect(inHours(due, { due_from: '2026-11-23', due_to: '2026-11-24' })).toBe(false)
    expect(inHours(due, { due_to: '2026-11-23T02:00:00Z' })).toBe(true)
    expect(inHours(due, { received_from: '2026-11-23T02:00:00Z' })).toBe(false)
  })
})

describe('vocabularies', () => {
  it('are messages of the pages, beside those that only pages have', () => {
    const told = withVocabularies({ matters: { title: 'x' } } as never, 'en')
    expect(told).toMatchObject({ matters: { title: 'x', state: { assess: 'Being assessed' } } })
    expect(messages['zh-CN'].matters).toMatchObject({ title: '督办', state: { closed: '已销号' } })
  })

  it('keep their order, and can be had in part', () => {
    expect(wordsOf('matters.state')[0]?.key).toBe('assess')
    expect(wordsOf('matters.state', ['closed', 'assess']).map((w) => w.key)).toEqual(['assess', 'closed'])
    expect(wordsOf(undefined)).toEqual([])
  })
})

describe('M10: a table on a magnified screen', () => {
  it('scrolls sideways below the least width of its columns', () => {
    const column = (width: string) => ({ key: 'a', title: '', width })
    expect(leastWidth([column('7rem'), column('minmax(9.5rem, 2fr)')])).toBeCloseTo(7 + 9.5 + 0.8 + 2)
    expect(leastWidth([column('12rem')])).toBeCloseTo(14)
  })
})
