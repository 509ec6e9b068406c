import { readFileSync } from 'node:fs'
import { mount } from '@vue/test-utils'
import { NDialogProvider, NMessageProvider } from 'naive-ui'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Component, h } from 'vue'
import type { Case, Clock, Matter, Session } from '@/api/schema'
import ExportMenu from '@/components/ExportMenu.vue'
import DateRangeFilter from '@/components/filters/DateRangeFilter.vue'
import PickFilter from '@/components/filters/PickFilter.vue'
import { i18n, setLocale } from '@/i18n'
import { lists, type ListDescription } from '@/lists/generated'
import ClockBar from '@/pages/case/ClockBar.vue'
import UsedCell from '@/pages/cases/UsedCell.vue'
import StepList from '@/pages/matters/StepList.vue'
import { useSession } from '@/stores/session'

beforeEach(() => {
  localStorage.setItem('mingcha.prefs', '{"locale":"zh-CN"}')
  setActivePinia(createPinia())
  setLocale('zh-CN')
})

const shown = (component: Component, props: Record<string, unknown>) =>
  mount(() => h(NMessageProvider, () => h(NDialogProvider, () => h(component, props))), { global: { plugins: [i18n] } })
const source = (file: string): string => readFileSync(`src/${file}`, 'utf8')

describe('minor 1: the list of reviews', () => {
  it('has a column of case numbers, and says what 0 / 2 counts', () => {
    expect(source('pages/reviews/ReviewsPage.vue')).toContain("{ key: 'case_no'")
    expect((lists.reviews as ListDescription).columns.find((c) => c.name === 'case_no')?.zh).toBe('办件编号')
    expect(i18n.global.t('reviews.office.columns.seats')).toBe('已评/应评')
    expect(i18n.global.t('reviews.office.answered', { n: 0, of: 2 })).toBe('应评 2 位监督员，已有 0 位提交意见')
  })
})

it('minor 2: columns of numbers have room for them', () => {
  // 税务局否备〔2026〕00123号: 18 places of which ten are Chinese, 14 em and the gaps.
  const least = (page: string, key: string) => Number(new RegExp(`key: '${key}'.*minmax\\(([\\d.]+)rem`).exec(source(page))?.[1])
  expect(least('pages/registers/RejectionsPage.vue', 'filing')).toBeGreaterThan(14)
  expect(least('pages/registers/AuthorizationsPage.vue', 'no')).toBeGreaterThanOrEqual(13)
})

it('minor 3: where the keyboard is in a list is shown by its frame, which no row covers', () => {
  const css = source('components/table.css')
  expect(css).toMatch(/\.frame:has\(> :focus-visible\) \{\s*border-color/)
  expect(css).toMatch(/\.table:focus-visible \{\s*outline: none/)
  expect(css).toMatch(/\.line \{\s*position: absolute;\s*inset-inline: 0;/) // row lines end at the edge
})

it('minor 4: what is used of a limit has its unit', () => {
  const cell = (limit_unit: string) => shown(UsedCell, { row: { limit: 5, limit_unit, used: 1, extended: 0 } as Case }).text()
  expect(cell('working_days')).toContain('工作日')
  expect(cell('calendar_days')).toContain('自然日')
})

it('minor 5: a case that has ended has nothing left', () => {
  const clock = {
    limit: 20,
    extension: 0,
    unit: 'working_days',
    started_at: '2026-11-02T01:00:00Z',
    due_at: '2026-11-30T09:30:00Z',
    elapsed: 13,
    elapsed_without_pauses: 13,
    remaining: 7,
    paused: 0,
  } as Clock
  expect(shown(ClockBar, { name: '法定时限', clock, ended: false }).text()).toContain('余 7')
  const ended = shown(ClockBar, { name: '法定时限', clock, ended: true }).text()
  expect(ended).not.toContain('余')
  expect(ended).toContain('提前 7 个工作日')
})

it('minor 8: tabs are measured anew in another language', () => {
  expect(source('pages/departments/DepartmentsPage.vue')).toContain('<NTabs :key="locale"')
})

describe('minor 11: filters', () => {
  it('take several rules, levels and states together', () => {
    const several = (list: ListDescription) => list.filters.filter((f) => f.several).map((f) => f.name)
    expect(several(lists.findings)).toEqual(expect.arrayContaining(['rule', 'level']))
    expect(several(lists.cases)).toEqual(expect.arrayContaining(['state', 'level']))
    let chosen = ''
    const pick = mount(PickFilter, {
      props: {
        label: '规则',
        options: ['V01', 'V02', 'V03'].map((v) => ({ value: v, label: v })),
        multiple: true,
        value: 'V02',
        'onUpdate:value': (v: string) => (chosen = v),
      },
      global: { plugins: [i18n] },
    })
    pick.findComponent({ name: 'Select' }).vm.$emit('update:value', ['V02', 'V03'])
    expect(chosen).toBe('V02,V03')
  })

  it('of dates know this month, the last one and this quarter', () => {
    const picker = mount(DateRangeFilter, { props: { from: '', to: '', label: '收件' }, global: { plugins: [i18n] } }).findComponent({ name: 'DatePicker' })
    expect(Object.keys(picker.props('shortcuts') as object)).toEqual(['本月', '上月', '本季度', '本年'])
  })
})

it('minor 13: a form opens in sight, and what is told for a moment leaves the live state free', () => {
  expect(source('components/ReviewableList.vue')).toContain("closest('form')?.scrollIntoView")
  expect(source('styles/base.css')).toMatch(/\.n-message-container\.toasts[^{]*\{\s*top: 3\.8rem/)
})

it('minor 14: between judgements for and against none is proposed', () => {
  const page = source('pages/matters/MatterPage.vue')
  expect(page).toContain("['overrule', 'refuse', 'drop'].includes(a.action)")
  expect(page).toContain("i === 0 && !judging ? 'primary' : 'default'")
})

it('minor 17: a bar that goes on beyond its edge is shaded there', () => {
  expect(source('shell/SideRail.vue')).toMatch(/@media \(max-width: 45rem\)[\s\S]*no-repeat local[\s\S]*no-repeat scroll/)
})

it('minor 20: a button that does nothing says why', () => {
  useSession().session = { may: ['exportCases'], account: {} } as unknown as Session
  const button = (disabled: boolean) => shown(ExportMenu, { what: 'cases', query: {}, disabled }).find('button')
  expect(button(true).attributes('disabled')).toBeDefined()
  expect(button(true).attributes('title')).toBe(i18n.global.t('common.export.nothing'))
  expect(button(false).attributes('title')).not.toBe(i18n.global.t('common.export.nothing'))
})

it('minor 21: what was done with a matter stands in the order of time', () => {
  const step = (zh: string, at: string) => ({ action: 'x', at, by: '', late: false, name: { zh, en: zh }, side: 'department', texts: [] })
  const matter = {
    id: 1,
    source: 'rating',
    opened_at: '2026-11-30T01:00:00Z',
    steps: [step('核实', '2026-11-30T02:00:00Z'), step('联系', '2026-11-06T02:00:00Z')],
  }
  const order = shown(StepList, { matter: matter as unknown as Matter })
    .findAll('li strong')
    .map((x) => x.text())
  expect(order).toEqual(['联系', i18n.global.t('matters.opened'), '核实'])
})
