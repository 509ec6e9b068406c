import { liveQuery, type Subscription } from 'dexie'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { bridge } from '@/api/desktop'
import { submission } from '@/api/submission'
import type { MyRoute } from '@/api/schema'
import { adopt, declinedBy, draftsFor, kept, type Draft, type KeptDeclining } from '@/offline/db'
import { officeNow } from '@/offline/now'
import { ownerOf, sameOwner, type Owner } from '@/offline/owner'
import { send, sendDeclining, type Sent } from '@/offline/send'
import { useSession } from './session'

/** Pauses between attempts that failed, ms. */
const FIRST = 5_000
const LONGEST = 60_000

/** What is on this device that the console does not have yet, and its sending. */
export const useOutbox = defineStore('outbox', () => {
  const sessions = useSession()
  const drafts = shallowRef<Draft[]>([])
  /** Of routes to which the person cannot go. */
  const declinings = shallowRef<KeptDeclining[]>([])
  /** The device could not be read: what is written now would be lost with the page. */
  const broken = ref(false)
  const sending = ref(false)
  /** The key of what is on its way at this moment. */
  const going = ref('')
  /** Why what waits does so. */
  const held = ref<Exclude<Sent, 'filed' | 'refused'>>()
  /** Counts what the console took or refused since the page was opened; lists watch it. */
  const answered = ref(0)
  /** Counts the routes of which the office was told meanwhile that one cannot go. */
  const told = ref(0)
  const writing = computed(() => drafts.value.filter((d) => d.state === 'writing'))
  const waiting = computed(() => drafts.value.filter((d) => d.state === 'waiting'))
  const untold = computed(() => declinings.value.filter((d) => !d.refusal))
  const unsent = computed(() => waiting.value.length + untold.value.length)

  let owner: Owner
  let listening: Subscription | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST

  const seen = (): void => {
    if (!document.hidden) soon()
  }

  /** Begins for whoever uses the page; again for the same person it changes nothing. */
  function start(): void {
    const whose = ownerOf(sessions.session!)
    if (listening && sameOwner(whose, owner)) return
    stop()
    owner = whose
    adopt(whose, Boolean(bridge())).catch(() => (broken.value = true))
    listening = liveQuery(() => Promise.all([draftsFor(whose), declinedBy(whose)])).subscribe({
      next: ([sheets, said]) => {
        drafts.value = sheets.reverse()
        declinings.value = said
        broken.value = false
        if (unsent.value > 0 && !sending.value && !held.value) void run()
      },
      error: () => (broken.value = true),
    })
    addEventListener('online', soon)
    document.addEventListener('visibilitychange', seen)
  }

  function stop(): void {
    clearTimeout(timer)
    listening?.unsubscribe()
    removeEventListener('online', soon)
    document.removeEventListener('visibilitychange', seen)
  }
  onScopeDispose(stop)

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
    for (let one = await longest(); one; one = await longest()) {
      going.value = one.key
      const sent = await ('sheet' in one ? send(one) : sendDeclining(one)).finally(() => (going.value = ''))
      if (sent === 'unreachable' || sent === 'sign_in') {
        held.value = sent
        if (sent === 'unreachable') later()
        return
      }
      if (sent === 'filed' && !('sheet' in one)) told.value++
      answered.value++
    }
    pause = FIRST
  }

  /** What has waited longest, read anew each time: meanwhile things are handed in and taken back. */
  async function longest(): Promise<Draft | KeptDeclining | undefined> {
    const sheets = (await draftsFor(owner)).find((d) => d.state === 'waiting' && d.console === owner.console)
    const said = (await declinedBy(owner)).find((d) => !d.refusal)
    return sheets && said ? (said.changed < sheets.changed ? said : sheets) : (sheets ?? said)
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

  /** Says that one cannot go, in the place of what was said before. */
  async function decline(route: MyRoute, said: KeptDeclining['said']): Promise<void> {
    await kept.transaction('rw', kept.declinings, async () => {
      await kept.declinings
        .where('plan')
        .equals(route.id)
        .and((d) => sameOwner(d, owner))
        .delete()
      await kept.declinings.add({ key: submission(), ...owner, plan: route.id, date: route.date, said, changed: Date.now(), unheard: false })
    })
    soon()
  }

  /** Takes back that one cannot go, or has read why it was refused. */
  const takeBack = async (key: string): Promise<void> => kept.declinings.delete(key)

  /** After a sign-in. */
  async function signIn(): Promise<void> {
    await sessions.load()
    soon()
  }

  return { drafts, writing, waiting, declinings, untold, unsent, broken, sending, going, held, answered, told, start, soon, handIn, decline, takeBack, signIn }
})
