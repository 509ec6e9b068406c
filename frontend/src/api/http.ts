import { held } from './hold'
import { problemOf, unreachable, isAbort } from './problem'
import { token } from './token'

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | undefined>

/** The query string of the parameters that are set, without its question mark. */
export function search(query: Query): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const v of value) out.append(name, String(v))
    else if (value !== undefined && value !== '' && value !== false) out.set(name, String(value))
  }
  return out.toString()
}

/** An address under /api with its query. */
export function address(path: string, query: Query): string {
  const text = search(query)
  return text ? `${path}?${text}` : path
}

/**
 * Sends a request to the console and returns the answer that is a success;
 * rejects with a Problem. Where the session has ended the call waits until the
 * person has signed in again (see hold.ts), unless the refusal is wanted at once.
 */
export async function request(url: string, init: RequestInit = {}, unheld = false): Promise<Response> {
  const headers = Object.fromEntries(new Headers(init.headers))
  const key = token()
  if (key) headers['authorization'] = `Bearer ${key}`
  for (;;) {
    let response: Response
    try {
      response = await fetch(url, { ...init, headers })
    } catch (err) {
      throw isAbort(err) ? err : unreachable()
    }
    if (response.ok) return response
    const problem = await problemOf(response)
    const wait = unheld ? undefined : held(problem)
    if (!wait) throw problem
    await wait
  }
}
