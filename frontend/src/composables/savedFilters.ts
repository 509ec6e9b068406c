import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { ownerOf } from '@/offline/owner'
import { useSession } from '@/stores/session'

export interface Saved {
  name: string
  query: Record<string, string>
}

/** Filters of one list that the person kept under names, on this device. */
export function useSavedFilters(list: string) {
  const { console, account } = ownerOf(useSession().session!)
  const all = useLocalStorage<Record<string, Saved[]>>('mingcha.filters', {}, { writeDefaults: false })
  const key = `${console} ${account} ${list}`
  const saved = computed(() => all.value[key] ?? [])

  const put = (rows: Saved[]): void => void (all.value = { ...all.value, [key]: rows })

  /** Keeps a filter; one that has the name already gives way. */
  function save(name: string, query: Record<string, string>): void {
    put([...saved.value.filter((s) => s.name !== name), { name, query }])
  }

  const forget = (name: string): void => put(saved.value.filter((s) => s.name !== name))

  return { saved, save, forget }
}
