import type { Change } from '@/api/schema'

/** A change with a key of its own: one journal number can change several cases. */
export interface StreamRow extends Change {
  key: string
}

/**
 * The latest changes, newest first, without doubles and no more than `bound`.
 * Pure: it returns a new list, so that a paused view keeps the one it has.
 */
export function prepend(rows: readonly StreamRow[], changes: readonly Change[], bound: number): StreamRow[] {
  const head = rows[0]?.seq ?? 0
  const fresh = changes.filter((c) => c.seq > head)
  const out: StreamRow[] = []
  for (let i = fresh.length - 1; i >= 0 && out.length < bound; i--) {
    const c = fresh[i]!
    out.push({ ...c, key: rowKey(c) })
  }
  return out.concat(rows.slice(0, bound - out.length))
}

/** The backlog, newest first as the API sends it, as rows. */
export function backlog(changes: readonly Change[]): StreamRow[] {
  return changes.map((c) => ({ ...c, key: rowKey(c) }))
}

function rowKey(c: Change): string {
  return `${c.seq}/${c.case_id ?? 0}/${c.kind}`
}
