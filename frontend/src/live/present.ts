import type { Adapter, Board, Change } from '@/api/schema'

/**
 * How many changes are of the present: what an adapter catches up with came about
 * before, and is no rate of now.
 */
export function ofThePresent(
  changes: Pick<Change, 'department'>[],
  adapters: Pick<Adapter, 'name' | 'state'>[],
  departments: Pick<Board['departments'][number], 'code' | 'adapter'>[],
): number {
  const behind = new Set(adapters.filter((a) => a.state === 'starting' || a.state === 'catching_up').map((a) => a.name))
  const known = new Map(departments.map((d) => [d.code, d.adapter]))
  return changes.filter((c) => {
    const adapter = known.get(c.department ?? '')
    return adapter === undefined ? behind.size === 0 : !behind.has(adapter)
  }).length
}
