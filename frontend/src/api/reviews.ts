import { client, done, filters, got } from './client'
import type { Query } from './http'
import type { DeclareInterestRequest, DrawRequest, GiveVerdictRequest, Plan } from './schema'

/** What volunteers review, and what the office does about it. */
export const reviews = {
  mine: (signal?: AbortSignal) => got(client.GET('/api/my/reviews', { signal })),
  page: (id: number) => got(client.GET('/api/my/reviews/{id}', { params: { path: { id } } })),
  declare: (id: number, body: DeclareInterestRequest) => done(client.POST('/api/my/reviews/{id}/interest', { params: { path: { id } }, body })),
  judge: (id: number, body: GiveVerdictRequest) => done(client.POST('/api/my/reviews/{id}/verdict', { params: { path: { id } }, body })),

  all: (query: Query, signal?: AbortSignal) => got(client.GET('/api/reviews', { params: { query: filters(query) }, signal })),
  names: (id: number, reason: string) => got(client.POST('/api/reviews/{id}/names', { params: { path: { id } }, body: { reason } })),
  draws: () => got(client.GET('/api/draws')),
  draw: (body: DrawRequest) => got(client.POST('/api/draws', { body })),
  plan: () => got(client.GET('/api/reviews/plan')),
  setPlan: (body: Plan) => done(client.POST('/api/reviews/plan', { body })),
  of: (what: 'cases' | 'authorizations', id: number) => got(client.GET(`/api/${what}/{id}/reviews`, { params: { path: { id } } })),
  putUp: (subject: string, reason: string) => done(client.POST('/api/reviews', { body: { subject, reason } })),
}
