import { computed, ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'
import type { RowSource } from './windowed'

/** A short list that is loaded in full; `rows` are those of it that are shown. */
export function useLocal<T>(load: () => Promise<unknown>, rows: () => T[]): RowSource<T> {
  const loaded = ref(false)
  const loading = ref(false)
  const problem = shallowRef<Problem>()
  const total = computed(() => rows().length)

  async function reload(): Promise<void> {
    loading.value = true
    try {
      await load()
      loaded.value = true
      problem.value = undefined
    } catch (err) {
      problem.value = asProblem(err)
    } finally {
      loading.value = false
    }
  }

  const again = (): void => void reload()
  again()
  return { row: (i) => rows()[i], total, capped: ref(false), loaded, loading, problem, see: () => undefined, reset: again, refresh: again }
}
