import { useEventListener, useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api } from '@/api'
import type { Adapter, Board, Change, Session } from '@/api/schema'
import { LiveClient, type LiveState } from '@/live/client'
import { OfficeClock } from '@/live/clock'
import { Meter } from '@/live/meter'
import { ofThePresent } from '@/live/present'
import type { ServerMessage } from '@/live/protocol'
import { FrameQueue } from '@/live/queue'
import { officeTime } from '@/format/time'
import { useSession } from './session'

type ChangesListener = (changes: Change[]) => void
type ReloadListener = () => void

/** A liaison is streamed no boards, which tell of all departments; theirs is asked for this often, ms. */
const OWN_BOARD = 5_000
/** How long a department may be quiet before its liaison's connection counts as dead, ms. */
const QUIET = 300_000

/** The address of the stream: the API may give it without a host. */
export function socketURL(url: string, base: string): string {
  const full = new URL(url, base)
  full.protocol = full.protocol.replace('http', 'ws')
  return full.href
}

/** The live stream: the latest board and adapters, and changes for who listens. */
export const useLive = defineStore('live', () => {
  const sessions = useSession()
  const state = ref<LiveState>('closed')
  const board = shallowRef<Board>()
  const adapters = shallowRef<Adapter[]>([])
  const delay = ref<number>()
  const perHour = ref<number>()
  /** The office clock's time, ms; ticks once a second. */
  const now = ref(Date.now())

  const changesListeners = new Set<ChangesListener>()
  const reloadListeners = new Set<ReloadListener>()
  let clock = new OfficeClock(1)
  let meter = new Meter(Date.now())
  let client: LiveClient | undefined

  const queue = new FrameQueue<Change>((changes, overflowed) => {
    for (const listener of changesListeners) listener(changes)
    if (overflowed) reload()
  })
  // Of these the last is all that counts.
  const boards = new FrameQueue<{ board: Board; at: number }>(([b]) => b && setBoard(b.board, b.at), 1)
  const states = new FrameQueue<Adapter[]>(([a]) => a && (adapters.value = a), 1)

  function reload(): void {
    for (const listener of reloadListeners) listener()
  }

  function setBoard(b: Board, at = Date.now()): void {
    clock.heard(Date.parse(b.now), at)
    board.value = b
    now.value = clock.at(Date.now())
    officeTime(now.value)
  }

  function take(m: ServerMessage): void {
    switch (m.type) {
      case 'changes': {
        const at = Date.now()
        meter.arrived(ofThePresent(m.changes, adapters.value, board.value?.departments ?? []), at)
        const seen = m.changes.at(-1)?.observed_at
        if (seen) meter.delayed(clock.since(Date.parse(seen), at))
        queue.push(m.changes)
        break
      }
      case 'board':
        boards.push([{ board: m.board, at: Date.now() }])
        break
      case 'adapters':
        states.push([m.adapters])
        break
    }
  }

  /** Loads board and adapters, as far as the person may see them, without the stream. */
  async function refresh(): Promise<void> {
    const [b, a] = await Promise.all([sessions.may('board') ? api.board() : undefined, sessions.may('adapters') ? api.adapters() : []])
    if (b) setBoard(b)
    adapters.value = a
  }

  function tick(): void {
    const wall = Date.now()
    now.value = clock.at(wall)
    if (board.value) officeTime(now.value)
    delay.value = meter.delay()
    perHour.value = meter.perHour(wall)
  }

  async function pollBoard(): Promise<void> {
    if (sessions.asked) return // else those that wait for a sign-in would pile up
    await api.board().then(
      (b) => setBoard(b),
      () => undefined,
    ) // the next one comes by itself
  }

  const ticking = useIntervalFn(tick, 1000, { immediate: false })
  const polling = useIntervalFn(() => void pollBoard(), OWN_BOARD, { immediate: false })

  async function start(): Promise<void> {
    const session = sessions.session ?? (await sessions.load())
    clock = new OfficeClock(session.clock.speed || 1)
    meter = new Meter(Date.now())
    await refresh()
    ticking.resume()
    const liaison = session.account.role === 'liaison'
    if (liaison) polling.resume()
    else polling.pause()
    client?.stop()
    if (sessions.may('live')) listen(session, liaison ? { silence: QUIET } : {})
  }

  function listen(session: Session, options: { silence?: number }): void {
    let first = true
    client = new LiveClient({
      ...options,
      // The first attempt uses the session at hand; later ones ask again, since
      // a restarted console has another token.
      endpoint: async () => {
        const s = first ? session : await sessions.load()
        first = false
        return { url: socketURL(s.live_url, location.href), token: s.live_token }
      },
      onState: (s) => (state.value = s),
      onMessage: take,
      onReload: () => {
        void refresh().catch(() => undefined) // the next board comes by itself
        reload()
      },
    })
    client.start()
  }
  useEventListener(window, 'online', () => client?.retryNow())
  useEventListener(document, 'visibilitychange', () => !document.hidden && client?.retryNow())

  function onChanges(listener: ChangesListener): () => void {
    changesListeners.add(listener)
    return () => changesListeners.delete(listener)
  }

  function onReload(listener: ReloadListener): () => void {
    reloadListeners.add(listener)
    return () => reloadListeners.delete(listener)
  }

  const troubled = computed(() => adapters.value.filter(inTrouble))
  const quarantined = computed(() => adapters.value.reduce((n, a) => n + a.quarantined, 0))

  return { state, board, adapters, troubled, quarantined, delay, perHour, now, start, onChanges, onReload }
})

/** Whether an adapter needs a person to look at it. */
export function inTrouble(a: Adapter): boolean {
  return a.state === 'backing_off' || a.state === 'refused' || a.state === 'failed'
}
