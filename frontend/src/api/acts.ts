import { call, type Query } from './http'
import type { Act, ActPerson } from './schema'

/** Who did what, as the journal has it. */
export const acts = {
  list: (query: Query, signal?: AbortSignal) => call<Act[]>('/acts', { query, signal }),
  people: () => call<ActPerson[]>('/acts/people'),
}
