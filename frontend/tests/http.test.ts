// @vitest-environment node
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { client, filters, got } from '@/api/client'
import { Problem } from '@/api/problem'
import { takeToken, token } from '@/api/token'

let server: Server
let handle: (request: IncomingMessage, response: ServerResponse) => void
const kept = new Map<string, string>()

// Node has neither storage nor an address bar; its fetch needs whole addresses.
beforeEach(async () => {
  server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const real = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(base + path, init))
  kept.clear()
  vi.stubGlobal('sessionStorage', { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => kept.set(k, v) })
})

afterEach(async () => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('calls', () => {
  it('carry the token and the filters', async () => {
    kept.set('mingcha.token', 'k1')
    let seen: IncomingMessage | undefined
    handle = (request, response) => {
      seen = request
      response.end('{"rows":[],"total":0,"capped":false}')
    }
    await client.GET('/api/cases', { params: { query: filters({ text: '规划', level: '', overdue: true }) } })
    expect(seen?.headers.authorization).toBe('Bearer k1')
    expect(seen?.url).toBe('/api/cases?text=%E8%A7%84%E5%88%92&overdue=true')
  })

  it('that fail say what to do, in both languages, with the fields', async () => {
    handle = (_, response) => {
      response.writeHead(422, { 'Content-Type': 'application/problem+json' })
      response.end(JSON.stringify({ code: 'invalid_input', zh: '请更正。', en: 'Correct it.', errors: [{ field: 'item', zh: '请选部门', en: 'choose one' }] }))
    }
    const err = await got(client.GET('/api/cases')).catch((e: unknown) => e)
    expect(err).toBeInstanceOf(Problem)
    expect((err as Problem).status).toBe(422)
    expect((err as Problem).words('zh-CN')).toBe('请更正。；item: 请选部门')
    expect((err as Problem).words('en')).toBe('Correct it.; item: choose one')
  })

  it('r_html: what is wrong with a file is said once', () => {
    const reason = '这是网页，只是起了 .xls 之类的名字。'
    expect(new Problem(422, 'rating_file', reason, 'A web page.', [{ field: 'file', zh: reason, en: 'A web page.' }]).words('zh-CN')).toBe(reason)
    expect(new Problem(422, 'rating_file', '没有部门。', 'No department.', [{ field: 'department', zh: '没有部门', en: 'No department' }]).words('en')).toBe(
      'No department.',
    )
  })

  it('that something else answers are problems too', async () => {
    handle = (_, response) => {
      response.writeHead(502)
      response.end('<html>Bad gateway</html>')
    }
    const err = (await got(client.GET('/api/board')).catch((e: unknown) => e)) as Problem
    expect(err.code).toBe('unexpected')
    expect(err.words('zh-CN')).toContain('502')
  })

  it('that nobody answers say that the console is not running', async () => {
    handle = (request) => request.socket.destroy()
    const err = (await got(client.GET('/api/board')).catch((e: unknown) => e)) as Problem
    expect(err.code).toBe('unreachable')
  })
})

describe('token', () => {
  it('is taken out of the address once, and off the address bar', () => {
    const replaced: string[] = []
    vi.stubGlobal('location', { hash: '#k=a%2Bb', pathname: '/cases', search: '?level=red' })
    vi.stubGlobal('history', { state: null, replaceState: (_: unknown, __: string, url: string) => replaced.push(url) })
    takeToken()
    expect(token()).toBe('a+b')
    expect(replaced).toEqual(['/cases?level=red'])
  })

  it('is left alone where the fragment is something else', () => {
    vi.stubGlobal('location', { hash: '#finding-12-V02', pathname: '/cases/12', search: '' })
    takeToken()
    expect(token()).toBe('')
  })
})
