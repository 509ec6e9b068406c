import { onBeforeUnmount } from 'vue'

/** Runs f soon, but not more often than once in `ms`; the last call always counts. */
export function useThrottle(f: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = 0
  onBeforeUnmount(() => clearTimeout(timer))
  return () => {
    if (timer !== undefined) return
    timer = setTimeout(
      () => {
        timer = undefined
        last = Date.now()
        f()
      },
      Math.max(0, last + ms - Date.now()),
    )
  }
}
