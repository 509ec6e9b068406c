import { computed, onBeforeUnmount, ref, shallowRef, triggerRef, type Ref } from 'vue'
import { asProblem, isAbort, type Problem } from '@/api/problem'
import type { Page } from '@/api/types'

/** Rows asked for at once. */
export const WINDOW = 200
/** Rows that the API gives at once at most. */
const LARGEST = 1000
/** Windows kept in memory; the least recently seen goes first. */
const KEPT = 24

export type FetchWindow<T> = (offset: number, limit: number, signal: AbortSignal) => Promise<Page<T>>

/** What a table shows: rows by their place, some of which may not be here yet. */
export interface RowSource<T> {
  row: (i: number) => T | undefined
  readonly total: Readonly<Ref<number>>
  readonly capped: Readonly<Ref<boolean>>
  readonly loaded: Readonly<Ref<boolean>>
  readonly loading: Readonly<Ref<boolean>>
  readonly problem: Readonly<Ref<Problem | undefined>>
  /** The rows in sight, so that what is missing of them is fetched. */
  see: (first: number, last: number) => void
  /** Begins anew, for another filter or another try. */
  reset: () => void
  /** Fetches again what is in sight. */
  refresh: () => void
  /** All rows, for paper; undefined where there are more than so many. */
  all?: (most: number) => Promise<T[] | undefined>
}

/**
 * A long list of which only the windows in sight are fetched and kept. Rows that
 * are not here yet are undefined.
 */
export function useRowsInSight<T>(fetchWindow: FetchWindow<T>): RowSource<T> {
  const windows = shallowRef(new Map<number, T[]>())
  const total = ref(0)
  const capped = ref(false)
  const loaded = ref(false)
  const busy = ref(0)
  const problem = shallowRef<Problem>()
  const asked = new Map<number, AbortController>()
  let visible: [number, number] = [0, 0]
  /** Counts resets, so that answers to an earlier filter are thrown away. */
  let turn = 0

  function row(i: number): T | undefined {
    return windows.value.get(Math.floor(i / WINDOW))?.[i % WINDOW]
  }

  async function ask(w: number): Promise<void> {
    asked.get(w)?.abort()
    const mine = turn
    const abort = new AbortController()
    asked.set(w, abort)
    busy.value++
    try {
      const page = await fetchWindow(w * WINDOW, WINDOW, abort.signal)
      if (mine !== turn) return
      windows.value.delete(w)
      windows.value.set(w, page.rows)
      while (windows.value.size > KEPT) windows.value.delete(windows.value.keys().next().value!)
      total.value = page.total
      capped.value = page.capped
      loaded.value = true
      problem.value = undefined
      triggerRef(windows)
    } catch (err) {
      if (mine === turn && !isAbort(err)) problem.value = asProblem(err)
    } finally {
      busy.value--
      if (asked.get(w) === abort) asked.delete(w)
    }
  }

  /** Fetches what is missing of the rows in sight, and gives up what is out of sight. */
  function see(first: number, last: number): void {
    visible = [Math.floor(first / WINDOW), Math.floor(Math.max(first, last) / WINDOW)]
    for (const [w, abort] of asked) if (w < visible[0] || w > visible[1]) abort.abort()
    for (let w = visible[0]; w <= visible[1]; w++) {
      if (!windows.value.has(w) && !asked.has(w)) void ask(w)
    }
  }

  function abandon(): void {
    turn++
    for (const abort of asked.values()) abort.abort()
    asked.clear()
  }

  /** Forgets everything and begins anew, for another filter. */
  function reset(): void {
    abandon()
    windows.value = new Map()
    total.value = 0
    loaded.value = false
    problem.value = undefined
    visible = [0, 0]
    void ask(0)
  }

  /** Fetches the rows in sight again and forgets the others; what is shown stays until then. */
  function refresh(): void {
    for (const w of [...windows.value.keys()]) if (w < visible[0] || w > visible[1]) windows.value.delete(w)
    for (let w = visible[0]; w <= visible[1]; w++) void ask(w)
  }

  /** All rows as they are now, in few large windows; nothing of them is kept. */
  async function all(most: number): Promise<T[] | undefined> {
    if (capped.value || total.value > most) return undefined
    const out: T[] = []
    const { signal } = new AbortController()
    for (;;) {
      const page = await fetchWindow(out.length, LARGEST, signal)
      out.push(...page.rows)
      if (page.capped || page.total > most) return undefined
      if (page.rows.length === 0 || out.length >= page.total) return out
    }
  }

  onBeforeUnmount(abandon)
  const loading = computed(() => busy.value > 0)
  return { row, total, capped, loaded, loading, problem, see, reset, refresh, all }
}
