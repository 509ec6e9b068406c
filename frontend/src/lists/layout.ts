// How a page shows a list that the server describes: which columns and filters,
// in which order and how wide. Names, words, orders and kinds are the description's.
import type { Column } from '@/components/table'
import type { ListColumn, ListDescription, ListFilter } from './generated'

export interface ColumnLayout<K extends string = string> {
  /** The name of the cells' slot. */
  key: K
  /** The described column, where it has another name. */
  of?: string
  /** A grid track, such as 8rem or minmax(6rem, 1fr). */
  width: string
  /** In the place of the description's name. */
  title?: string
  /** The one order that the list has, where the description leaves no choice. */
  sort?: string
  /** Whether a first click on its header puts the least first. */
  ascending?: boolean
  align?: 'end'
  /** Shown only where the table is at least this wide, in rem. */
  from?: number
}

export interface FilterLayout {
  name: string
  /** What stands in the empty field, in the place of the description's name. */
  label?: string
  /** What can be chosen, where it is no vocabulary or comes in another order. */
  options?: { value: string; label: string }[]
  /** A search field with room for many words. */
  wide?: boolean
}

export type Filter = ListFilter & Omit<FilterLayout, 'label'> & { label: string }

/** From when to when, by one of a row's dates. */
export interface Span {
  label: string
  /** The address's parameters. */
  from: string
  to: string
}

/** Whether the address says hours of a span, where dates are usual. */
export const inHours = (s: Span, values: Record<string, string | undefined>): boolean => [s.from, s.to].some((k) => (values[k] ?? '').length > 10)

/** What a page has of the list that it shows. */
export interface Shown<T> {
  refresh: () => void
  /** Refreshes it where its top is in sight, else says that it changed. */
  follow: () => void
  loading: boolean
  first: () => T | undefined
}

/** Keeps the columns' keys known to the table's slots. */
export const layout = <const K extends string>(columns: ColumnLayout<K>[]): ColumnLayout<K>[] => columns

/** The described column of a layout's. */
export const described = (list: ListDescription, c: ColumnLayout): ListColumn | undefined => list.columns.find((d) => d.name === (c.of ?? c.key))

/** A table's columns; without a layout they are all of the list's. */
export function columnsOf<K extends string>(list: ListDescription, columns: readonly ColumnLayout<K>[], pick: (zh: string, en: string) => string): Column<K>[] {
  return columns.map((c) => {
    const d = described(list, c)
    return { key: c.key, title: c.title ?? (d ? pick(d.zh, d.en) : ''), width: c.width, sort: c.sort ?? d?.sort, align: c.align, from: c.from }
  })
}

/** The filters that a page shows; without a layout all of the list's. */
export function filtersOf(list: ListDescription, filters: readonly FilterLayout[] | undefined, pick: (zh: string, en: string) => string): Filter[] {
  const shown = filters ?? list.filters
  return shown.flatMap(({ name, ...rest }) => {
    const d = list.filters.find((f) => f.name === name)
    return d ? [{ ...d, ...(filters && rest), label: ('label' in rest ? rest.label : undefined) ?? pick(d.zh, d.en) }] : []
  })
}

/** The parameters that filters have in an address. */
export const parametersOf = (filters: readonly ListFilter[]): string[] => filters.flatMap((f) => (f.to ? [f.name, f.to] : [f.name]))
