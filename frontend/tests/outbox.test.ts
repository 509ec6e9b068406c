import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FiledSheet } from '@/api/schema'
import type { Session } from '@/api/types'
import { draftsFor, kept, type Draft } from '@/offline/db'
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

/** Sheets that came to the console. */
let came: FiledSheet[]

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
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path === '/api/my/visits') came.push(JSON.parse(String(init.body)) as FiledSheet)
    return Promise.resolve(Response.json({}))
  })
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request: oneAtATime() } })
  await kept.delete({ disableAutoOpen: false })
  await kept.open()
})

afterEach(() => {
  vi.unstubAllGlobals()
  delete window.go
})

/** The outbox of a page that somebody opens. */
function opened(o: Owner) {
  setActivePinia(createPinia())
  useSession().session = { console: o.console, account: { id: o.account } } as Session
  const outbox = useOutbox()
  outbox.start()
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
