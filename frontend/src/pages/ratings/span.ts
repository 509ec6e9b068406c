// The time that ratings are looked at: what the address says, or the last 30 days.
import { computed, type ComputedRef } from 'vue'
import { addDays, day } from '@/format/time'
import { useLive } from '@/stores/live'

const DAYS = 30

export function useSpan(query: ComputedRef<Record<string, string>>) {
  const live = useLive()
  const today = computed(() => day(live.now))
  return computed(() => ({
    from: query.value['from'] ?? addDays(today.value, 1 - DAYS),
    to: query.value['to'] ?? addDays(today.value, 1),
  }))
}
