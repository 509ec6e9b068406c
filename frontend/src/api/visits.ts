import type { Taken } from '@/offline/db'
import { client, done, filters, got, raw, unheld } from './client'
import { request, type Query } from './http'
import type { Declining, FiledSheet, RouteCancel, RouteChange, RouteRequest, SupplementVisitRequest } from './schema'

/** How long what is sent over a hall's weak network may take, ms. */
const PATIENCE = 90_000

const of = (id: number) => ({ params: { path: { id } } })

/** Not held where the session has ended: what is not sent now is sent later. */
const patient = () => ({ ...unheld, signal: AbortSignal.timeout(PATIENCE) })

/** Where a photograph is read, under /api. */
export const photoPath = (visit: number, sha256: string, own: boolean): string => `${own ? '/my' : ''}/visits/${visit}/photos/${sha256}`

/** What volunteers saw, and what the office sees of it. */
export const visits = {
  mine: (signal?: AbortSignal) => got(client.GET('/api/my/visits', { signal })),
  /** Asked by the page of its own accord: nobody is made to sign in for it. */
  mineAgain: () => got(client.GET('/api/my/visits', unheld)),
  putPhoto: (sha256: string, picture: ArrayBuffer, taken: Taken) =>
    done(
      client.PUT('/api/my/photos/{sha256}', {
        params: { path: { sha256 }, header: { 'X-Taken': JSON.stringify(taken) } },
        ...raw(picture, 'image/jpeg'),
        ...patient(),
      }),
    ),
  file: (body: FiledSheet) => got(client.POST('/api/my/visits', { body, ...patient() })),
  supplement: (id: number, body: SupplementVisitRequest) => done(client.POST('/api/my/visits/{id}/supplements', { ...of(id), body })),
  photo: async (visit: number, sha256: string, own: boolean): Promise<Blob> => (await request(`/api${photoPath(visit, sha256, own)}`)).blob(),

  all: (query: Query, signal?: AbortSignal) => got(client.GET('/api/visits', { params: { query: filters(query) }, signal })),
  names: (id: number, reason: string) => got(client.POST('/api/visits/{id}/names', { ...of(id), body: { reason } })),
}

/** What volunteers are asked for. */
export const routes = {
  all: () => got(client.GET('/api/visits/plans')),
  counts: () => got(client.GET('/api/visits/plans/counts')),
  due: () => got(client.GET('/api/visits/candidates')),
  visitors: (date: string, department: string[], plan: number, going: number[]) =>
    got(client.GET('/api/visits/visitors', { params: { query: { date, department, plan: plan || undefined, going } } })),
  plan: (body: RouteRequest) => got(client.POST('/api/visits', { body })),
  change: (id: number, body: RouteChange) => got(client.PUT('/api/visits/plans/{id}', { ...of(id), body })),
  cancel: (id: number, body: RouteCancel) => done(client.POST('/api/visits/plans/{id}/cancel', { ...of(id), body })),
  decline: (id: number, body: Declining) => done(client.POST('/api/my/visits/plans/{id}/decline', { ...of(id), body, ...patient() })),
  ofMatter: (id: number) => got(client.GET('/api/matters/{id}/visits', of(id))),
}
