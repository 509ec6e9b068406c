import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { ifAny, Problem } from '@/api/problem'
import { useAnswer } from '@/composables/answer'

interface Asked {
  of: string
  signal: AbortSignal
  answer: (heard: string) => void
  fail: (err: unknown) => void
}

const busy = new Problem(503, 'busy', '忙', 'busy')

function page(options?: { forget: boolean }) {
  const asked: Asked[] = []
  const of = ref('a')
  let shown!: ReturnType<typeof useAnswer<string>>
  const wrapper = mount(
    defineComponent(() => {
      shown = useAnswer<string>(
        (signal) =>
          of.value
            ? new Promise((answer, fail) => {
                signal.addEventListener('abort', () => fail(new DOMException('given up', 'AbortError')))
                asked.push({ of: of.value, signal, answer, fail })
              })
            : undefined,
        of,
        options,
      )
      return () => h('div')
    }),
  )
  return { ...shown, asked, of, unmount: () => wrapper.unmount() }
}

const settle = async (): Promise<void> => {
  await nextTick()
  await new Promise((r) => setTimeout(r))
}

describe('an answer that a page shows', () => {
  it('is asked for at once and where it is of something else; the question before is void', async () => {
    const { answer, loading, asked, of, unmount } = page()
    expect([asked.length, loading.value]).toEqual([1, true])
    of.value = 'b'
    await settle()
    expect(asked[0]!.signal.aborted).toBe(true)
    asked[0]!.answer('of a')
    asked[1]!.answer('of b')
    await settle()
    expect([answer.value, loading.value]).toEqual(['of b', false])
    unmount()
    expect(asked[1]!.signal.aborted).toBe(true)
  })

  it('stays while it is asked for anew and while that fails', async () => {
    const { answer, problem, load, asked, of } = page()
    asked[0]!.answer('first')
    await settle()
    void load()
    asked[1]!.fail(busy)
    await settle()
    expect([answer.value, problem.value?.code]).toEqual(['first', 'busy'])
    of.value = 'b'
    await settle()
    expect([answer.value, problem.value?.code]).toEqual(['first', 'busy'])
    asked[2]!.answer('second')
    await settle()
    expect([answer.value, problem.value]).toEqual(['second', undefined])
  })

  it('is forgotten where it is of something else, but stays where there is nothing to ask', async () => {
    const { answer, loading, load, asked, of } = page({ forget: true })
    asked[0]!.answer('of a')
    await settle()
    void load()
    expect(answer.value).toBe('of a')
    of.value = ''
    await settle()
    expect([answer.value, loading.value, asked.length]).toEqual(['of a', false, 2])
    of.value = 'b'
    await settle()
    expect([answer.value, loading.value]).toEqual([undefined, true])
  })

  it('can come in another way, and what is under way is void then', async () => {
    const { answer, problem, loading, load, take, asked } = page()
    asked[0]!.fail(busy)
    await settle()
    void load()
    take('changed')
    asked[1]!.answer('as it was')
    await settle()
    expect([answer.value, problem.value, loading.value]).toEqual(['changed', undefined, false])
  })
})

describe('what may not be there', () => {
  it('is null where it is not, and a problem where that is not known', async () => {
    expect(await ifAny(Promise.resolve(1))).toBe(1)
    expect(await ifAny(Promise.reject(new Problem(404, 'none', '无', 'none')))).toBeNull()
    await expect(ifAny(Promise.reject(busy))).rejects.toBe(busy)
  })
})
