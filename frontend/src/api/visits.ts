import type { Taken } from '@/offline/db'
import { call, request, type Query } from './http'
import type { Page } from './types'
import type {
  Declining,
  DueDepartment,
  FiledSheet,
  FiledVisit,
  MatterVisit,
  MyVisits,
  Reviewer,
  RouteCancel,
  RouteChange,
  RouteRequest,
  Visitors,
  VisitPlanCounts,
  VisitRoute,
  VisitRow,
} from './schema'

/** How long a photograph may take over a hall's weak network, ms. */
const PATIENCE = 90_000

/** A call that answers nothing. */
const tell = async (path: string, body: unknown): Promise<void> => {
  await request(path, { method: 'POST', body: JSON.stringify(body) })
}

/** Where a photograph is read. */
export const photoPath = (visit: number, sha256: string, own: boolean): string => `${own ? '/my' : ''}/visits/${visit}/photos/${sha256}`

/** What volunteers saw, and what the office sees of it. */
export const visits = {
  mine: (signal?: AbortSignal) => call<MyVisits>('/my/visits', { signal }),
  /** Asked by the page of its own accord: nobody is made to sign in for it. */
  mineAgain: () => call<MyVisits>('/my/visits', { unheld: true }),
  /** Not held where the session has ended: what is not sent now is sent later. */
  putPhoto: (sha256: string, picture: ArrayBuffer, taken: Taken) =>
    request(`/my/photos/${sha256}`, {
      method: 'PUT',
      body: picture,
      headers: { 'Content-Type': 'image/jpeg', 'X-Taken': JSON.stringify(taken) },
      signal: AbortSignal.timeout(PATIENCE),
      unheld: true,
    }),
  file: (sheet: FiledSheet) =>
    call<FiledVisit>('/my/visits', { method: 'POST', body: JSON.stringify(sheet), signal: AbortSignal.timeout(PATIENCE), unheld: true }),
  supplement: (id: number, key: string, text: string, photos: string[]) => tell(`/my/visits/${id}/supplements`, { key, text, photos }),
  photo: async (visit: number, sha256: string, own: boolean): Promise<Blob> => (await request(photoPath(visit, sha256, own))).blob(),

  all: (query: Query, signal?: AbortSignal) => call<Page<VisitRow>>('/visits', { query, signal }),
  names: (id: number, reason: string) => call<Reviewer>(`/visits/${id}/names`, { method: 'POST', body: JSON.stringify({ reason }) }),
}

/** What volunteers are asked for. */
export const routes = {
  all: () => call<VisitRoute[]>('/visits/plans'),
  counts: () => call<VisitPlanCounts>('/visits/plans/counts'),
  due: () => call<DueDepartment[]>('/visits/candidates'),
  visitors: (date: string, department: string[], plan: number, going: number[]) =>
    call<Visitors>('/visits/visitors', { query: { date, department, plan: plan || undefined, going } }),
  plan: (r: RouteRequest) => call<VisitRoute>('/visits', { method: 'POST', body: JSON.stringify(r) }),
  change: (id: number, r: RouteChange) => call<VisitRoute>(`/visits/plans/${id}`, { method: 'PUT', body: JSON.stringify(r) }),
  cancel: (id: number, c: RouteCancel) => tell(`/visits/plans/${id}/cancel`, c),
  decline: (id: number, d: Declining) =>
    request(`/my/visits/plans/${id}/decline`, { method: 'POST', body: JSON.stringify(d), signal: AbortSignal.timeout(PATIENCE), unheld: true }),
  ofMatter: (id: number) => call<MatterVisit[]>(`/matters/${id}/visits`),
}
