import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import type { Case, Clock, StripDay } from '@/api/schema'
import { type Locale, i18n, setLocale } from '@/i18n'
import ClockBar from '@/pages/case/ClockBar.vue'
import { places } from '@/pages/case/labels'
import TimeStrip from '@/pages/case/TimeStrip.vue'
import UsedCell from '@/pages/cases/UsedCell.vue'

function speak(locale: Locale): void {
  localStorage.setItem('mingcha.prefs', JSON.stringify({ locale }))
  setActivePinia(createPinia())
  setLocale(locale)
}
beforeEach(() => speak('zh-CN'))
afterEach(() => localStorage.clear())

const text = (component: Component, props: Record<string, unknown>): string =>
  mount(component, { props, global: { plugins: [i18n] } })
    .text()
    .replace(/\s+/g, ' ')
const clock = (more: Partial<Clock>): Clock =>
  ({
    limit: 5,
    extension: 0,
    unit: 'calendar_days',
    started_at: '2026-11-30T01:00:00Z',
    elapsed: 0,
    elapsed_without_pauses: 0,
    remaining: 7,
    paused: 0,
    running: true,
    ...more,
  }) as Clock
const bar = (more: Partial<Clock>): string => text(ClockBar, { name: '承诺时限', ended: false, clock: clock(more) })

describe('M2: a last day that was moved off days of rest', () => {
  it('is told as the API carries it, and nothing is told where it moved nothing', () => {
    const due = { due_at: '2026-12-07T15:59:59Z' } // Monday 7 December, 23:59:59
    expect(bar({ ...due, moved_from: '2026-12-05T15:59:59Z' })).toContain('末日 12-05 周六，顺延至 12-07 周一')
    expect(bar(due)).not.toContain('顺延')
  })

  it('marks the days that it was moved over', () => {
    const days = ['2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07'].map(
      (date, i) => ({ date, kind: 'workday', name: '', listed: true, n: i < 2 ? i + 4 : 0, n_statutory: 0, moved: i > 1 }) as StripDay,
    )
    const strip = mount(TimeStrip, { props: { days, cut: false, promised: true }, global: { plugins: [i18n] } })
    expect(strip.findAll('.cell strong').map((x) => x.text())).toEqual(['4', '5', '顺延', '顺延'])
  })
})

describe('the words over the strip', () => {
  it('stand on a second line where they would lie over one another', () => {
    const second = (labels: string[]): boolean[] => places(labels).map((p) => p.lifted)
    expect(second(['受理', '', '承诺末日', '', '', '法定末日'])).toEqual([false, false, false, false, false, false])
    expect(second(['Accepted', 'Promise due', '', '', '', 'Statute due'])).toEqual([false, true, false, false, false, false])
    expect(second(['', '承诺末日', '法定末日'])).toEqual([false, false, true])
    // Three in a row: the third goes where a line is free first, and so far to the right.
    const three = places(['Accepted', 'Promise due', 'Statute due'])
    expect(three.map((p) => p.lifted)).toEqual([false, true, false])
    expect(three[2]!.shift).toBeCloseTo(8 * 0.46 + 0.4 - (2 * 2.42 + 2.2 / 2 - (11 * 0.46) / 2))
  })
})

describe('R18: limits that no number of days says', () => {
  const sameDay = { limit: 0, unit: 'working_days', remaining: 0, due_at: '2026-11-30T09:30:00Z' } as const

  it('a limit of no days is the same day, and no limit is none', () => {
    expect(bar(sameDay)).toContain('当日（0 日）')
    expect(bar({ ...sameDay, over: true, remaining: -2, elapsed: 2 })).toContain('超 2 个工作日')
    expect(bar({ limit: 0, unit: '' })).not.toContain('当日')
    speak('en')
    expect(bar(sameDay)).toContain('the same day (0 days)')
  })

  it('a target to the second is said in hours, minutes and seconds', () => {
    const said = bar({ limit: 5405, unit: 'working_seconds', elapsed: 65, remaining: 5340 })
    for (const words of ['1 小时 30 分 5 秒（办公时间）', '已用 1 分 5 秒', '余 1 小时 29 分']) expect(said).toContain(words)
    speak('en')
    expect(bar({ limit: 5405, unit: 'seconds' })).toContain('1 h 30 min 5 s')
  })

  it('stands in the list of cases, too', () => {
    const cell = (more: Partial<Case>): string => text(UsedCell, { row: { limit: 0, limit_unit: 'working_days', used: 0, extended: 0, ...more } })
    expect(cell({ used: 1 })).toBe('1 / 0工作日')
    expect(cell({ limit: 60, limit_unit: 'seconds', used: 30 })).toBe('30 秒 / 1 分')
    expect(cell({ limit_unit: '' })).toBe('')
  })
})

describe('M18: a limit that is kept only because pauses are taken off', () => {
  const hung = {
    unit: 'working_days',
    due_at: '2026-11-13T09:30:00Z',
    elapsed: 1,
    remaining: 4,
    elapsed_without_pauses: 29,
    paused: 28,
    over_without_pauses: true,
  } as const
  const shown = (more: Partial<Clock>) =>
    mount(ClockBar, { props: { name: '承诺时限', ended: true, clock: clock({ ...hung, ...more }) }, global: { plugins: [i18n] } })

  it('is amber, with a second bar that counts them', () => {
    const it = shown({})
    expect(it.find('.clock').classes()).toContain('near')
    expect(it.findAll('.bar')).toHaveLength(2)
    expect(it.find('.with').classes()).toContain('gamed')
    expect(it.find('.with').text()).toContain('29')
  })

  it('is not, where the limit is kept with them too', () => {
    const it = shown({ elapsed_without_pauses: 3, paused: 2, over_without_pauses: false })
    expect(it.find('.clock').classes()).toContain('well')
    expect(it.find('.with').classes()).not.toContain('gamed')
  })
})

describe('M17: what is not of today is not called today', () => {
  const days = ['2015-08-30', '2015-08-31'].map(
    (date, i) => ({ date, kind: 'workday', name: '', listed: true, n: i + 1, n_statutory: 0, start: i === 0, now: i === 1 }) as StripDay,
  )
  const strip = (more: object): string => text(TimeStrip, { days, cut: false, promised: true, ...more })

  it('a case that is shown for an earlier day says so', () => {
    expect(strip({ asOf: true })).toContain('截至日')
    expect(strip({ asOf: true })).not.toContain('今天')
    expect(strip({ asOf: false })).toContain('今天')
  })

  it('the first day is marked with what the clocks run from, as the console says it', () => {
    const from = (begun: StripDay['begun'] & string): string => strip({ days: days.map((d, i) => (i === 0 ? { ...d, begun } : d)) })
    expect(from('received')).toContain('收件')
    expect(from('received')).not.toContain('受理')
    expect(from('accepted')).toContain('受理')
    expect(from('accepted')).not.toContain('视为')
    expect(from('deemed')).toContain('视为受理')
  })
})
