// Whether a later journal begins with an earlier one: the consistency proof of RFC
// 6962 (2.1.2), checked as RFC 9162 (2.1.4.2) has it.
import { sha256 } from '@noble/hashes/sha2.js'
import { joined, same } from './bytes'

/** A journal's number of records and the root of the tree over them. */
export interface Head {
  size: number
  root: Uint8Array
}

const NODE = Uint8Array.of(1)
const node = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(joined(NODE, left, right))

// Sizes are beyond what bit operators take.
const odd = (n: number): boolean => n % 2 === 1
const half = (n: number): number => Math.floor(n / 2)

function powerOfTwo(n: number): boolean {
  while (n > 1 && !odd(n)) n /= 2
  return n === 1
}

/** Whether the proof shows that the journal of the later head begins with that of the earlier. */
export function extendsHead(earlier: Head, later: Head, proof: readonly Uint8Array[]): boolean {
  if (earlier.size > later.size || proof.some((h) => h.length !== 32)) return false
  if (earlier.size === later.size) return proof.length === 0 && same(earlier.root, later.root)
  if (earlier.size === 0) return proof.length === 0 && same(earlier.root, sha256(new Uint8Array()))
  const path = powerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof
  const first = path[0]
  if (!first) return false
  let at = earlier.size - 1
  let last = later.size - 1
  while (odd(at)) [at, last] = [half(at), half(last)]
  let before = first
  let after = first
  for (const step of path.slice(1)) {
    if (last === 0) return false
    if (odd(at) || at === last) {
      before = node(step, before)
      after = node(step, after)
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      after = node(after, step)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && same(before, earlier.root) && same(after, later.root)
}
