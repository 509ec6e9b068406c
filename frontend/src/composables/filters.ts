import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

export type Filters<K extends string> = Record<K, WritableComputedRef<string>>

/**
 * Filters that live in the address, so that what is shown can be shared and the
 * back button undoes it. An empty value is left out of the address.
 */
export function useFilters<K extends string>(keys: readonly K[]) {
  const route = useRoute()
  const router = useRouter()
  const page = route.name

  function value(key: string): string {
    const v = route.query[key]
    return typeof v === 'string' ? v : ''
  }

  /** Sets several at once: one entry of the history. */
  function set(changes: Partial<Record<K, string>>, replace = false): void {
    const query: LocationQueryRaw = { ...route.query }
    for (const [key, v] of Object.entries(changes) as [K, string | undefined][]) {
      if (v) query[key] = v
      else delete query[key]
    }
    void (replace ? router.replace({ query }) : router.push({ query }))
  }

  const filters = Object.fromEntries(
    keys.map((key) => [key, computed({ get: () => value(key), set: (v: string) => set({ [key]: v } as Partial<Record<K, string>>) })]),
  ) as Filters<K>

  /** All that are set, as the API takes them; kept as they are while the page is being left. */
  const query = computed<Record<string, string>>((before) => {
    if (route.name !== page && before) return before
    const out: Record<string, string> = {}
    for (const key of keys) if (value(key)) out[key] = value(key)
    return out
  })
  const active = computed(() => Object.keys(query.value).length > 0)
  const clear = (): void => set(Object.fromEntries(keys.map((k) => [k, ''])) as Record<K, string>)

  return { filters, query, active, set, clear }
}
