import { call, request, type Query } from './http'
import type {
  Account,
  Adapter,
  Applicant,
  AuthorizationRow,
  Board,
  CalendarImport,
  CalendarYear,
  Case,
  CaseDetail,
  Change,
  ChangedAccount,
  Checkpoint,
  Department,
  FactorRoles,
  FactorSecret,
  Finding,
  FirstPassword,
  Item,
  LogLine,
  NetworkState,
  NewAccount,
  OverdueRow,
  Page,
  Proof,
  QuarantineRow,
  OwnSession,
  RecoveryCodes,
  RejectionRow,
  Role,
  Rule,
  SearchResult,
  SecondFactor,
  Session,
  Settings,
} from './types'

const list =
  <T>(path: string) =>
  (query: Query, signal?: AbortSignal) =>
    call<Page<T>>(path, { query, signal })

/** A call that sends something and is answered with something. */
const send = <T>(path: string, body?: object, method: 'POST' | 'PUT' = 'POST') => call<T>(path, body ? { method, body: JSON.stringify(body) } : { method })

const at = (name: string) => `/adapters/${encodeURIComponent(name)}`

/** Every call that pages make. */
export const api = {
  session: () => call<Session>('/session'),
  /** The session as it is: without waiting for a sign-in where there is none. */
  sessionNow: () => call<Session>('/session', { unheld: true }),
  signIn: (login: string, password: string, code?: string) =>
    request('/sign-in', { method: 'POST', body: JSON.stringify({ login, password, code }), unheld: true }),
  signOut: () => request('/sign-out', { method: 'POST', unheld: true }),
  changePassword: (current: string, next: string) => request('/password', { method: 'POST', body: JSON.stringify({ current, new: next }), unheld: true }),
  mySessions: () => call<OwnSession[]>('/my/sessions', { unheld: true }),
  endMySessions: (password: string) => request('/my/sessions/end', { method: 'POST', body: JSON.stringify({ password }), unheld: true }),
  /** What one does about the own second factor: unheld, as what it would wait for may be itself. */
  factor: () => call<SecondFactor>('/second-factor', { unheld: true }),
  beginFactor: (password: string) => call<FactorSecret>('/second-factor', { method: 'POST', body: JSON.stringify({ password }), unheld: true }),
  confirmFactor: (code: string) => call<RecoveryCodes>('/second-factor/confirm', { method: 'POST', body: JSON.stringify({ code }), unheld: true }),
  endFactor: (password: string) => request('/second-factor/off', { method: 'POST', body: JSON.stringify({ password }), unheld: true }),
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
  adapterAction: (name: string, action: 'start' | 'stop' | 'restart') => request(`${at(name)}/${action}`, { method: 'POST' }),

  checkpoint: () => call<Checkpoint>('/checkpoint'),
  signCheckpoint: () => call<Checkpoint>('/checkpoint', { method: 'POST' }),
  calendar: (year: number) => call<CalendarYear>(`/calendar/${year}`),
  importCalendar: (year: number, json: string) => call<CalendarImport>(`/calendar/${year}`, { method: 'PUT', body: json }),

  accounts: () => call<Account[]>('/accounts'),
  createAccount: (account: NewAccount) => send<FirstPassword>('/accounts', account),
  changeAccount: (id: number, account: ChangedAccount) => send<Account>(`/accounts/${id}`, account, 'PUT'),
  resetPassword: (id: number) => send<FirstPassword>(`/accounts/${id}/reset`),
  revokeSessions: (id: number) => request(`/accounts/${id}/revoke`, { method: 'POST' }),
  removeFactor: (id: number) => request(`/accounts/${id}/remove-second-factor`, { method: 'POST' }),
  factorRoles: () => call<FactorRoles>('/factor-roles'),
  requireFactor: (roles: Role[]) => request('/factor-roles', { method: 'PUT', body: JSON.stringify({ roles }) }),
  network: () => call<NetworkState>('/network'),
  openNetwork: (port: number) => send<NetworkState>('/network/open', { port }),
  closeNetwork: () => send<NetworkState>('/network/close'),
  applicant: (caseId: number, reason: string) => send<Applicant>(`/cases/${caseId}/applicant`, { reason }),
}
