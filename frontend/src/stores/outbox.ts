import { liveQuery, type Subscription } from 'dexie'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { bridge } from '@/api/desktop'
import { adopt, draftsFor, kept, type Draft } from '@/offline/db'
import { officeNow } from '@/offline/now'
import { ownerOf, sameOwner, type Owner } from '@/offline/owner'
import { send, type Sent } from '@/offline/send'
import { useSession } from './session'

/** Pauses between attempts that failed, ms. */
const FIRST = 5_000
const LONGEST = 60_000

/** Sheets on this device that the console does not have yet, and their sending. */
export const useOutbox = defineStore('outbox', () => {
  const sessions = useSession()
  const drafts = shallowRef<Draft[]>([])
  /** The device could not be read: what is written now would be lost with the page. */
  const broken = ref(false)
  const sending = ref(false)
  /** Why the sheets that wait do so. */
  const held = ref<Exclude<Sent, 'filed' | 'refused'>>()
  /** Counts what was filed since the page was opened; lists watch it. */
  const filed = ref(0)
  const writing = computed(() => drafts.value.filter((d) => d.state === 'writing'))
  const waiting = computed(() => drafts.value.filter((d) => d.state === 'waiting'))

  let owner: Owner
  let listening: Subscription | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST

  /** Begins for whoever uses the page; again for the same person it changes nothing. */
  function start(): void {
    const whose = ownerOf(sessions.session!)
    if (listening && sameOwner(whose, owner)) return
    listening?.unsubscribe()
    owner = whose
    adopt(whose, Boolean(bridge())).catch(() => (broken.value = true))
    listening = liveQuery(() => draftsFor(whose)).subscribe({
      next: (all) => {
        drafts.value = all.reverse()
        broken.value = false
        if (waiting.value.length > 0 && !sending.value && !timer) void run()
      },
      error: () => (broken.value = true),
    })
    addEventListener('online', soon)
    document.addEventListener('visibilitychange', () => !document.hidden && soon())
  }

  /** Tries again now, whatever pause is on. */
  function soon(): void {
    clearTimeout(timer)
    timer = undefined
    pause = FIRST
    void run()
  }

  /** Sends all that waits. One page of a device does it at a time. */
  async function run(): Promise<void> {
    if (sending.value) return
    sending.value = true
    try {
      await navigator.locks.request('mingcha-outbox', { ifAvailable: true }, async (lock) => {
        if (lock) await sendAll()
      })
    } finally {
      sending.value = false
    }
  }

  async function sendAll(): Promise<void> {
    held.value = undefined
    for (const draft of await draftsFor(owner)) {
      if (draft.state !== 'waiting' || draft.console !== owner.console) continue
      const sent = await send(draft)
      if (sent === 'filed') filed.value++
      if (sent === 'unreachable' || sent === 'sign_in') {
        held.value = sent
        if (sent === 'unreachable') later()
        return
      }
    }
    pause = FIRST
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void run()
    }, pause)
    pause = Math.min(pause * 2, LONGEST)
  }

  /** Hands a sheet in; from now on it is not changed any more. */
  async function handIn(key: string): Promise<void> {
    await kept.drafts.update(key, (d) => {
      d.console = owner.console
      d.state = 'waiting'
      d.changed = Date.now()
      delete d.refusal
      if (!d.sheet.left_at) d.sheet.left_at = new Date(officeNow()).toISOString()
    })
    soon()
  }

  /** After a sign-in. */
  async function signIn(): Promise<void> {
    await sessions.load()
    soon()
  }

  return { drafts, writing, waiting, broken, sending, held, filed, start, soon, handIn, signIn }
})
