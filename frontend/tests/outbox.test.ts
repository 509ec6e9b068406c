import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Declining, FiledSheet, MyRoute, Session } from '@/api/schema'
import { draftsFor, kept, type Draft, type KeptDeclining } from '@/offline/db'
import type { Owner } from '@/offline/owner'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'

/** Account 7 of two consoles that one desktop window shows: two people. */
const here: Owner = { console: 'a'.repeat(32), account: 7 }
const there: Owner = { console: 'b'.repeat(32), account: 7 }

const draft = (key: string, state: Draft['state'], o: Owner = here): Draft => ({
  key,
  ...o,
  state,
  sheet: { mode: 'unannounced', department: 'GH', arrived_at: '2026-11-26T01:00:00Z', left_at: '2026-11-26T01:10:00Z', note: key, disclosed: [], findings: [] },
  unbiased: true,
  changed: 1,
})

const route = { id: 40, date: '2026-11-27', mode: 'unannounced', stops: [], partners: [] } as unknown as MyRoute
const ill: KeptDeclining['said'] = { why: 'illness', note: '发烧', departments: [] }
const DECLINE = '/api/my/visits/plans/40/decline'

/** Sheets that came to the console, and that somebody cannot go. */
let came: FiledSheet[]
let told: Declining[]
/** What becomes of a call on its way back. */
let answer: (path: string) => Promise<Response>
const fine = (): Promise<Response> => Promise.resolve(Response.json({}))
const lost = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'))
const no = (status: number, code: string) => (): Promise<Response> =>
  Promise.resolve(Response.json({ code, zh: '没有这次安排。', en: 'There is no such plan.' }, { status }))
/** Whether the device has a network at all. */
let network: boolean

/** The device's lock, for whom it is free. */
function oneAtATime() {
  let taken = false
  return async (_: string, __: object, f: (lock: object | null) => Promise<void>): Promise<void> => {
    if (taken) return f(null)
    taken = true
    await f({}).finally(() => (taken = false))
  }
}

beforeEach(async () => {
  came = []
  told = []
  answer = fine
  network = true
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (!network) return lost()
    if (path === '/api/my/visits') came.push(JSON.parse(String(init.body)) as FiledSheet)
    if (path === DECLINE) told.push(JSON.parse(String(init.body)) as Declining)
    return answer(path)
  })
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => network)
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request: oneAtATime() } })
  await kept.delete({ disableAutoOpen: false })
  await kept.open()
})

afterEach(() => {
  for (const page of pages.splice(0)) page.$dispose()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  delete window.go
})

const pages: ReturnType<typeof useOutbox>[] = []

/** The outbox of a page that somebody opens. */
function opened(o: Owner) {
  setActivePinia(createPinia())
  useSession().session = { console: o.console, account: { id: o.account } } as Session
  const outbox = useOutbox()
  outbox.start()
  pages.push(outbox)
  return outbox
}

/** The page is in the desktop window, whose origin is the same for all consoles. */
function inWindow(): void {
  window.go = { desktop: { Bridge: {} as never } }
}

/** What a device holds on which the version before consoles were told apart was used. */
async function leftBefore(...drafts: Draft[]): Promise<void> {
  await kept.delete({ disableAutoOpen: false })
  const before = new Dexie('mingcha')
  before.version(1).stores({ drafts: 'key, account', photos: '++id, draft' })
  await before.table('drafts').bulkAdd(drafts.map(({ console: _, ...d }) => d))
  before.close()
  await kept.open()
}

/** Long enough for what the outbox does by itself. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200))

describe('sheets on a device', () => {
  it('are seen by, and sent for, the account of their console only', async () => {
    await kept.drafts.bulkAdd([draft('theirs', 'waiting', there), draft('begun', 'writing', there)])
    const mine = opened(here)
    await settled()
    expect(mine.drafts).toEqual([])
    expect(came).toEqual([])
    const theirs = opened(there)
    await vi.waitFor(() => expect(came.map((s) => s.key)).toEqual(['theirs']))
    await vi.waitFor(() => expect(theirs.drafts.map((d) => d.key)).toEqual(['begun']))
  })

  it('of an earlier version belong in a browser to the console whose pages it opens there', async () => {
    await leftBefore(draft('handed-in', 'waiting'), draft('begun', 'writing'), draft('another’s', 'writing', { ...here, account: 8 }))
    const outbox = opened(here)
    await vi.waitFor(() => expect(came.map((s) => s.key)).toEqual(['handed-in']))
    await vi.waitFor(() => expect(outbox.drafts.map((d) => d.key)).toEqual(['begun']))
    expect(outbox.drafts[0]).toMatchObject({ ...here, state: 'writing' })
    expect(outbox.drafts[0]!.refusal).toBeUndefined()
    expect((await kept.drafts.get('another’s'))!.console).toBe('')
  })

  it('of an earlier version are sent from a window when their writer has said to which console', async () => {
    inWindow()
    await leftBefore(draft('handed-in', 'waiting'), draft('begun', 'writing'))
    const theirs = opened(there)
    await vi.waitFor(() => expect(theirs.writing).toHaveLength(2))
    expect(theirs.writing.every((d) => d.refusal?.en.includes('for which console'))).toBe(true)
    const mine = opened(here)
    await vi.waitFor(() => expect(mine.writing).toHaveLength(2))
    await settled()
    expect(came).toEqual([])
    await mine.handIn('handed-in')
    await vi.waitFor(() => expect(came.map((s) => s.key)).toEqual(['handed-in']))
    expect((await draftsFor(there)).map((d) => d.key)).toEqual(['begun']) // until somebody claims it
  })
})

describe('that somebody cannot go', () => {
  it('waits without a network, and is told once when there is one', async () => {
    network = false
    const outbox = opened(here)
    await outbox.decline(route, ill)
    await vi.waitFor(() => expect(outbox.held).toBe('unreachable'))
    expect(outbox.unsent).toBe(1)
    await vi.waitFor(() => expect(outbox.untold[0]).toMatchObject({ plan: 40, date: '2026-11-27', unheard: false }))
    network = true
    dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(outbox.told).toBe(1))
    dispatchEvent(new Event('online'))
    await settled()
    expect(told).toEqual([{ ...ill, key: expect.stringMatching(/^[0-9a-f]{32}$/) }])
    expect(outbox.declinings).toEqual([])
  })

  it('is not told when it was taken back before', async () => {
    network = false
    const outbox = opened(here)
    await outbox.decline(route, ill)
    await vi.waitFor(() => expect(outbox.held).toBe('unreachable'))
    await outbox.takeBack(outbox.untold[0]!.key)
    network = true
    outbox.soon()
    await settled()
    expect(told).toEqual([])
    expect(outbox.unsent).toBe(0)
  })

  it('may have arrived where no answer came, and is told again under the same key', async () => {
    answer = lost
    const outbox = opened(here)
    await outbox.decline(route, ill)
    await vi.waitFor(() => expect(outbox.untold[0]?.unheard).toBe(true))
    await vi.waitFor(() => expect(outbox.held).toBe('unreachable'))
    answer = fine
    outbox.soon()
    await vi.waitFor(() => expect(outbox.declinings).toEqual([]))
    expect(told).toHaveLength(2)
    expect(told[0]!.key).toBe(told[1]!.key)
  })

  it('has not arrived where somebody has to sign in first', async () => {
    answer = no(401, 'sign_in')
    const outbox = opened(here)
    await outbox.decline(route, ill)
    await vi.waitFor(() => expect(outbox.held).toBe('sign_in'))
    await settled()
    expect(outbox.untold[0]!.unheard).toBe(false)
    expect(told).toHaveLength(1) // nothing is tried again before they did
  })

  it('comes back where the console refuses it, and is said anew in its place', async () => {
    answer = no(404, 'unknown_visit_plan')
    const outbox = opened(here)
    await outbox.decline(route, ill)
    await vi.waitFor(() => expect(outbox.declinings[0]?.refusal?.en).toBe('There is no such plan.'))
    outbox.soon()
    await settled()
    expect(told).toHaveLength(1)
    expect(outbox.unsent).toBe(0)
    answer = fine
    await outbox.decline(route, { ...ill, why: 'duty' })
    await vi.waitFor(() => expect(outbox.declinings).toEqual([]))
    expect(told.map((d) => d.why)).toEqual(['illness', 'duty'])
    expect(told[0]!.key).not.toBe(told[1]!.key)
  })

  it('goes after the sheets that were handed in before, and is not sent when taken back meanwhile', async () => {
    let release!: (r: Response) => void
    answer = (path) => (path === '/api/my/visits' ? new Promise((resolve) => (release = resolve)) : fine())
    const outbox = opened(here)
    await kept.drafts.add(draft('handed-in', 'waiting'))
    await vi.waitFor(() => expect(came).toHaveLength(1))
    await outbox.decline(route, ill)
    await settled()
    expect(told).toEqual([])
    await outbox.takeBack(outbox.untold[0]!.key)
    await outbox.decline({ ...route, id: 41 }, ill)
    release(Response.json({}))
    await vi.waitFor(() => expect(outbox.told).toBe(1)) // the other route's, without being asked to
    await settled()
    expect(told).toEqual([])
  })

  it('is seen by the account of its console only', async () => {
    network = false
    const mine = opened(here)
    await mine.decline(route, ill)
    await vi.waitFor(() => expect(mine.untold).toHaveLength(1))
    const theirs = opened(there)
    await settled()
    expect(theirs.declinings).toEqual([])
  })
})
