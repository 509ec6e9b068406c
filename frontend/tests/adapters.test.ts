import { mount } from '@vue/test-utils'
import { NDialogProvider, NMessageProvider } from 'naive-ui'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import type { Adapter, Session } from '@/api/schema'
import { i18n } from '@/i18n'
import AdapterCard from '@/pages/departments/AdapterCard.vue'
import LiveState from '@/shell/LiveState.vue'
import { useLive } from '@/stores/live'
import { usePrefs } from '@/stores/prefs'
import { useSession } from '@/stores/session'

const adapter = (more: Partial<Adapter>): Adapter => ({
  name: 'gh',
  adapter: 'gh',
  title: '规划局',
  title_en: 'Planning',
  version: '1',
  path: '/data/programs/gh',
  state: 'live',
  restarts: 0,
  caught_up: true,
  lag_seconds: 0,
  departments: ['GH'],
  streams: [{ stream: 'events', records: 5, caught_up: true, last_at: '2026-11-23T01:00:00Z', since: { taken: 0, known: 0, corrected: 0, refused: 0 } }],
  quarantined: 0,
  offers: ['restart', 'stop'],
  ...more,
})

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.setItem('mingcha.prefs', '{"locale":"zh-CN"}')
  useSession().session = { may: ['adapterLogs', 'startAdapter', 'stopAdapter', 'restartAdapter'], account: {} } as unknown as Session
})
afterEach(() => localStorage.clear())

function card(a: Adapter): { text: string; buttons: string[] } {
  const wrapper = mount(() => h(NMessageProvider, () => h(NDialogProvider, () => h(AdapterCard, { adapter: a }))), {
    global: { plugins: [i18n], stubs: { AdapterLogs: true } },
  })
  const shown = { text: wrapper.text(), buttons: wrapper.findAll('button').map((b) => b.text()) }
  wrapper.unmount()
  return shown
}

describe('M16: an adapter', () => {
  it('that was only used for an ingest has nothing that could be started', () => {
    const { text, buttons } = card(adapter({ state: 'stopped', caught_up: false, offers: [], streams: [] }))
    expect(buttons).toEqual(['日志'])
    expect(text).toContain('只用于一次性导入')
    expect(text).not.toContain('已落后')
  })

  it('that does not run is neither behind nor has it caught up', () => {
    const { text, buttons } = card(adapter({ state: 'stopped', caught_up: false, offers: ['start'] }))
    expect(buttons).toEqual(['日志', '启动'])
    expect(text).not.toContain('已落后')
    expect(text).not.toContain('已追上')
  })

  it('that is set up and not installed stands there with what is wrong', () => {
    const { text, buttons } = card(adapter({ state: 'failed', caught_up: false, offers: ['start'], error_zh: '没有安装名为 "oracle" 的适配器。', streams: [] }))
    expect(buttons).toEqual(['日志', '启动'])
    expect(text).toContain('没有安装名为 "oracle" 的适配器。')
  })

  it('that runs is restarted and stopped', () => {
    const { text, buttons } = card(adapter({}))
    expect(buttons).toEqual(['日志', '重启', '停止'])
    expect(text).toContain('已追上')
  })

  it('that stands still is told beside the line to the console', () => {
    const live = useLive()
    live.adapters = [adapter({ state: 'stopped', offers: ['start'] }), adapter({ name: 'once', state: 'stopped', offers: [] }), adapter({ name: 'js' })]
    live.state = 'live'
    const wrapper = mount(LiveState, { global: { plugins: [i18n] } })
    expect(wrapper.text()).toContain('1 个数据接口未运行')
    wrapper.unmount()
  })

  it('H5: that the system cannot confine says so', () => {
    expect(card(adapter({ unconfined: true })).text).toContain('不能把它与控制台的文件隔开')
  })
})

describe('minor 18: the window', () => {
  it('begins in Chinese, whatever its system speaks, until somebody chooses', async () => {
    localStorage.clear()
    setActivePinia(createPinia())
    Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true })
    expect(usePrefs().locale).toBe('en') // a browser's own language
    window.go = { desktop: { Bridge: {} as never } }
    setActivePinia(createPinia())
    expect(usePrefs().locale).toBe('zh-CN')
    usePrefs().locale = 'en'
    await nextTick()
    setActivePinia(createPinia())
    expect(usePrefs().locale).toBe('en')
    delete window.go
  })
})

describe('silent loss: an adapter', () => {
  it('says what became of the records of this run, if any came', () => {
    const stream = { stream: 'events' as const, records: 5, caught_up: true, last_at: '2026-11-23T01:00:00Z' }
    expect(card(adapter({ streams: [{ ...stream, since: { taken: 3, known: 1200, corrected: 1, refused: 2 } }] })).text).toContain(
      '新收 3 · 已有 1,200 · 更正 1 · 拒收 2',
    )
    expect(card(adapter({})).text).not.toContain('新收')
  })
})
