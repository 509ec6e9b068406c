import { client, filters, got, raw } from './client'
import type { Query } from './http'
import type { CallbackRequest, CallRequest } from './schema'

/** How a file is to be read. */
export interface Reading {
  department: string
  /** Heading of the column that says the department though it is not called so; '-': none does. */
  department_column: string
  /** What levels mean, as KEY=LEVEL. */
  meaning: string[]
  /** Names of the sheets to read; none: all that are not hidden. */
  sheet: string[]
  /** Bad ones of long ago go to their departments, too. */
  follow_old?: boolean
}

/** A file as it was when it was chosen. */
export interface Read {
  name: string
  bytes: ArrayBuffer
}

const file = (f: Read, how: Reading) => ({ params: { query: { name: f.name, ...how } }, ...raw(f.bytes, 'application/octet-stream') })

/** What applicants thought of the service, and what is done about it. */
export const ratings = {
  all: (query: Query, signal?: AbortSignal) => got(client.GET('/api/ratings', { params: { query: filters(query) }, signal })),
  figures: (query: { department?: string; from: string; to: string }) => got(client.GET('/api/ratings/figures', { params: { query } })),
  one: (id: number) => got(client.GET('/api/ratings/{id}', { params: { path: { id } } })),
  rater: (id: number, reason: string) => got(client.POST('/api/ratings/{id}/rater', { params: { path: { id } }, body: { reason } })),

  preview: (f: Read, how: Reading) => got(client.POST('/api/ratings/files/preview', file(f, how))),
  take: (f: Read, how: Reading) => got(client.POST('/api/ratings/files/import', file(f, how))),

  callbacks: (draw: number) => got(client.GET('/api/callbacks', { params: { query: { draw: draw || undefined } } })),
  draws: () => got(client.GET('/api/callbacks/draws')),
  draw: (body: CallbackRequest) => got(client.POST('/api/callbacks/draws', { body })),
  number: (id: number) => got(client.POST('/api/callbacks/{id}/number', { params: { path: { id } } })),
  record: (id: number, body: CallRequest) => got(client.POST('/api/callbacks/{id}/calls', { params: { path: { id } }, body })),
}
