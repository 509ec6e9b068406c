import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef } from 'vue'
import type { Query } from '@/api/http'
import { asProblem, isAbort, type Problem } from '@/api/problem'
import type { RowSource } from './rowsInSight'

/** Rows asked for at once. */
export const PAGE = 100
/** How many rows before the end of what is here the next are asked for. */
const AHEAD = 30

/**
 * A list that is read from its newest row to older ones, by journal number: it
 * grows while one scrolls, and never has to be counted. It follows the filter in
 * the address.
 */
export function useNewestFirst<T extends { seq: number }>(
  fetchOlder: (query: Query, signal: AbortSignal) => Promise<T[]>,
  query: ComputedRef<Query>,
): RowSource<T> {
  const rows = shallowRef<T[]>([])
  const more = ref(false)
  const loaded = ref(false)
  const loading = ref(false)
  const problem = shallowRef<Problem>()
  let asking: AbortController | undefined

  /** Asks for the newest rows, or for those after the last one that is here. */
  async function ask(before?: number): Promise<void> {
    asking?.abort()
    const mine = (asking = new AbortController())
    loading.value = true
    try {
      const got = await fetchOlder({ ...query.value, before, limit: PAGE }, mine.signal)
      if (mine !== asking) return
      rows.value = before === undefined ? got : [...rows.value, ...got]
      more.value = got.length === PAGE
      loaded.value = true
      problem.value = undefined
    } catch (err) {
      if (mine === asking && !isAbort(err)) problem.value = asProblem(err)
    } finally {
      if (mine === asking) loading.value = false
    }
  }

  function see(_first: number, last: number): void {
    if (more.value && !loading.value && last >= rows.value.length - AHEAD) void ask(rows.value.at(-1)?.seq)
  }

  function reset(): void {
    rows.value = []
    more.value = loaded.value = false
    problem.value = undefined
    void ask()
  }

  watch(() => JSON.stringify(query.value), reset, { immediate: true })
  onBeforeUnmount(() => asking?.abort())
  return { row: (i) => rows.value[i], total: computed(() => rows.value.length), capped: more, loaded, loading, problem, see, reset, refresh: () => void ask() }
}
