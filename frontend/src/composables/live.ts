import { onBeforeUnmount, watch } from 'vue'
import type { Change } from '@/api/schema'
import { useLive } from '@/stores/live'

/** Listens to changes for as long as the component lives. */
export function useChanges(listener: (changes: Change[]) => void): void {
  onBeforeUnmount(useLive().onChanges(listener))
}

/** Is called when changes were missed and what is shown has to be loaded anew. */
export function useReload(listener: () => void): void {
  onBeforeUnmount(useLive().onReload(listener))
}

/** Is called when people did something: filed, assigned, decided. */
export function useActs(listener: () => void): void {
  const live = useLive()
  watch(
    () => live.board?.act_seq,
    (now, before) => before !== undefined && now !== before && listener(),
  )
}
