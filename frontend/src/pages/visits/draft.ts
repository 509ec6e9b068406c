// A sheet that is being written. Every change is on the device within a moment,
// so that a call, an empty battery or a closed page costs nothing.
import { useEventListener } from '@vueuse/core'
import { onScopeDispose, reactive, ref, shallowRef, toRaw, watch } from 'vue'
import type { MyRoute, MyStop } from '@/api/schema'
import { kept, opens, type Draft, type SheetFields } from '@/offline/db'
import { officeNow } from '@/offline/now'
import type { Owner } from '@/offline/owner'

const SOON = 250 // ms

/** Begins a sheet, of a stop of a route where it is one, and tells its key. */
export async function begin(owner: Owner, route?: MyRoute, stop?: MyStop): Promise<string> {
  const sheet: SheetFields = {
    mode: route?.mode ?? 'unannounced',
    department: stop?.department ?? '',
    arrived_at: new Date(officeNow()).toISOString(),
    left_at: '',
    disclosed: [],
    findings: [],
  }
  if (route && stop) Object.assign(sheet, { plan: route.id, stop: stop.stop, place: stop.place, window: stop.window, item: stop.item })
  const draft: Draft = { key: crypto.randomUUID(), ...owner, state: 'writing', sheet, unbiased: false, changed: Date.now() }
  await kept.drafts.add(draft)
  return draft.key
}

/** A copy that the device can keep: nothing of the page's own machinery. */
const plain = (d: Draft): Draft => JSON.parse(JSON.stringify(toRaw(d))) as Draft

export function useDraft(key: string, owner: Owner) {
  const draft = shallowRef<Draft>()
  const missing = ref(false)
  const savedAt = ref<number>()
  const unsaved = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!draft.value || stopped) return
    try {
      const { sheet, unbiased } = plain(draft.value)
      // Only these: that it was handed in meanwhile is not to be undone.
      const n = await kept.drafts
        .where('key')
        .equals(key)
        .and((d) => d.state === 'writing')
        .modify({ sheet, unbiased, changed: Date.now() })
      if (n > 0) savedAt.value = Date.now()
      unsaved.value = false
    } catch {
      unsaved.value = true // the page says so
    }
  }

  async function load(): Promise<void> {
    const found = await kept.drafts.get(key).catch(() => undefined)
    if (!found || !opens(owner, found) || found.state !== 'writing') {
      missing.value = true
      return
    }
    draft.value = reactive(found)
    savedAt.value = found.changed
    watch(
      () => [draft.value!.sheet, draft.value!.unbiased],
      () => {
        clearTimeout(timer)
        timer = setTimeout(() => void save(), SOON)
      },
      { deep: true },
    )
  }
  void load()

  const flush = (): void => {
    if (timer) void save()
  }
  useEventListener(window, 'pagehide', flush)
  useEventListener(document, 'visibilitychange', flush)
  onScopeDispose(flush)

  /** Writes nothing any more: the draft was handed in or thrown away. */
  function stop(): void {
    clearTimeout(timer)
    stopped = true
  }

  return { draft, missing, savedAt, unsaved, save, stop }
}
