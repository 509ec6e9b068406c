// When a page looks at the journal, and what it shows of it: in a window, which keeps
// what was seen in a file.
import { createPinia, setActivePinia } from 'pinia'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '@/api/schema'
import { useSession } from '@/stores/session'
import { useWitness } from '@/stores/witness'

const v = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/witness.json'), 'utf8')) as { key: string; notes: Record<string, string> }

let asked: string[]
/** The window's file, by place. */
let file: Map<string, string>
/** The size of the checkpoint that the console shows; 0: none was signed. */
let size: number
let network: boolean

function answer(url: string, init: RequestInit = {}): Response {
  const [path, query] = url.split('?') as [string, string | undefined]
  if (path === '/~desktop/witness') {
    const place = new URLSearchParams(query).get('place')!
    if (init.method === 'PUT') file.set(place, init.body as string)
    const seen = file.get(place)
    return seen && init.method !== 'PUT' ? new Response(seen) : new Response(null, { status: 204 })
  }
  if (!network) throw new TypeError('Failed to fetch')
  if (path === '/api/checkpoint' && !size) return Response.json({ code: 'no_checkpoint', zh: '还没有。', en: 'None.' }, { status: 404 })
  if (path === '/api/checkpoint') return Response.json({ note: v.notes[size], public_key: v.key })
  return Response.json({ code: 'unexpected', zh: '没有。', en: 'No.' }, { status: 404 })
}

const after = (ms: number) => vi.advanceTimersByTimeAsync(ms)
/** How often the console was asked since the last time. */
const looks = (): number => asked.splice(0).filter((u) => u === '/api/checkpoint').length
/** What a look brings about takes turns that no clock counts. */
const settled = (what: () => void) => vi.waitFor(what, { timeout: 20_000, interval: 5 })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  setActivePinia(createPinia())
  window.go = { desktop: { Bridge: {} as never } }
  asked = []
  file = new Map()
  size = 0
  network = true
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    asked.push(url)
    try {
      return Promise.resolve(answer(url, init))
    } catch (err) {
      return Promise.reject(err as Error)
    }
  })
})

afterEach(() => {
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  delete window.go
})

/** A page that somebody opens, with its witness begun. */
function opened(extra: Partial<Session> = {}) {
  setActivePinia(createPinia())
  useSession().session = { data_folder: '/data/office', may: ['checkpoint'], account: { id: 1 }, ...extra } as unknown as Session
  const witness = useWitness()
  witness.start()
  return witness
}

describe('a page', () => {
  it('looks after it is shown, every minute until there is something to see, then every hour', async () => {
    const witness = opened()
    await after(2_000)
    expect(looks()).toBe(0)
    await after(1_000)
    await settled(() => expect(witness.looked).toBe(true))
    expect([looks(), witness.known]).toEqual([1, undefined])
    size = 100
    await after(60_000)
    await settled(() => expect(witness.known?.size).toBe(100))
    expect(looks()).toBe(1)
    await after(50 * 60_000)
    expect(looks()).toBe(0)
    await after(10 * 60_000)
    await settled(() => expect(asked).toContain('/api/checkpoint'))
    expect(JSON.parse(file.get('/data/office')!)).toMatchObject({ size: 100, note: v.notes[100] })
  })

  it('J2: remembers at the next start, and tells at once what was found, even without a network', async () => {
    size = 777
    const first = opened()
    await after(3_000)
    await settled(() => expect(first.known?.size).toBe(777))
    size = 100
    const second = opened()
    await after(3_000)
    await settled(() => expect(second.differs?.kind).toBe('fewer'))
    network = false
    const third = opened()
    await after(3_000)
    await settled(() => expect(third.differs?.kind).toBe('fewer'))
  })

  it('keeps a console elsewhere apart from this machine’s folder', async () => {
    size = 777
    const here = opened()
    await after(3_000)
    await settled(() => expect(here.known?.size).toBe(777))
    size = 100
    const there = opened({ remote: '10.0.0.7:8617', data_folder: 'office' })
    await after(3_000)
    await settled(() => expect(there.known?.size).toBe(100))
    expect([there.differs, [...file.keys()]]).toEqual([undefined, ['/data/office', 'https://10.0.0.7:8617']])
  })
})
