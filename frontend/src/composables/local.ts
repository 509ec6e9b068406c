import { computed, ref } from 'vue'
import { useAsked } from './asked'
import type { RowSource } from './windowed'

/** A short list that is loaded in full; `rows` are those of it that are shown. */
export function useLocal<T>(load: () => Promise<unknown>, rows: () => T[]): RowSource<T> {
  const loaded = ref(false)
  const total = computed(() => rows().length)
  const {
    problem,
    loading,
    load: again,
  } = useAsked(async () => {
    await load()
    loaded.value = true
  })
  return {
    row: (i) => rows()[i],
    total,
    capped: ref(false),
    loaded,
    loading,
    problem,
    see: () => undefined,
    reset: () => void again(),
    refresh: () => void again(),
  }
}
