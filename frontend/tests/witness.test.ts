// What a device keeps of a console's journal, and what it says when that is another.
import 'fake-indexeddb/auto'
import { getPublicKey, hashes, sign } from '@noble/ed25519'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import { kept as device } from '@/offline/db'
import { fromBase64, joined, toBase64, utf8 } from '@/witness/bytes'
import { accept, check, type Asked } from '@/witness/check'
import type { Signed } from '@/witness/compare'
import { evidence, evidenceName } from '@/witness/evidence'
import { storage } from '@/witness/storage'

hashes.sha512 = sha512

const v = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/witness.json'), 'utf8')) as {
  key: string
  notes: Record<string, string>
  roots: Record<string, string>
  proofs: Record<string, string>
}
const HOME = 'https://console.example'
const ORIGIN = 'mingcha/00112233445566778899aabbccddeeff'
/** What Go signed the vectors with. */
const SEED = new Uint8Array(32).fill(7)

const keyOf = (seed: Uint8Array, name: string): string => {
  const key = joined(Uint8Array.of(1), getPublicKey(seed))
  const sum = sha256(joined(utf8(`${name}\n`), key)).slice(0, 4)
  return `${name}+${[...sum].map((b) => b.toString(16).padStart(2, '0')).join('')}+${toBase64(key)}`
}

/** A checkpoint as somebody signs it who has a key. */
function signed(size: number, root: string, seed = SEED, name = ORIGIN): Signed {
  const key = keyOf(seed, name)
  const text = `${name}\n${size}\n${root}\n2026-12-01T00:00:00Z\nprevious 0\n`
  const sum = Uint8Array.from(key.split('+')[1]!.match(/../g)!, (h) => parseInt(h, 16))
  return { note: `${text}\n— ${name} ${toBase64(joined(sum, sign(utf8(text), seed)))}\n`, key }
}

const honest = (size: number): Signed => ({ note: v.notes[size]!, key: v.key })
const proven = (from: number, to: number): string[] => {
  const bytes = fromBase64(v.proofs[`${from} ${to}`]!)!
  return Array.from({ length: bytes.length / 32 }, (_, i) => toBase64(bytes.slice(32 * i, 32 * (i + 1))))
}

/** A console that shows a checkpoint, and proves as Go does. */
const shows = (shown: Signed | null, consistency?: Asked['consistency']): Asked => ({
  checkpoint: () => Promise.resolve(shown),
  consistency: consistency ?? ((from, to) => Promise.resolve({ from, to, proof: proven(from, to) })),
})

const refuses = (status: number, code: string) => () => Promise.reject(new Problem(status, code, '不行。', 'No.'))
let clock = 0
const look = (c: Asked) => check(HOME, c, storage(), ++clock)
const read = () => storage().read(HOME)

beforeEach(async () => {
  clock = 0
  await device.delete({ disableAutoOpen: false })
  await device.open()
})

describe('a witness', () => {
  it('J2: keeps what it saw first, and goes on with what extends it', async () => {
    expect(await look(shows(null))).toBeUndefined()
    expect(await look(shows(honest(100)))).toMatchObject({ size: 100, since: 2, agreed: 2, past: [] })
    for (const size of [100, 255, 777]) expect((await look(shows(honest(size))))?.differs).toBeUndefined()
    expect(await read()).toMatchObject({ note: v.notes[777], size: 777, since: 2, agreed: 5, past: [] })
  })

  it('J2: takes nothing on trust that is not signed', async () => {
    const note = v.notes[100]!
    expect(await look(shows({ note: note.replace('\n100\n', '\n101\n'), key: v.key }))).toBeUndefined()
    expect(await read()).toBeUndefined()
  })

  it('J2: says that records were changed, though the folder’s key has signed it', async () => {
    await look(shows(honest(100)))
    // As long as before; longer, with an honest proof that does not lead there; with the proof of the rewritten tree.
    const forged = [signed(100, v.roots['65']!), signed(777, v.roots['65']!), signed(777, v.roots['1023']!)]
    for (const shown of forged) expect((await look(shows(shown)))?.differs).toMatchObject({ kind: 'changed', size: 100, saw: honest(100), shown })
    // What it saw first stays what it holds the journal against; the difference is one, found when it began.
    expect(await read()).toMatchObject({ note: v.notes[100], agreed: 1, differs: { at: 2 }, past: [] })
  })

  it('J2: says that there is less than it saw', async () => {
    await look(shows(honest(777)))
    expect((await look(shows(honest(100))))?.differs).toMatchObject({ kind: 'fewer', shown: honest(100) })
    expect((await look(shows(null)))?.differs).toMatchObject({ kind: 'fewer', shown: null })
  })

  it('J2: says that nothing proves it; and nothing where the console cannot answer now', async () => {
    await look(shows(honest(100)))
    for (const [status, code] of [
      [0, 'unreachable'],
      [401, 'sign_in'],
      [429, 'busy'],
      [503, 'disk_full'],
      [404, 'unexpected'],
    ] as const)
      await expect(look(shows(honest(777), refuses(status, code)))).rejects.toThrow(code)
    expect((await read())!.differs).toBeUndefined()
    expect((await look(shows(honest(777), refuses(409, 'journal_damaged'))))?.differs).toMatchObject({ kind: 'unproved', because: 'No.' })
  })

  it('J2: tells another key and another folder from a rewritten past', async () => {
    const other = new Uint8Array(32).fill(9)
    await look(shows(honest(100)))
    expect((await look(shows(signed(777, v.roots['777']!, other))))?.differs?.kind).toBe('rekeyed')
    // The new key does not cover a rewriting.
    expect((await look(shows(signed(777, v.roots['1023']!, other))))?.differs?.kind).toBe('changed')
    expect((await look(shows(signed(777, v.roots['777']!, other, `mingcha/${'f'.repeat(32)}`))))?.differs?.kind).toBe('replaced')
    expect((await look(shows({ note: v.notes[777]!, key: keyOf(other, ORIGIN) })))?.differs?.kind).toBe('unsigned')
  })

  it('is silent again once it agrees, and keeps the evidence', async () => {
    await look(shows(honest(100)))
    await look(shows(signed(100, v.roots['65']!)))
    const k = await look(shows(honest(255)))
    expect([k?.differs, k?.past.map((f) => f.kind), k?.size]).toEqual([undefined, ['changed'], 255])
  })

  it('goes on from what is shown where somebody has accepted it, and never from what is not signed', async () => {
    await look(shows(honest(777)))
    await look(shows(honest(100)))
    await accept(HOME, storage(), 50)
    expect(await read()).toMatchObject({ size: 100, since: 1, agreed: 50, past: [{ kind: 'fewer' }] })
    expect((await look(shows(honest(255))))?.differs).toBeUndefined()
    await look(shows({ note: v.notes[777]!.replace('previous', 'earlier'), key: v.key }))
    await accept(HOME, storage(), 60)
    expect(await read()).toMatchObject({ size: 255, differs: { kind: 'unsigned' } })
  })

  it('notes the same difference once, and bounds how many it keeps', async () => {
    await look(shows(honest(777)))
    for (let i = 0; i < 5; i++) await look(shows(honest(100)))
    expect([(await read())!.differs!.at, (await read())!.past.length]).toEqual([2, 0])
    for (let i = 0; i < 40; i++) await look(shows(i % 2 ? honest(100) : signed(777, v.roots['65']!)))
    expect((await read())!.past).toHaveLength(10)
  })

  it('is not misled by a page that is slower than another', async () => {
    await look(shows(honest(100)))
    let go: (s: Signed) => void = () => undefined
    let asked: () => void = () => undefined
    const waits = new Promise<void>((resolve) => (asked = resolve))
    const slow = look({
      ...shows(null),
      checkpoint: () => {
        asked() // what was kept has been read
        return new Promise<Signed>((resolve) => (go = resolve))
      },
    })
    await waits
    await look(shows(honest(777)))
    go(honest(255))
    expect((await slow)?.differs).toBeUndefined()
    expect((await read())!.size).toBe(777)
  })

  it('keeps consoles at different places apart', async () => {
    await look(shows(honest(777)))
    const there = signed(5, v.roots['5']!, new Uint8Array(32).fill(9), `mingcha/${'f'.repeat(32)}`)
    expect((await check('https://other.example', shows(there), storage(), 9))?.differs).toBeUndefined()
    expect((await look(shows(honest(1023))))?.differs).toBeUndefined()
  })
})

describe('evidence', () => {
  it('holds both checkpoints, both keys and the proof, in words of both languages', async () => {
    await look(shows(honest(100)))
    const f = (await look(shows(signed(777, v.roots['1023']!))))!.differs!
    expect(JSON.parse(evidence(f, HOME, { zh: '不一致。', en: 'It differs.' }))).toEqual({
      form: 'mingcha witness evidence v1',
      kind: 'changed',
      zh: '不一致。',
      en: 'It differs.',
      place: HOME,
      found_at: '1970-01-01T00:00:00.002Z',
      saw: { note: v.notes[100], public_key: v.key },
      shown: { note: f.shown!.note, public_key: v.key },
      proof: { from: 100, to: 777, proof: proven(100, 777) },
    })
    expect(evidenceName(f)).toBe('mingcha-evidence-1970-01-01.json')
  })
})
