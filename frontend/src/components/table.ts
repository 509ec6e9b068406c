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

/** A track's least width, rem. */
const least = (track: string): number => Number.parseFloat(/^(?:minmax\()?([\d.]+)rem/.exec(track)?.[1] ?? '5')

/** How wide rows are at least, in rem: below that the table scrolls sideways. The gaps and the padding are those of table.css. */
export const leastWidth = (columns: Column[]): number => columns.reduce((n, c) => n + least(c.width), 0.8 * Math.max(0, columns.length - 1) + 2)

/** The columns that have room at a width in rem. */
export function fitting<K extends string>(columns: Column<K>[], rem: number): Column<K>[] {
  return columns.filter((c) => (c.from ?? 0) <= rem || rem === 0)
}
