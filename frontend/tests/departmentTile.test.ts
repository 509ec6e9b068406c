import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import type { Department, Session } from '@/api/schema'
import { i18n, setLocale } from '@/i18n'
import DepartmentTile from '@/pages/board/DepartmentTile.vue'
import { useSession } from '@/stores/session'

afterEach(() => localStorage.clear())

describe('M9: the tile of a department from which nothing comes', () => {
  it.each([
    ['zh-CN', '已停止', '99 在办', '今收 4 · 今结 3'],
    ['en', 'Stopped', '99 open', '4 in, 3 ended'],
  ] as const)('keeps its figures beside that word (%s)', (locale, stopped, open, today) => {
    localStorage.setItem('mingcha.prefs', JSON.stringify({ locale }))
    setActivePinia(createPinia())
    setLocale(locale)
    useSession().session = { may: ['adapters'] } as unknown as Session
    const department = {
      code: 'GH',
      name: '规划局',
      figures: { open: 99, warn: 1, yellow: 2, red: 81, received_today: 4, ended_today: 3 },
    } as unknown as Department
    const tile = mount(DepartmentTile, {
      props: { department, name: '规划局', state: 'stopped' },
      global: { plugins: [i18n], stubs: { RouterLink: RouterLinkStub } },
    })
    const text = tile.text().replace(/\s+/g, ' ')
    for (const words of [stopped, open, today]) expect(text).toContain(words)
    expect(tile.find('.lights').text().replace(/\s+/g, ' ')).toMatch(/1.*2.*81/)
  })
})
