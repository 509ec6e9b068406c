import { client, filters, got } from './client'
import type { Query } from './http'

/** Who did what, as the journal has it. */
export const acts = {
  list: (query: Query, signal?: AbortSignal) => got(client.GET('/api/acts', { params: { query: filters(query) }, signal })),
  people: () => got(client.GET('/api/acts/people')),
}
