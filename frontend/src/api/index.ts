import { client, done, filters, got, raw, unheld } from './client'
import type { Query } from './http'
import { ifAny } from './problem'
import type { ChangedAccount, FactorRoles, GivenList, HolidayList, NewAccount } from './schema'

const of = (id: number) => ({ params: { path: { id } } })
const at = (name: string) => ({ params: { path: { name } } })

/** Calls of the console's own areas; those of people's work stand in files of their own. */
export const api = {
  session: () => got(client.GET('/api/session')),
  /** The session as it is: without waiting for a sign-in where there is none. */
  sessionNow: () => got(client.GET('/api/session', unheld)),
  signIn: (login: string, password: string, code?: string) => done(client.POST('/api/sign-in', { body: { login, password, code }, ...unheld })),
  signOut: () => done(client.POST('/api/sign-out', unheld)),
  changePassword: (current: string, next: string) => done(client.POST('/api/password', { body: { current, new: next }, ...unheld })),
  mySessions: () => got(client.GET('/api/my/sessions', unheld)),
  endMySessions: (password: string) => done(client.POST('/api/my/sessions/end', { body: { password }, ...unheld })),
  /** What one does about the own second factor: unheld, as what it would wait for may be itself. */
  factor: () => got(client.GET('/api/second-factor', unheld)),
  beginFactor: (password: string) => got(client.POST('/api/second-factor', { body: { password }, ...unheld })),
  confirmFactor: (code: string) => got(client.POST('/api/second-factor/confirm', { body: { code }, ...unheld })),
  endFactor: (password: string) => done(client.POST('/api/second-factor/off', { body: { password }, ...unheld })),
  settings: () => got(client.GET('/api/settings')),
  board: () => got(client.GET('/api/board')),
  departments: () => got(client.GET('/api/departments')),
  items: (department?: string) => got(client.GET('/api/items', { params: { query: { department } } })),
  rules: () => got(client.GET('/api/rules')),
  events: (query: { before?: number; department?: string; limit: number }, signal?: AbortSignal) =>
    got(client.GET('/api/events', { params: { query }, signal })),
  search: (q: string, signal?: AbortSignal) => got(client.GET('/api/search', { params: { query: { q } }, signal })),

  cases: (query: Query, signal?: AbortSignal) => got(client.GET('/api/cases', { params: { query: filters(query) }, signal })),
  findings: (query: Query, signal?: AbortSignal) => got(client.GET('/api/findings', { params: { query: filters(query) }, signal })),
  overdue: (query: Query, signal?: AbortSignal) => got(client.GET('/api/registers/overdue', { params: { query: filters(query) }, signal })),
  rejections: (query: Query, signal?: AbortSignal) => got(client.GET('/api/registers/rejections', { params: { query: filters(query) }, signal })),
  authorizations: (query: Query, signal?: AbortSignal) => got(client.GET('/api/registers/authorizations', { params: { query: filters(query) }, signal })),
  quarantine: (query: Query, signal?: AbortSignal) => got(client.GET('/api/quarantine', { params: { query: filters(query) }, signal })),
  quarantined: (id: number) => got(client.GET('/api/quarantine/{id}', of(id))),

  case: (id: number, signal?: AbortSignal) => got(client.GET('/api/cases/{id}', { ...of(id), signal })),
  proof: (id: number, seq: number) => got(client.GET('/api/cases/{id}/proof', { params: { path: { id }, query: { seq } } })),

  adapters: () => got(client.GET('/api/adapters')),
  adapterLogs: (name: string, signal?: AbortSignal) => got(client.GET('/api/adapters/{name}/logs', { ...at(name), signal })),
  adapterAction: (name: string, action: 'start' | 'stop' | 'restart') => done(client.POST(`/api/adapters/{name}/${action}`, at(name))),

  checkpoint: () => ifAny(got(client.GET('/api/checkpoint'))),
  signCheckpoint: () => got(client.POST('/api/checkpoint')),
  calendar: (year: number) => got(client.GET('/api/calendar/{year}', { params: { path: { year } } })),
  calendarList: (year: number) => got(client.GET('/api/calendar/{year}/list', { params: { path: { year } } })),
  readCalendar: (year: number, body: GivenList) => got(client.POST('/api/calendar/{year}/reading', { params: { path: { year } }, body })),
  previewCalendar: (year: number, body: HolidayList) => got(client.POST('/api/calendar/{year}/preview', { params: { path: { year } }, body })),
  importCalendar: (year: number, json: string) => got(client.PUT('/api/calendar/{year}', { params: { path: { year } }, ...raw(json, 'application/json') })),

  accounts: () => got(client.GET('/api/accounts')),
  createAccount: (body: NewAccount) => got(client.POST('/api/accounts', { body })),
  changeAccount: (id: number, body: ChangedAccount) => got(client.PUT('/api/accounts/{id}', { ...of(id), body })),
  resetPassword: (id: number) => got(client.POST('/api/accounts/{id}/reset', of(id))),
  revokeSessions: (id: number) => done(client.POST('/api/accounts/{id}/revoke', of(id))),
  removeFactor: (id: number) => done(client.POST('/api/accounts/{id}/remove-second-factor', of(id))),
  factorRoles: () => got(client.GET('/api/factor-roles')),
  requireFactor: (roles: FactorRoles['roles']) => done(client.PUT('/api/factor-roles', { body: { roles } })),
  network: () => got(client.GET('/api/network')),
  openNetwork: (port: number) => got(client.POST('/api/network/open', { body: { port } })),
  closeNetwork: () => got(client.POST('/api/network/close')),
  applicant: (caseId: number, reason: string) => got(client.POST('/api/cases/{id}/applicant', { ...of(caseId), body: { reason } })),
}
