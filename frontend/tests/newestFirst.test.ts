import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { computed, defineComponent, h, nextTick, ref, type Ref } from 'vue'
import type { Query } from '@/api/http'
import { Problem } from '@/api/problem'
import { PAGE, useNewestFirst } from '@/composables/newestFirst'
import type { RowSource } from '@/composables/rowsInSight'

interface Row {
  seq: number
}

interface Asked {
  query: Query
  answer: (rows: Row[]) => void
  fail: (err: unknown) => void
}

function list(): { rows: RowSource<Row>; asked: Asked[]; group: Ref<string> } {
  const asked: Asked[] = []
  const group = ref('')
  let rows!: RowSource<Row>
  mount(
    defineComponent(() => {
      rows = useNewestFirst<Row>(
        (query, signal) =>
          new Promise((answer, fail) => {
            signal.addEventListener('abort', () => fail(new DOMException('given up', 'AbortError')))
            asked.push({ query, answer, fail })
          }),
        computed(() => ({ group: group.value })),
      )
      return () => h('div')
    }),
  )
  return { rows, asked, group }
}

/** A page of rows from a number downwards. */
const page = (from: number, n = PAGE): Row[] => Array.from({ length: n }, (_, i) => ({ seq: from - i }))

const settle = async (): Promise<void> => {
  await nextTick()
  await new Promise((r) => setTimeout(r))
}

describe('a list that grows to older rows', () => {
  it('asks for what is older than its last row, once, when its end comes near', async () => {
    const { rows, asked } = list()
    expect(asked[0]!.query).toEqual({ group: '', before: undefined, limit: PAGE })
    asked[0]!.answer(page(1000))
    await settle()
    expect([rows.total.value, rows.capped.value, rows.row(99)]).toEqual([100, true, { seq: 901 }])
    rows.see(0, 20)
    expect(asked).toHaveLength(1)
    rows.see(60, 75)
    rows.see(61, 76)
    expect(asked.slice(1).map((a) => a.query['before'])).toEqual([901])
    asked[1]!.answer(page(900, 7))
    await settle()
    expect([rows.total.value, rows.capped.value, rows.row(100)]).toEqual([107, false, { seq: 900 }])
    rows.see(90, 106)
    expect(asked).toHaveLength(2)
  })

  it('begins anew for another filter, whatever is still under way', async () => {
    const { rows, asked, group } = list()
    asked[0]!.answer(page(1000))
    await settle()
    rows.see(60, 99)
    group.value = 'opening'
    await settle()
    expect(rows.loaded.value).toBe(false)
    asked[1]!.answer(page(900))
    asked[2]!.answer(page(950, 2))
    await settle()
    expect(asked[2]!.query).toEqual({ group: 'opening', before: undefined, limit: PAGE })
    expect([rows.total.value, rows.row(0), rows.loading.value]).toEqual([2, { seq: 950 }, false])
  })

  it('tells what went wrong and keeps what it has', async () => {
    const { rows, asked } = list()
    asked[0]!.answer(page(1000))
    await settle()
    rows.refresh()
    asked[1]!.fail(new Problem(503, 'busy', '忙', 'busy'))
    await settle()
    expect(rows.problem.value?.words('zh')).toBe('忙')
    expect(rows.total.value).toBe(100)
  })
})
