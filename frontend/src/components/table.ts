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

/** How many rows are printed at most: some fifty sheets. */
export const MOST_PRINTED = 2000

/** A track's least width, rem. */
const least = (track: string): number => Number.parseFloat(/^(?:minmax\()?([\d.]+)rem/.exec(track)?.[1] ?? '5')

/** How wide rows are at least, in rem: below that the table scrolls sideways. The gaps and the padding are those of table.css. */
export const leastWidth = (columns: Column[]): number => columns.reduce((n, c) => n + least(c.width), 0.8 * Math.max(0, columns.length - 1) + 2)

/** What a track takes of the room that is left, in parts. */
const parts = (track: string): number => Number.parseFloat(/([\d.]+)fr\)?$/.exec(track)?.[1] ?? '0')

/** How wide an A4 sheet is within its margins, upright and across, in rem of paper. */
const UPRIGHT = 58
const ACROSS = 85

/** Whether columns need a sheet across. */
export const across = (columns: Column[]): boolean => leastWidth(columns) > UPRIGHT

/** The columns' widths on paper, in percent: as on screen, all of them within the sheet. */
export function shares(columns: Column[]): number[] {
  const width = across(columns) ? ACROSS : UPRIGHT
  const left = Math.max(0, width - columns.reduce((n, c) => n + least(c.width), 0))
  const all = columns.reduce((n, c) => n + parts(c.width), 0)
  const widths = columns.map((c) => least(c.width) + (all > 0 ? (left * parts(c.width)) / all : 0))
  const sum = widths.reduce((n, w) => n + w, 0)
  return widths.map((w) => (100 * w) / sum)
}

/** The columns that have room at a width in rem. */
export function fitting<K extends string>(columns: Column<K>[], rem: number): Column<K>[] {
  return columns.filter((c) => (c.from ?? 0) <= rem || rem === 0)
}
