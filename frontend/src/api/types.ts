// Types that pages name and the API's description has only inside others.
import type { Case, OverdueRow, RejectionRow, Self } from './schema'

/** One window of a list; total counts up to a cap. */
export interface Page<T> {
  rows: T[]
  total: number
  capped: boolean
}

export type Role = Self['role']
export type Level = Case['level']
export type Agreement = RejectionRow['agreement']
export type Figures = NonNullable<OverdueRow['figures']>
