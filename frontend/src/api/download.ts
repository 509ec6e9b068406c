import { answer, bridge } from './desktop'
import { address, request, type Query } from './http'

export interface Saved {
  name: string
  /** Bytes; 0 where the window wrote the file itself. */
  size: number
}

/**
 * Downloads an answer as a file: in the desktop window through its dialog, in a
 * browser as a download. Undefined when the person cancelled.
 */
export async function download(
  path: string,
  query: Query,
  signal: AbortSignal,
  progress: (bytes: number) => void = () => undefined,
  suggested = `${path.split('/').at(-1)!}.${String(query['format'] ?? 'json')}`,
): Promise<Saved | undefined> {
  const native = bridge()
  if (native) return saveNatively(native, address(`/api${path}`, query), suggested, signal)
  const response = await request(address(`/api${path}`, query), { signal })
  const chunks: BlobPart[] = []
  let size = 0
  const reader = response.body!.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    size += value.length
    progress(size)
  }
  const name = fileName(response.headers.get('Content-Disposition')) ?? suggested
  offer(new Blob(chunks, { type: response.headers.get('Content-Type') ?? '' }), name)
  return { name, size }
}

async function saveNatively(native: NonNullable<ReturnType<typeof bridge>>, url: string, suggested: string, signal: AbortSignal): Promise<Saved | undefined> {
  const stop = () => void native.StopExport()
  signal.addEventListener('abort', stop)
  try {
    const file = await answer(native.SaveExport(url, suggested))
    return file ? { name: file, size: 0 } : undefined
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Saves what the page itself put together, as evidence; undefined when the person cancelled. */
export async function saveEvidence(text: string, name: string): Promise<string | undefined> {
  const native = bridge()
  if (native) return (await answer(native.SaveEvidence(text, name))) || undefined
  offer(new Blob([text], { type: 'application/json' }), name)
  return name
}

/** Hands a blob to the browser as a download. */
function offer(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The file name of a Content-Disposition, the UTF-8 one first. */
export function fileName(header: string | null): string | undefined {
  if (!header) return undefined
  const utf8 = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  if (utf8) return decodeURIComponent(utf8)
  return /filename="([^"]+)"/i.exec(header)?.[1]
}
