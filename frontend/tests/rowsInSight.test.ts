import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { Problem } from '@/api/problem'
import type { Page } from '@/api/types'
import { useRowsInSight, WINDOW, type FetchWindow, type RowSource } from '@/composables/rowsInSight'

interface Asked {
  offset: number
  signal: AbortSignal
  answer: (page: Page<number>) => void
  fail: (err: unknown) => void
}

function list(): { rows: RowSource<number>; asked: Asked[]; unmount: () => void } {
  const asked: Asked[] = []
  const fetchWindow: FetchWindow<number> = (offset, _limit, signal) =>
    new Promise((answer, fail) => {
      signal.addEventListener('abort', () => fail(new DOMException('given up', 'AbortError')))
      asked.push({ offset, signal, answer, fail })
    })
  let rows!: RowSource<number>
  const wrapper = mount(
    defineComponent(() => {
      rows = useRowsInSight(fetchWindow)
      return () => h('div')
    }),
  )
  return { rows, asked, unmount: () => wrapper.unmount() }
}

/** Rows are their own places, so that a wrong place shows. */
const page = (offset: number, total = 100_000): Page<number> => ({
  rows: Array.from({ length: Math.min(WINDOW, total - offset) }, (_, i) => offset + i),
  total,
  capped: total >= 100_000,
})

const settle = async (): Promise<void> => {
  await nextTick()
  await new Promise((r) => setTimeout(r))
}

describe('a list of 100,000 rows', () => {
  it('asks for the windows in sight only, once each', async () => {
    const { rows, asked } = list()
    rows.reset()
    asked[0]!.answer(page(0))
    await settle()
    expect(rows.total.value).toBe(100_000)
    expect(rows.capped.value).toBe(true)
    rows.see(50_190, 50_230)
    rows.see(50_191, 50_231)
    expect(asked.slice(1).map((a) => a.offset)).toEqual([50_000, 50_200])
    asked[1]!.answer(page(50_000))
    asked[2]!.answer(page(50_200))
    await settle()
    expect(rows.row(50_199)).toBe(50_199)
    expect(rows.row(50_200)).toBe(50_200)
    expect(rows.row(70_000)).toBeUndefined()
  })

  it('gives up windows that were scrolled past', async () => {
    const { rows, asked } = list()
    rows.reset()
    asked[0]!.answer(page(0))
    await settle()
    rows.see(10_000, 10_040)
    rows.see(90_000, 90_040)
    expect(asked[1]!.signal.aborted).toBe(true)
    expect(asked[2]!.signal.aborted).toBe(false)
    await settle()
    expect(rows.problem.value).toBeUndefined() // giving up is not a failure
  })

  it('throws away what an earlier filter answers late', async () => {
    const { rows, asked } = list()
    rows.reset()
    rows.reset()
    asked[1]!.answer({ rows: [7], total: 1, capped: false })
    await settle()
    asked[0]!.answer(page(0))
    await settle()
    expect(rows.total.value).toBe(1)
    expect(rows.row(0)).toBe(7)
  })

  it('forgets the windows that were seen longest ago', async () => {
    const { rows, asked } = list()
    rows.reset()
    asked[0]!.answer(page(0))
    await settle()
    for (let w = 1; w <= 30; w++) {
      rows.see(w * WINDOW, w * WINDOW + 30)
      asked.at(-1)!.answer(page(w * WINDOW))
      await settle()
    }
    expect(rows.row(0)).toBeUndefined()
    expect(rows.row(30 * WINDOW)).toBe(30 * WINDOW)
  })

  it('keeps what is shown while it refreshes, and when that fails', async () => {
    const { rows, asked } = list()
    rows.reset()
    asked[0]!.answer(page(0, 3))
    await settle()
    rows.refresh()
    expect(rows.row(2)).toBe(2)
    asked[1]!.fail(new Problem(503, 'busy', '忙', 'busy'))
    await settle()
    expect(rows.row(2)).toBe(2)
    expect(rows.problem.value?.code).toBe('busy')
  })

  it('asks nothing more once its page was left', () => {
    const { rows, asked, unmount } = list()
    rows.reset()
    unmount()
    expect(asked[0]!.signal.aborted).toBe(true)
  })
})

describe('M11: a list that is not too long is printed whole', () => {
  it('gives all its rows in large windows, and keeps none of them', async () => {
    const { rows, asked } = list()
    rows.reset()
    asked[0]!.answer(page(0, 450))
    await settle()
    const all = rows.all!(2000)
    asked[1]!.answer({ rows: Array.from({ length: 450 }, (_, i) => i), total: 450, capped: false })
    expect(await all).toHaveLength(450)
    expect(asked.map((a) => a.offset)).toEqual([0, 0])
    expect(rows.row(300)).toBeUndefined()
  })

  it('asks for none of a list that is longer than paper holds', async () => {
    const { rows, asked } = list()
    rows.reset()
    asked[0]!.answer(page(0, 2001))
    await settle()
    expect(await rows.all!(2000)).toBeUndefined()
    expect(asked).toHaveLength(1)
  })
})
