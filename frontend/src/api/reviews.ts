import { call, request, type Query } from './http'
import type { Page } from './types'
import type { Draw, DrawRequest, MyReview, Plan, Review, Reviewable, Reviewer, ReviewPage, ReviewPlan } from './schema'

const post = <T>(path: string, body: unknown) => call<T>(path, { method: 'POST', body: JSON.stringify(body) })

/** A call that answers nothing. */
const tell = async (path: string, body: unknown): Promise<void> => {
  await request(path, { method: 'POST', body: JSON.stringify(body) })
}

/** What volunteers review, and what the office does about it. */
export const reviews = {
  mine: (signal?: AbortSignal) => call<MyReview[]>('/my/reviews', { signal }),
  page: (id: number) => call<ReviewPage>(`/my/reviews/${id}`),
  declare: (id: number, conflict: string, note: string) => tell(`/my/reviews/${id}/interest`, { conflict, note }),
  judge: (id: number, verdict: string, reasons: string[], note: string) => tell(`/my/reviews/${id}/verdict`, { verdict, reasons, note }),

  all: (query: Query, signal?: AbortSignal) => call<Page<Review>>('/reviews', { query, signal }),
  names: (id: number, reason: string) => post<Reviewer[]>(`/reviews/${id}/names`, { reason }),
  draws: () => call<Draw[]>('/draws'),
  draw: (request: DrawRequest) => post<Draw>('/draws', request),
  plan: () => call<ReviewPlan>('/reviews/plan'),
  setPlan: (plan: Plan) => tell('/reviews/plan', plan),
  of: (what: 'cases' | 'authorizations', id: number) => call<Reviewable[]>(`/${what}/${id}/reviews`),
  putUp: (subject: string, reason: string) => tell('/reviews', { subject, reason }),
}
