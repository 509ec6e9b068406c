import { client, done, filters, got, raw } from './client'
import type { Query } from './http'
import type { StepRequest } from './schema'

/** Where a file that came with a step is read, under /api. */
export const filePath = (matter: number, sha256: string): string => `/matters/${matter}/attachments/${sha256}`

/** What comes of the findings of visits and reviews. */
export const matters = {
  all: (query: Query, signal?: AbortSignal) => got(client.GET('/api/matters', { params: { query: filters(query) }, signal })),
  one: (id: number, signal?: AbortSignal) => got(client.GET('/api/matters/{id}', { params: { path: { id } }, signal })),
  counts: () => got(client.GET('/api/matters/counts')),
  /** Sends a file, which a step names afterwards. */
  putFile: (sha256: string, content: ArrayBuffer, name: string) =>
    done(
      client.PUT('/api/attachments/{sha256}', {
        params: { path: { sha256 }, header: { 'X-Name': encodeURIComponent(name) } },
        ...raw(content, 'application/octet-stream'),
      }),
    ),
  step: (id: number, body: StepRequest) => got(client.POST('/api/matters/{id}/steps', { params: { path: { id } }, body })),
}
