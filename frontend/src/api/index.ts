import { call, request, type Query } from './http'
import type {
  Adapter,
  AuthorizationRow,
  Board,
  CalendarImport,
  CalendarYear,
  Case,
  CaseDetail,
  Change,
  Checkpoint,
  Department,
  Finding,
  Item,
  LogLine,
  OverdueRow,
  Page,
  Proof,
  QuarantineRow,
  RejectionRow,
  Rule,
  SearchResult,
  Session,
  Settings,
} from './types'

const list =
  <T>(path: string) =>
  (query: Query, signal?: AbortSignal) =>
    call<Page<T>>(path, { query, signal })

const at = (name: string) => `/adapters/${encodeURIComponent(name)}`

/** Every call that pages make. */
export const api = {
  session: () => call<Session>('/session'),
  settings: () => call<Settings>('/settings'),
  board: () => call<Board>('/board'),
  departments: () => call<Department[]>('/departments'),
  items: (department?: string) => call<Item[]>('/items', { query: { department } }),
  rules: () => call<Rule[]>('/rules'),
  events: (query: { before?: number; department?: string; limit: number }) => call<Change[]>('/events', { query }),
  search: (q: string, signal?: AbortSignal) => call<SearchResult>('/search', { query: { q }, signal }),

  cases: list<Case>('/cases'),
  findings: list<Finding>('/findings'),
  overdue: list<OverdueRow>('/registers/overdue'),
  rejections: list<RejectionRow>('/registers/rejections'),
  authorizations: list<AuthorizationRow>('/registers/authorizations'),
  quarantine: list<QuarantineRow>('/quarantine'),
  quarantined: (id: number) => call<QuarantineRow>(`/quarantine/${id}`),

  case: (id: number, signal?: AbortSignal) => call<CaseDetail>(`/cases/${id}`, { signal }),
  proof: (id: number, seq: number) => call<Proof>(`/cases/${id}/proof`, { query: { seq } }),

  adapters: () => call<Adapter[]>('/adapters'),
  adapterLogs: (name: string) => call<LogLine[]>(`${at(name)}/logs`),
  adapterAction: (name: string, action: 'start' | 'stop' | 'restart') =>
    request(`${at(name)}/${action}`, { method: 'POST' }),

  checkpoint: () => call<Checkpoint>('/checkpoint'),
  signCheckpoint: () => call<Checkpoint>('/checkpoint', { method: 'POST' }),
  calendar: (year: number) => call<CalendarYear>(`/calendar/${year}`),
  importCalendar: (year: number, json: string) =>
    call<CalendarImport>(`/calendar/${year}`, { method: 'PUT', body: json }),
}
