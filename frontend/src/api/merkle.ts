import type { Proof } from './schema'

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (b) => parseInt(b, 16))
}

async function node(left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const both = new Uint8Array(1 + left.length + right.length)
  both[0] = 1
  both.set(left, 1)
  both.set(right, 1 + left.length)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', both))
}

/**
 * Checks an audit path by RFC 9162, section 2.1.3.2: whether the record's leaf
 * hash leads to the root. Journal numbers begin at 1, leaves at 0. The root in
 * turn stands in the checkpoint, whose signature others check by its public key.
 */
export async function verifyInclusion(p: Proof): Promise<boolean> {
  let at = p.seq - 1
  let last = p.tree_size - 1
  if (at < 0 || at > last) return false
  let hash = fromHex(p.record_sha256)
  for (const step of p.proof) {
    if (last === 0) return false
    const sibling = fromBase64(step)
    if (at % 2 === 1 || at === last) {
      hash = await node(sibling, hash)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = await node(hash, sibling)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  const root = fromBase64(p.root)
  return last === 0 && hash.length === root.length && hash.every((b, i) => b === root[i])
}
