import { held } from './hold'
import { problemOf, unreachable, isAbort } from './problem'
import { token } from './token'

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | undefined>

/** The query string of the parameters that are set. */
export function search(query: Query): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const v of value) out.append(name, String(v))
    else if (value !== undefined && value !== '' && value !== false) out.set(name, String(value))
  }
  const text = out.toString()
  return text && `?${text}`
}

interface CallOptions {
  query?: Query
  method?: 'GET' | 'POST' | 'PUT'
  /** JSON text, or bytes with their own content type. */
  body?: string | ArrayBuffer
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** The refusal is wanted at once, even where the person could sign in first. */
  unheld?: boolean
}

/**
 * Calls the API and returns the answer; rejects with a Problem. Where the session
 * has ended the call waits until the person has signed in again; see hold.ts.
 */
export async function request(path: string, options: CallOptions = {}): Promise<Response> {
  const headers: Record<string, string> = { ...options.headers }
  const key = token()
  if (key) headers['Authorization'] = `Bearer ${key}`
  const init: RequestInit = { method: options.method ?? 'GET', headers, signal: options.signal ?? null }
  if (options.body !== undefined) {
    headers['Content-Type'] ??= 'application/json'
    init.body = options.body
  }
  for (;;) {
    let response: Response
    try {
      response = await fetch(`/api${path}${search(options.query ?? {})}`, init)
    } catch (err) {
      throw isAbort(err) ? err : unreachable()
    }
    if (response.ok) return response
    const problem = await problemOf(response)
    const wait = options.unheld ? undefined : held(problem)
    if (!wait) throw problem
    await wait
  }
}

/** Calls the API for JSON. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await request(path, options)
  return (await response.json()) as T
}
