import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { RowSource } from '@/composables/rowsInSight'
import { i18n, setLocale } from '@/i18n'
import PaperTable from '@/print/PaperTable.vue'

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN')
})

/** A list of so many rows of which these are here, as it stands when the browser's own menu prints. */
const list = (total: number, here: (i: number) => boolean, loaded = true): RowSource<number> => ({
  row: (i) => (here(i) ? i : undefined),
  total: ref(total),
  capped: ref(false),
  loaded: ref(loaded),
  loading: ref(!loaded),
  problem: ref(),
  see: () => undefined,
  reset: () => undefined,
  refresh: () => undefined,
  all: () => Promise.resolve(undefined),
})
const paper = (source: RowSource<number>, whole?: number[]): string =>
  mount(PaperTable, { props: { columns: [{ key: 'n', title: '编号', width: '5rem' }], list: source, first: 0, whole }, global: { plugins: [i18n] } })
    .find('p')
    .text()

describe('M11: what was printed before its rows were there says so', () => {
  it('of a list that has not come, and of one that is empty', () => {
    expect(paper(list(0, () => false, false))).toBe('打印时列表还没有载入：请等列表出现后再打印')
    expect(paper(list(0, () => false))).toBe('没有符合条件的记录')
  })

  it('of rows that are missing among those that came, and how all of them can be had', () => {
    expect(paper(list(450, (i) => i < 200))).toBe('第 1–200 条，共 450 条；要打印全部，请用页面上的“打印”按钮')
    expect(paper(list(450, (i) => i < 200 && i % 50 !== 7))).toBe('第 1–200 条，共 450 条；其中 4 条打印时还没有载入；要打印全部，请用页面上的“打印”按钮')
    expect(paper(list(2001, (i) => i < 200))).toBe('第 1–200 条，共 2,001 条；全部请用导出')
  })

  it('and of one that is whole nothing', () => {
    expect(paper(list(3, () => true))).toBe('共 3 条')
    expect(
      paper(
        list(450, () => false),
        Array.from({ length: 450 }, (_, i) => i),
      ),
    ).toBe('共 450 条')
  })
})
