// The API's types under the names that pages use. They are generated from the
// server's own description: `npm run api` writes schema.ts anew.
export type {
  Account,
  Adapter,
  AdapterStream,
  Applicant,
  AuthorizationRow,
  Board,
  CalendarDay,
  CalendarImport,
  CalendarYear,
  Case,
  CaseDetail,
  Change,
  ChangeFinding,
  ChangedAccount,
  Checkpoint,
  Clock,
  Department,
  Detail,
  DueSlot,
  FactorRoles,
  FactorSecret,
  Figures,
  Finding,
  FirstPassword,
  HolidayList,
  Item,
  LogLine,
  NetworkState,
  NewAccount,
  OverdueRow,
  OwnSession,
  Proof,
  QuarantineRow,
  RecoveryCodes,
  RejectionRow,
  Rule,
  SearchResult,
  SecondFactor,
  Self,
  Session,
  Settings,
  StripDay,
  Warning,
} from './schema'
export type { Event as CaseEvent } from './schema'

import type { Case, OverdueRow, Self } from './schema'

/** One window of a list; total counts up to a cap. */
export interface Page<T> {
  rows: T[]
  total: number
  capped: boolean
}

export type Role = Self['role']
export type Level = Case['level']
export type Agreement = OverdueRow['agreement']
