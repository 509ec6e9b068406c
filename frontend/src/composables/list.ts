import { ref, watch, type ComputedRef } from 'vue'
import type { Query } from '@/api/http'
import type { Change, Page } from '@/api/types'
import { useChanges, useReload } from './live'
import { useThrottle } from './throttle'
import { useWindowed } from './windowed'

/** How often at most a list in sight follows the stream, ms. */
const PACE = 3_000

/**
 * A list page's rows: they follow the filter in the address and the live stream.
 * At the top of the list it refreshes by itself; further down it says that it
 * changed, so that rows do not run away under a reader's eyes.
 */
export function useList<T>(
  fetchPage: (query: Query, signal?: AbortSignal) => Promise<Page<T>>,
  query: ComputedRef<Query>,
  options: { touches?: (c: Change) => boolean; atTop: () => boolean },
) {
  const list = useWindowed<T>((offset, limit, signal) => fetchPage({ ...query.value, offset, limit }, signal))
  const stale = ref(false)

  const follow = useThrottle(() => {
    if (options.atTop()) refresh()
    else stale.value = true
  }, PACE)

  function refresh(): void {
    stale.value = false
    list.refresh()
  }

  watch(
    () => JSON.stringify(query.value),
    () => {
      stale.value = false
      list.reset()
    },
    { immediate: true },
  )
  if (options.touches) {
    const touches = options.touches
    useChanges((changes) => changes.some(touches) && follow())
  }
  useReload(refresh)

  return { list, stale, refresh }
}
