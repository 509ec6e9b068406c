import { describe, expect, it } from 'vitest'
import { clicked, daysOf, festivalOf, monthsOf, moved, ofList, type Draft } from '@/pages/settings/holidayDraft'

const none: Draft = new Map()

describe('M14: holidays are marked by clicking days', () => {
  it('M14: a weekday is of rest or plain', () => {
    const once = clicked(none, '2027-02-08', '春节') // a Monday
    expect(daysOf(once)).toEqual([{ date: '2027-02-08', name: '春节', isOffDay: true }])
    expect(daysOf(clicked(once, '2027-02-08', '春节'))).toEqual([])
  })

  it('M14: a weekend day is of rest, then worked, then plain', () => {
    const rest = clicked(none, '2027-02-14', '春节') // a Sunday
    expect(rest.get('2027-02-14')).toEqual({ off: true, name: '春节' })
    const worked = clicked(rest, '2027-02-14', '春节')
    expect(worked.get('2027-02-14')).toEqual({ off: false, name: '春节' })
    expect(clicked(worked, '2027-02-14', '春节').size).toBe(0)
    expect(rest.size).toBe(1) // what was before stays what it was
  })

  it('M14: a day without a chosen festival is its neighbour’s, or the one of its season', () => {
    expect(festivalOf(none, '2026-12-31')).toBe('元旦')
    expect(festivalOf(none, '2027-01-04')).toBe('元旦')
    expect(festivalOf(none, '2027-02-05')).toBe('春节')
    expect(festivalOf(none, '2027-04-05')).toBe('清明节')
    expect(festivalOf(none, '2027-05-08')).toBe('劳动节')
    expect(festivalOf(none, '2027-06-09')).toBe('端午节')
    expect(festivalOf(none, '2027-09-15')).toBe('中秋节')
    expect(festivalOf(none, '2027-10-09')).toBe('国庆节')
    expect(festivalOf(clicked(none, '2027-09-24', '中秋节'), '2027-09-25')).toBe('中秋节')
  })

  it('M14: what was read is marked as it was read, days of the December before among it', () => {
    const days = [
      { name: '元旦', date: '2018-12-29', isOffDay: false },
      { name: '元旦', date: '2019-01-01', isOffDay: true },
    ]
    expect(daysOf(ofList({ days }))).toEqual(days)
    expect(monthsOf(2027)).toHaveLength(13)
    expect(monthsOf(2027)[0]).toEqual({ year: 2026, month: 12 })
  })

  it('M14: arrow keys lead from day to day, and not out of the month', () => {
    expect(moved('2027-02-08', 'ArrowDown')).toBe('2027-02-15')
    expect(moved('2027-02-08', 'ArrowLeft')).toBe('2027-02-07')
    expect(moved('2027-02-28', 'ArrowRight')).toBeUndefined()
    expect(moved('2027-02-08', 'Enter')).toBeUndefined()
  })
})
