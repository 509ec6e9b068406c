import { ref, shallowRef, useTemplateRef, watch, type ComputedRef } from 'vue'
import type { Query } from '@/api/http'
import type { Change } from '@/api/schema'
import type { Page } from '@/api/types'
import { useChanges, useReload } from './live'
import { useThrottle } from './throttle'
import { useRowsInSight, type RowSource } from './rowsInSight'

/** How often at most a list in sight follows the stream, ms. */
const PACE = 3_000

/** How a list page has its rows, for the filter in its address. */
export type Rows<T> = (query: ComputedRef<Query>) => RowSource<T>

/** Rows that the server counts and hands out by their place: those in sight are fetched. */
export function inSight<T>(fetchPage: (query: Query, signal?: AbortSignal) => Promise<Page<T>>): Rows<T> {
  return (query) => {
    const list = useRowsInSight<T>((offset, limit, signal) => fetchPage({ ...query.value, offset, limit }, signal))
    watch(() => JSON.stringify(query.value), list.reset, { immediate: true })
    return list
  }
}

/**
 * A list page's rows: they follow the filter in the address, and by `follow` the
 * changes that touch them, those of the live stream by themselves. At the top of
 * the list that refreshes it; further down it says that it changed, so that rows
 * do not run away under a reader's eyes. The page's VirtualTable has the ref
 * `table`.
 */
export function useList<T>(rows: Rows<T>, query: ComputedRef<Query>, touches?: (c: Change) => boolean) {
  const table = useTemplateRef<{ focus: () => Promise<void>; atTop: () => boolean }>('table')
  const list = rows(query)
  const stale = ref(false)

  const follow = useThrottle(() => {
    if (table.value?.atTop() ?? true) refresh()
    else stale.value = true
  }, PACE)

  function refresh(): void {
    stale.value = false
    list.refresh()
  }

  watch(
    () => JSON.stringify(query.value),
    () => (stale.value = false),
  )
  if (touches) useChanges((changes) => changes.some(touches) && follow())
  useReload(follow)

  return { table, list, stale, refresh, follow }
}

/** The row whose sheet is open, or was last. */
export function useChosen<T>() {
  const chosen = shallowRef<T>()
  const showing = ref(false)

  function show(row: T): void {
    chosen.value = row
    showing.value = true
  }

  return { chosen, showing, show }
}
