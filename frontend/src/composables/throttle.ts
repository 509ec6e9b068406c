import { useTimeoutFn } from '@vueuse/core'

/**
 * Runs f soon, but not more often than once in `ms`; the last call always counts,
 * and none after the component has gone.
 */
export function useThrottle(f: () => void, ms: number): () => void {
  let last = 0
  const { start, isPending } = useTimeoutFn(
    () => {
      last = Date.now()
      f()
    },
    () => Math.max(0, last + ms - Date.now()),
    { immediate: false },
  )
  return () => {
    if (!isPending.value) start()
  }
}
