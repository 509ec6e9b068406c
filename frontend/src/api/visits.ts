import type { Taken } from '@/offline/db'
import { call, request } from './http'
import type { FiledSheet, FiledVisit, MyVisits, PlannedVisit, Reviewer, VisitRequest, VisitRow } from './schema'

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

  all: (query: { department?: string; limit: number }) => call<VisitRow[]>('/visits', { query }),
  plans: () => call<PlannedVisit[]>('/visits/plans'),
  plan: (v: VisitRequest) => tell('/visits', v),
  names: (id: number, reason: string) => call<Reviewer>(`/visits/${id}/names`, { method: 'POST', body: JSON.stringify({ reason }) }),
}
