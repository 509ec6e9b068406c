import { mount } from '@vue/test-utils'
import { NMessageProvider } from 'naive-ui'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { Problem } from '@/api/problem'
import { useAttempt, useSaidAttempt } from '@/composables/attempt'
import { i18n } from '@/i18n'

/** What stands over the page. */
const said = (): string => document.body.textContent

function within<T>(use: () => T): T {
  let out!: T
  const page = defineComponent(() => {
    out = use()
    return () => h('div')
  })
  mount(() => h(NMessageProvider, () => h(page)), { global: { plugins: [i18n] } })
  return out
}

const refused = new Problem(422, 'invalid', '有误', 'wrong', [{ field: 'name', zh: '太短', en: 'too short' }])
const givenUp = new DOMException('given up', 'AbortError')

describe('an attempt', () => {
  it('tells what was wrong, as a whole and of a field, until the next', async () => {
    const { busy, problem, error, wrong, attempt } = within(useAttempt)
    const first = attempt(() => Promise.reject(refused))
    expect(busy.value).toBe(true)
    expect(await first).toBe(false)
    expect([busy.value, problem.value, error('name'), error('other'), wrong.value]).toEqual([false, refused, '太短', '', '有误；name: 太短'])
    expect(await attempt(() => Promise.resolve())).toBe(true)
    expect([problem.value, error('name'), wrong.value]).toEqual([undefined, '', ''])
  })

  it('that the page gave up has not gone well, and is no problem', async () => {
    const { problem, attempt } = within(useAttempt)
    expect(await attempt(() => Promise.reject(givenUp))).toBe(false)
    expect(problem.value).toBeUndefined()
  })

  it('of what has no form is said over the page', async () => {
    const { attempt } = within(useSaidAttempt)
    expect(await attempt(() => Promise.reject(givenUp))).toBe(false)
    expect(await attempt(() => Promise.resolve())).toBe(true)
    await nextTick()
    expect(said()).toBe('')
    expect(await attempt(() => Promise.reject(refused))).toBe(false)
    await nextTick()
    expect(said()).toBe('有误；name: 太短')
  })
})
