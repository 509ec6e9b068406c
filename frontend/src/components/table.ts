/** One column of a VirtualTable; its cells are the slot of its key. */
export interface Column<K extends string = string> {
  key: K
  title: string
  /** A grid track, such as 8rem or minmax(6rem, 1fr). */
  width: string
  /** The name under which the API sorts by it. */
  sort?: string
  align?: 'end'
  /** Shown only where the table is at least this wide, in rem. */
  from?: number
}

/** The columns that have room at a width in rem. */
export function fitting<K extends string>(columns: Column<K>[], rem: number): Column<K>[] {
  return columns.filter((c) => (c.from ?? 0) <= rem || rem === 0)
}
