// Calls of the API, typed by the server's own description of it: `npm run api`
// writes schema.ts anew. Every call rejects with a Problem.
import createClient from 'openapi-fetch'
import { request, search, type Query } from './http'
import type { paths } from './schema'

/**
 * What openapi-fetch has put together, in the place of a Request: the desktop
 * window's transport takes a body as text or bytes, and never as a stream, which
 * a Request makes of it; and what was held is sent again from the beginning.
 */
class Prepared {
  constructor(
    readonly url: string,
    readonly init: RequestInit,
  ) {}
}

const send = (unheld: boolean) => (r: Request) => {
  const { url, init } = r as unknown as Prepared
  return request(url, init, unheld)
}

export const client = createClient<paths>({
  Request: Prepared as unknown as typeof Request,
  fetch: send(false),
  querySerializer: (query) => search(query as Query),
})

/** An option of calls whose refusal is wanted at once, even where the person could sign in first. */
export const unheld = { fetch: send(true) }

/** The options that send text or bytes as they are. */
export const raw = (content: string | ArrayBuffer, type: string) => ({
  body: '',
  bodySerializer: () => content,
  headers: { 'Content-Type': type },
})

/** What was answered. */
export async function got<T>(asked: Promise<{ data?: T }>): Promise<T> {
  return (await asked).data as T
}

/** Waits for a call that answers nothing. */
export async function done(asked: Promise<unknown>): Promise<void> {
  await asked
}

/** Filters as they stand in the address, which the console checks. */
export const filters = (query: Query) => query as never
