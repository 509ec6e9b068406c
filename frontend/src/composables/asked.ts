import { watch } from 'vue'
import { useRoute } from 'vue-router'

/**
 * Opens the row that the address asks for by its number, once it is there; closed,
 * it stays closed until the address asks for another.
 */
export function useAsked<T extends { id: number }>(key: string, rows: () => T[], open: (row: T) => void): void {
  const route = useRoute()
  let opened = 0
  watch(
    [() => Number(route.query[key]), rows],
    ([id, all]) => {
      const row = id === opened ? undefined : all.find((r) => r.id === id)
      if (!row) return
      opened = row.id
      open(row)
    },
    { immediate: true },
  )
}
