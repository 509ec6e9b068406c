import { call, request, type Query } from './http'
import type { Callback, CallbackDraw, CallbackRequest, CallRequest, Rater, Rating, RatingDetail, RatingFigures, RatingImported, RatingPreview } from './schema'
import type { Page } from './types'

const post = <T>(path: string, body?: unknown) => call<T>(path, body === undefined ? { method: 'POST' } : { method: 'POST', body: JSON.stringify(body) })

/** How a file is to be read. */
export interface Reading {
  department: string
  five_best: boolean
}

/** A file as it was when it was chosen. */
export interface Read {
  name: string
  bytes: ArrayBuffer
}

/** Sends a file as it is. */
async function send<T>(what: 'preview' | 'import', file: Read, how: Reading): Promise<T> {
  const response = await request(`/ratings/files/${what}`, {
    method: 'POST',
    query: { name: file.name, ...how },
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file.bytes,
  })
  return (await response.json()) as T
}

/** What applicants thought of the service, and what is done about it. */
export const ratings = {
  all: (query: Query, signal?: AbortSignal) => call<Page<Rating>>('/ratings', { query, signal }),
  figures: (query: { department?: string; from: string; to: string }) => call<RatingFigures>('/ratings/figures', { query }),
  one: (id: number) => call<RatingDetail>(`/ratings/${id}`),
  rater: (id: number, reason: string) => post<Rater>(`/ratings/${id}/rater`, { reason }),

  preview: (file: Read, how: Reading) => send<RatingPreview>('preview', file, how),
  take: (file: Read, how: Reading) => send<RatingImported>('import', file, how),

  callbacks: (draw: number) => call<Callback[]>('/callbacks', { query: { draw: draw || undefined } }),
  draws: () => call<CallbackDraw[]>('/callbacks/draws'),
  draw: (q: CallbackRequest) => post<CallbackDraw>('/callbacks/draws', q),
  number: (id: number) => post<Rater>(`/callbacks/${id}/number`),
  record: (id: number, c: CallRequest) => post<Callback>(`/callbacks/${id}/calls`, c),
}
