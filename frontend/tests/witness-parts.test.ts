// The witness's arithmetic against what Go's tlog and note gave: see
// app/internal/journal/witness_vectors_test.go.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from '@/witness/bytes'
import { extendsHead, type Head } from '@/witness/extension'
import { NotACheckpoint, openCheckpoint, parseKey } from '@/witness/note'

const v = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/witness.json'), 'utf8')) as {
  key: string
  former_key: string
  former_note: string
  notes: Record<string, string>
  roots: Record<string, string>
  proofs: Record<string, string>
}

const head = (size: number): Head => ({ size, root: fromBase64(v.roots[size]!)! })
const steps = (all: string): Uint8Array[] => {
  const bytes = fromBase64(all)!
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.slice(32 * i, 32 * (i + 1)))
}
const cases = Object.entries(v.proofs).map(([pair, proof]) => {
  const [from, to] = pair.split(' ').map(Number) as [number, number]
  return { from, to, proof: steps(proof) }
})

/** The same in every run: a failure can be looked at. */
function random(seed: number): (below: number) => number {
  let x = seed
  return (below) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0
    return Math.floor((x / 2 ** 32) * below)
  }
}

const flipped = (b: Uint8Array, at: number, bit: number): Uint8Array => b.map((x, i) => (i === at ? x ^ (1 << bit) : x))

describe('a proof of consistency', () => {
  it('J2: is taken wherever Go gives one', () => {
    expect(cases.length).toBeGreaterThan(400)
    for (const { from, to, proof } of cases) expect(extendsHead(head(from), head(to), proof), `${from} ${to}`).toBe(true)
  })

  it('J2: with any bit other, a step more or less, or for other sizes, is refused', () => {
    const of = random(20261130)
    for (const { from, to, proof } of cases) {
      const [a, b] = [head(from), head(to)]
      const refused = (x: Head, y: Head, p: Uint8Array[], what: string): void => expect(extendsHead(x, y, p), `${from} ${to} ${what}`).toBe(false)
      for (let i = 0; i < 3; i++) {
        if (from > 0 || from === to) refused({ ...a, root: flipped(a.root, of(32), of(8)) }, b, proof, 'earlier root')
        if (from > 0) refused(a, { ...b, root: flipped(b.root, of(32), of(8)) }, proof, 'later root')
        if (proof.length > 0) {
          const at = of(proof.length)
          refused(
            a,
            b,
            proof.map((s, k) => (k === at ? flipped(s, of(32), of(8)) : s)),
            `step ${at}`,
          )
        }
      }
      refused(a, b, [...proof, new Uint8Array(32)], 'one more')
      if (proof.length > 0) {
        refused(a, b, proof.slice(1), 'first missing')
        refused(a, b, proof.slice(0, -1), 'last missing')
      }
      if (from < to) refused(b, a, proof, 'backwards')
    }
  })

  it('J2: of a rewritten journal of the same length is refused', () => {
    expect(extendsHead(head(100), { ...head(100), root: head(65).root }, [])).toBe(false)
  })
})

describe('a checkpoint', () => {
  it('J5: is read as it was signed', () => {
    expect(openCheckpoint(v.notes['777']!, v.key)).toEqual({
      origin: 'mingcha/00112233445566778899aabbccddeeff',
      size: 777,
      root: head(777).root,
      at: '2026-11-30T13:57:00Z',
    })
    for (const [size, note] of Object.entries(v.notes)) expect(openCheckpoint(note, v.key).size).toBe(Number(size))
    // As it comes out of mail: other line ends, or none at the end.
    expect(openCheckpoint(v.notes['777']!.replaceAll('\n', '\r\n'), v.key).size).toBe(777)
    expect(openCheckpoint(v.notes['777']!.trimEnd(), v.key).size).toBe(777)
  })

  it('J5: of a time before journals had origins is opened by the same key under its present name', () => {
    const c = openCheckpoint(v.former_note, v.former_key)
    expect([c.size, c.origin]).toEqual([100, parseKey(v.former_key).name])
  })

  it('J2: with any letter other is none', () => {
    const of = random(6962)
    const note = v.notes['777']!
    const opens = (text: string): boolean => {
      try {
        const c = openCheckpoint(text, v.key)
        return c.size === 777 && toBase64(c.root) === v.roots['777']
      } catch (err) {
        expect(err).toBeInstanceOf(NotACheckpoint)
        return false
      }
    }
    expect(opens(note)).toBe(true)
    const text = note.indexOf('\n\n')
    for (let at = 0; at <= text; at++) {
      const other = String.fromCharCode(33 + of(90))
      if (other !== note[at]) expect(opens(note.slice(0, at) + other + note.slice(at + 1)), `${at} ${other}`).toBe(false)
    }
    // Neither a line more, nor another's signature, nor another's key.
    expect(opens(note.replace('\n\n', '\nmore\n\n'))).toBe(false)
    expect(opens(note.slice(0, text) + v.notes['64']!.slice(v.notes['64']!.indexOf('\n\n')))).toBe(false)
    expect(() => openCheckpoint(note, v.former_key)).toThrow(NotACheckpoint)
    expect(() => openCheckpoint(note, v.key.replace('+', 'x+'))).toThrow(NotACheckpoint)
  })
})
