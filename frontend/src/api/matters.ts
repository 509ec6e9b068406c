import { call, type Query } from './http'
import type { Matter, MatterCounts, MatterRow, StepRequest } from './schema'
import type { Page } from './types'

/** What comes of the findings of visits and reviews. */
export const matters = {
  all: (query: Query, signal?: AbortSignal) => call<Page<MatterRow>>('/matters', { query, signal }),
  one: (id: number) => call<Matter>(`/matters/${id}`),
  counts: () => call<MatterCounts>('/matters/counts'),
  step: (id: number, step: StepRequest) => call<Matter>(`/matters/${id}/steps`, { method: 'POST', body: JSON.stringify(step) }),
}

/** A number for a submission: sent again under the same one, it counts once. */
export function submission(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')
}
