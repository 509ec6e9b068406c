// A look at the console's journal: what it shows is compared with what was kept, and
// what agrees is kept in its place.
import { acceptable } from './acceptable'
import { compare, type Proof, type Signed } from './compare'
import { MOST_PAST, type Found, type Kept, type Storage } from './kept'
import { NotACheckpoint, openCheckpoint } from './note'

/** What a witness asks of a console. */
export interface Asked {
  /** The latest checkpoint; null: it says that there is none. */
  checkpoint: () => Promise<Signed | null>
  consistency: (from: number, to: number) => Promise<Proof>
}

/** Gives what is kept after it; undefined while there is nothing to keep. It rejects where nothing could be found out. */
export async function check(place: string, console: Asked, storage: Storage, now: number): Promise<Kept | undefined> {
  // First what was kept: of two pages the slower one must not take what the other kept for a rewritten past.
  const before = await storage.read(place)
  const shown = await console.checkpoint()
  if (!before) return shown ? first(place, shown, storage, now) : undefined
  const differs = await compare(before, shown, console.consistency)
  return storage.change(place, (k) => {
    if (!k || k.note !== before.note || k.key !== before.key) return k // another page was first
    if (differs) return found(k, { ...differs, saw: { note: k.note, key: k.key }, size: k.size, signed: k.signed, at: now })
    return { ...seen(k, shown!), agreed: now, differs: undefined, past: settled(k) }
  })
}

/** Keeps what is seen for the first time: nothing can be held against it. */
async function first(place: string, shown: Signed, storage: Storage, now: number): Promise<Kept | undefined> {
  try {
    openCheckpoint(shown.note, shown.key)
  } catch (err) {
    if (err instanceof NotACheckpoint) return undefined
    throw err
  }
  const begun = { place, note: '', key: '', size: 0, signed: '', since: now, agreed: now, past: [] }
  return storage.change(place, (k) => k ?? seen(begun, shown))
}

function seen(k: Kept, shown: Signed): Kept {
  const c = openCheckpoint(shown.note, shown.key)
  return { ...k, note: shown.note, key: shown.key, size: c.size, signed: c.at }
}

/** Notes a difference. While it stays of one kind it is the same one, shown by what the journal is by now. */
function found(k: Kept, f: Found): Kept {
  if (k.differs?.kind === f.kind) return { ...k, differs: { ...f, at: k.differs.at } }
  return { ...k, differs: f, past: settled(k) }
}

const settled = (k: Kept): Found[] => (k.differs ? [...k.past, k.differs].slice(-MOST_PAST) : k.past)

/** Goes on from what the console shows: somebody has made sure why it differs. */
export function accept(place: string, storage: Storage, now: number): Promise<Kept | undefined> {
  return storage.change(place, (k) => {
    if (!k?.differs || !acceptable(k.differs)) return k
    const since = k.differs.kind === 'replaced' ? now : k.since
    return { ...seen(k, k.differs.shown!), since, agreed: now, differs: undefined, past: settled(k) }
  })
}
