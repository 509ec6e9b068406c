import { computed, ref } from 'vue'
import { useAnswer } from './answer'
import type { RowSource } from './rowsInSight'

/** A short list that is loaded in full; `rows` are those of it that are shown. */
export function useWholeList<T>(load: () => Promise<unknown>, rows: () => T[]): RowSource<T> {
  const loaded = ref(false)
  const total = computed(() => rows().length)
  const {
    problem,
    loading,
    load: again,
  } = useAnswer(async () => {
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
    all: () => Promise.resolve(rows()),
  }
}
