import { watch } from 'vue'
import { useRoute } from 'vue-router'

/**
 * Opens the row that the address asks for by its number, once the list begins with
 * it; closed, it stays closed until the address asks for another.
 */
export function useRowFromAddress<T extends { id: number }>(key: string, first: () => T | undefined, open: (row: T) => void): void {
  const route = useRoute()
  let opened = 0
  watch(
    [() => Number(route.query[key]), first],
    ([id, row]) => {
      if (!row || row.id !== id || id === opened) return
      opened = id
      open(row)
    },
    { immediate: true },
  )
}
