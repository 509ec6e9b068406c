import type { Problem as Wire } from './schema'

/** What went wrong with a call, in words that a page can show. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly fields: { field: string; zh: string; en: string }[]

  constructor(status: number, code: string, zh: string, en: string, fields: Problem['fields'] = []) {
    super(`${code}: ${en}`)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.zh = zh
    this.en = en
    this.fields = fields
  }

  /** What is said of one field in a language; '' where nothing is. */
  field(name: string, locale: string): string {
    const f = this.fields.find((x) => x.field === name)
    return f ? (locale.startsWith('zh') ? f.zh : f.en) : ''
  }

  /** The sentence, and of the fields that it names what it does not say itself, in a language. */
  words(locale: string): string {
    const zh = locale.startsWith('zh')
    const sentence = zh ? this.zh : this.en
    const fields = this.fields.map((f) => ({ name: f.field, said: zh ? f.zh : f.en })).filter((f) => !sentence.includes(f.said))
    return [sentence, ...fields.map((f) => `${f.name}: ${f.said}`)].join(zh ? '；' : '; ')
  }
}

/** No answer at all: the console was closed, or the network is down. */
export function unreachable(): Problem {
  return new Problem(
    0,
    'unreachable',
    '连不上控制台。请确认明察控制台正在运行，然后重试。',
    'The console does not answer. Make sure that Mingcha is running, then try again.',
  )
}

/** Reads the problem out of an answer that is not a success. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    const p = (await response.json()) as Partial<Wire>
    if (p.zh && p.en && p.code) {
      return new Problem(response.status, p.code, p.zh, p.en, p.errors ?? [])
    }
  } catch {
    // Not a problem document: somebody else answered in the console's place.
  }
  return new Problem(
    response.status,
    'unexpected',
    `控制台返回了无法识别的应答（${response.status}）。请重试；如反复出现，请重启控制台。`,
    `The console answered in an unexpected way (${response.status}). Try again; if it keeps happening, restart the console.`,
  )
}

/** Whether a rejected call was given up by the page itself. */
export function isAbort(err: unknown): boolean {
  return err instanceof DOMException && err.name === 'AbortError'
}

/** What is asked for; null where there is none. */
export async function ifAny<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (err) {
    if (err instanceof Problem && err.status === 404) return null
    throw err
  }
}

/** Any error as a Problem. */
export function asProblem(err: unknown): Problem {
  if (err instanceof Problem) return err
  return new Problem(0, 'page', '页面出错。请刷新页面后重试。', `Something went wrong on this page (${String(err)}). Reload it and try again.`)
}
