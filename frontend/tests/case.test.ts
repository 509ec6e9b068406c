import { describe, expect, it } from 'vitest'
import { verifyInclusion } from '@/api/merkle'
import type { Event as CaseEvent, Finding, Item, Proof } from '@/api/schema'
import { fitting } from '@/components/table'
import { isBadRating, raised } from '@/pages/board/stream'
import { backEntered, inOrder } from '@/pages/case/events'
import { matching } from '@/pages/items/match'

/** A tree of n records built from the RFC's definition, recursively. */
async function tree(leaves: Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 1) return leaves[0]!
  const k = split(leaves.length)
  return join(await tree(leaves.slice(0, k)), await tree(leaves.slice(k)))
}

async function path(at: number, leaves: Uint8Array[]): Promise<Uint8Array[]> {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  return at < k
    ? [...(await path(at, leaves.slice(0, k))), await tree(leaves.slice(k))]
    : [...(await path(at - k, leaves.slice(k))), await tree(leaves.slice(0, k))]
}

/** The greatest power of two below n. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))

async function join(a: Uint8Array, b: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.of(1, ...a, ...b)))
}

async function leaf(i: number): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.of(0, i)))
}

const hex = (b: Uint8Array): string => [...b].map((x) => x.toString(16).padStart(2, '0')).join('')
const base64 = (b: Uint8Array): string => btoa(String.fromCharCode(...b))

async function proofOf(seq: number, leaves: Uint8Array[]): Promise<Proof> {
  return {
    seq,
    record_sha256: hex(leaves[seq - 1]!),
    tree_size: leaves.length,
    root: base64(await tree(leaves)),
    proof: (await path(seq - 1, leaves)).map(base64),
    checkpoint: 'signed',
  }
}

describe('proof of inclusion', () => {
  it('holds for every record of trees of every shape up to 20', async () => {
    for (let n = 1; n <= 20; n++) {
      const leaves = await Promise.all(Array.from({ length: n }, (_, i) => leaf(i)))
      for (let seq = 1; seq <= n; seq++) expect(await verifyInclusion(await proofOf(seq, leaves)), `${seq} of ${n}`).toBe(true)
    }
  })

  it('fails for another record, number, size, path or root', async () => {
    const leaves = await Promise.all(Array.from({ length: 11 }, (_, i) => leaf(i)))
    const good = await proofOf(6, leaves)
    const other = await proofOf(7, leaves)
    const forged: Proof[] = [
      { ...good, record_sha256: other.record_sha256 },
      { ...good, seq: 5 },
      { ...good, seq: 12 },
      { ...good, seq: 0 },
      { ...good, tree_size: 32 },
      { ...good, proof: good.proof.slice(1) },
      { ...good, proof: [...good.proof, good.proof[0]!] },
      { ...good, root: base64(leaves[0]!) },
    ]
    for (const p of forged) expect(await verifyInclusion(p), JSON.stringify(p)).toBe(false)
  })
})

describe('events of a case', () => {
  const event = (seq: number, occurred_at: string, extra: Partial<CaseEvent> = {}): CaseEvent =>
    ({ seq, kind: 'note', occurred_at, handler: '', ...extra }) as CaseEvent

  it('stand by when they happened, corrections behind what they correct', () => {
    const events = [
      event(1, '2026-09-22T01:00:00Z', { corrected_by: 9 }),
      event(5, '2026-09-24T01:00:00Z'),
      event(7, '2026-09-23T01:00:00Z'),
      event(9, '2026-09-20T01:00:00Z', { corrects: 1, corrected_by: 11 }),
      event(11, '2026-09-21T01:00:00Z', { corrects: 9 }),
    ]
    expect(inOrder(events).map((e) => e.seq)).toEqual([1, 9, 11, 7, 5])
  })

  it('a correction of a record that is not here is not lost', () => {
    expect(inOrder([event(4, '2026-09-22T01:00:00Z', { corrects: 2 })]).map((e) => e.seq)).toEqual([4])
  })

  it('are marked as back-entered by the findings that say so', () => {
    const finding = (rule: string, state: string, evidence: number[]): Finding => ({ rule, state, evidence }) as Finding
    const marked = backEntered([finding('V19', 'active', [3, 4]), finding('V19', 'withdrawn', [5]), finding('V02', 'active', [6])])
    expect([...marked]).toEqual([3, 4])
  })
})

describe('a change of the stream', () => {
  it('is as grave as the gravest finding that it raised', () => {
    const findings = [
      { rule: 'V01', level: 'warn', state: 'superseded' },
      { rule: 'V19', level: 'review', state: 'active' },
      { rule: 'V02', level: 'yellow', state: 'active' },
      { rule: 'V03', level: 'red', state: 'withdrawn' },
    ]
    expect(raised({ seq: 1, kind: 'clock', findings } as never)).toBe('yellow')
    expect(raised({ seq: 1, kind: 'accepted' } as never)).toBe('none')
  })

  it('is a bad rating at the two worst levels only', () => {
    const bad = ['very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied'].filter((detail) =>
      isBadRating({ seq: 1, kind: 'rating', detail } as never),
    )
    expect(bad).toEqual(['dissatisfied', 'very_dissatisfied'])
    expect(isBadRating({ seq: 1, kind: 'step_started', detail: 'dissatisfied' } as never)).toBe(false)
  })
})

describe('lists', () => {
  it('show the columns that there is room for', () => {
    const columns = [
      { key: 'a', title: '', width: '1rem' },
      { key: 'b', title: '', width: '1rem', from: 90 },
    ]
    expect(fitting(columns, 82).map((c) => c.key)).toEqual(['a'])
    expect(fitting(columns, 90).map((c) => c.key)).toEqual(['a', 'b'])
  })

  it('items are filtered and sorted', () => {
    const item = (code: string, name: string, promised: number): Item =>
      ({ department: code.slice(0, 2), code, name, promised, case_type: 'committed' }) as Item
    const items = [item('GH-001', '规划许可', 5), item('GH-002', '竣工验收', 2), item('GT-001', '用地规划', 9)]
    const codes = (q: Record<string, string>) => matching(items, q).map((i) => i.code)
    expect(codes({ text: '规划' })).toEqual(['GH-001', 'GT-001'])
    expect(codes({ department: 'GH', sort: 'promised', ascending: 'true' })).toEqual(['GH-002', 'GH-001'])
    expect(codes({ sort: 'promised' })).toEqual(['GT-001', 'GH-001', 'GH-002'])
    expect(items.map((i) => i.code)).toEqual(['GH-001', 'GH-002', 'GT-001'])
  })
})
