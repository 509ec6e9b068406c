import { client, filters, got } from './client'
import type { Query } from './http'
import type { StepRequest } from './schema'

/** What comes of the findings of visits and reviews. */
export const matters = {
  all: (query: Query, signal?: AbortSignal) => got(client.GET('/api/matters', { params: { query: filters(query) }, signal })),
  one: (id: number, signal?: AbortSignal) => got(client.GET('/api/matters/{id}', { params: { path: { id } }, signal })),
  counts: () => got(client.GET('/api/matters/counts')),
  step: (id: number, body: StepRequest) => got(client.POST('/api/matters/{id}/steps', { params: { path: { id } }, body })),
}
