import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** True for a moment after the value changed: what a short highlight hangs on. */
export function useChanged(value: () => unknown, ms = 1200): Ref<boolean> {
  const changed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(value, () => {
    changed.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (changed.value = false), ms)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return changed
}
