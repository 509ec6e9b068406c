// Whether what the console shows today extends what this device saw before.
import { Problem } from '@/api/problem'
import { fromBase64, same } from './bytes'
import { extendsHead } from './extension'
import { NotACheckpoint, openCheckpoint, parseKey, type Checkpoint } from './note'

/** A signed checkpoint with the key that it was shown with. */
export interface Signed {
  note: string
  key: string
}

/** What the console gave as a proof. */
export interface Proof {
  from: number
  to: number
  proof: string[]
}

/**
 * changed: records that were seen are other ones now. fewer: there are less than
 * were seen. unproved: the console cannot prove that it is the same. unsigned: what
 * it shows is no signed checkpoint. rekeyed: the same journal, signed with another
 * key. replaced: another journal.
 */
export type Kind = 'changed' | 'fewer' | 'unproved' | 'unsigned' | 'rekeyed' | 'replaced'

/** What does not agree, with all that shows it. */
export interface Difference {
  kind: Kind
  /** null: the console showed no checkpoint at all. */
  shown: Signed | null
  proof: Proof | null
  /** What the console answered in the place of a proof, or is wrong with what it showed. */
  because: string
}

/** What a console answers that cannot prove it. By any other refusal nothing is known: no network, no session, too much to do. */
const NO_PROOF = new Set(['journal_damaged', 'unknown_checkpoint', 'checkpoint_order'])

/**
 * Compares what the console shows with what was kept; undefined: it agrees. It
 * rejects where that cannot be said now.
 */
export async function compare(kept: Signed, shown: Signed | null, prove: (from: number, to: number) => Promise<Proof>): Promise<Difference | undefined> {
  const differs = (kind: Kind, because = '', proof: Proof | null = null): Difference => ({ kind, shown, proof, because })
  const before = openCheckpoint(kept.note, kept.key)
  if (!shown) return differs('fewer')
  let now: Checkpoint
  try {
    now = openCheckpoint(shown.note, shown.key)
  } catch (err) {
    if (err instanceof NotACheckpoint) return differs('unsigned', err.message)
    throw err
  }
  if (now.origin !== before.origin) return differs('replaced')
  if (now.size < before.size) return differs('fewer')
  let proof: Proof = { from: before.size, to: now.size, proof: [] }
  if (now.size > before.size) {
    try {
      proof = await prove(before.size, now.size)
    } catch (err) {
      if (!(err instanceof Problem) || !NO_PROOF.has(err.code)) throw err
      return differs('unproved', err.en)
    }
  }
  const steps = proof.proof.map((s) => fromBase64(s) ?? new Uint8Array())
  if (proof.from !== before.size || proof.to !== now.size || !extendsHead(before, now, steps)) return differs('changed', '', proof)
  if (!same(parseKey(kept.key).key, parseKey(shown.key).key)) return differs('rekeyed', '', proof)
  return undefined
}
