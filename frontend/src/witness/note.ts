// Signed notes and the checkpoints in them, as C2SP has them (signed-note,
// tlog-checkpoint); see app/internal/journal/FORMAT.md. A page over plain HTTP has
// no WebCrypto, so the signature is checked by a library everywhere.
import { hashes, verify } from '@noble/ed25519'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { fromBase64, joined, same, utf8 } from './bytes'

hashes.sha512 = sha512

/** Ed25519's number among the signature types of signed notes. */
const ED25519 = 1

/** Journals that began before each had an origin of its own were signed under these. */
const FORMER_ORIGIN = 'mingcha journal v1'
const FORMER_NAME = 'mingcha'

export interface VerifierKey {
  /** The journal's origin. */
  name: string
  key: Uint8Array
}

export interface Checkpoint {
  origin: string
  /** The number of records. */
  size: number
  root: Uint8Array
  /** When it was signed, as it stands there (RFC 3339). */
  at: string
}

/** Why a note is no checkpoint of the key: what is written wrong, or that the signature does not hold. */
export class NotACheckpoint extends Error {}

/** The key's short sum under a name. */
const sumOf = (name: string, key: Uint8Array): Uint8Array => sha256(joined(utf8(`${name}\n`), Uint8Array.of(ED25519), key)).slice(0, 4)

const hex = (b: Uint8Array): string => [...b].map((x) => x.toString(16).padStart(2, '0')).join('')

/** Reads a verifier key: name+sum+key. */
export function parseKey(text: string): VerifierKey {
  const [name = '', sum, ...rest] = text.trim().split('+')
  const bytes = fromBase64(rest.join('+'))
  if (!bytes || bytes.length !== 33 || bytes[0] !== ED25519) throw new NotACheckpoint('not an Ed25519 verifier key')
  const key = bytes.slice(1)
  if (hex(sumOf(name, key)) !== sum) throw new NotACheckpoint('the name of the verifier key and its sum do not agree')
  return { name, key }
}

/** Checks a note's signature and gives its text. */
export function openNote(signed: string, name: string, key: Uint8Array): string {
  // Programs and people lose the last line end on the way.
  const whole = signed.replaceAll('\r\n', '\n').replace(/\n+$/, '') + '\n'
  const blank = whole.lastIndexOf('\n\n')
  if (blank < 0) throw new NotACheckpoint('not a signed note')
  const text = whole.slice(0, blank + 1)
  const sum = sumOf(name, key)
  for (const line of whole.slice(blank + 2, -1).split('\n')) {
    const [, by, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = by === name && encoded ? fromBase64(encoded) : undefined
    if (bytes?.length === 68 && same(bytes.slice(0, 4), sum) && verify(bytes.slice(4), utf8(text), key, { zip215: false })) return text
  }
  throw new NotACheckpoint('it is not signed with this key')
}

/** Checks a checkpoint's signature under a verifier key, and reads it. */
export function openCheckpoint(note: string, publicKey: string): Checkpoint {
  const key = parseKey(publicKey)
  const origin = note.slice(0, note.search(/\r?\n/))
  if (origin !== key.name && origin !== FORMER_ORIGIN) throw new NotACheckpoint('a checkpoint of another journal than its key')
  const text = openNote(note, origin === FORMER_ORIGIN ? FORMER_NAME : origin, key.key)
  const [, size = '', encoded = '', at = '', ...more] = text.slice(0, -1).split('\n')
  const root = fromBase64(encoded)
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) throw new NotACheckpoint('its size is not well written')
  if (root?.length !== 32) throw new NotACheckpoint('its root is not a hash')
  if (Number.isNaN(Date.parse(at))) throw new NotACheckpoint('it has no time')
  if (more.includes('')) throw new NotACheckpoint('it has an empty line')
  return { origin: key.name, size: Number(size), root, at }
}
