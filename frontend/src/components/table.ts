/** One column of a VirtualTable. */
export interface Column {
  key: string
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
export function fitting(columns: Column[], rem: number): Column[] {
  return columns.filter((c) => (c.from ?? 0) <= rem || rem === 0)
}
