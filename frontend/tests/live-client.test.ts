// @vitest-environment node
// The live client against a real WebSocket server on loopback.
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { LiveClient, type LiveState } from '@/live/client'
import type { ServerMessage } from '@/live/protocol'

interface Hello {
  type: string
  since: number
}

interface Accepted {
  socket: WebSocket
  protocols: string[]
  hello: Promise<Hello>
}

let server: WebSocketServer
let accepted: Accepted[]
let waiting: ((a: Accepted) => void)[]
let clients: LiveClient[]

function listen(port = 0): Promise<void> {
  server = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: () => 'mingcha.live.v1' })
  server.on('connection', (socket, request) => {
    const protocols = String(request.headers['sec-websocket-protocol'])
      .split(',')
      .map((p) => p.trim())
    const hello = new Promise<Hello>((resolve) => {
      socket.once('message', (data) => resolve(JSON.parse(String(data)) as Hello))
    })
    const a = { socket, protocols, hello }
    const take = waiting.shift()
    if (take) take(a)
    else accepted.push(a)
  })
  return new Promise((resolve) => server.once('listening', resolve))
}

async function shut(): Promise<void> {
  for (const s of server.clients) s.terminate()
  await new Promise((resolve) => server.close(resolve))
}

/** The next connection that the server accepts. */
function connection(): Promise<Accepted> {
  const a = accepted.shift()
  return a ? Promise.resolve(a) : new Promise((resolve) => waiting.push(resolve))
}

const port = (): number => (server.address() as AddressInfo).port

function client(extra: { silence?: number; token?: () => string } = {}) {
  const states: LiveState[] = []
  const messages: ServerMessage[] = []
  let reloads = 0
  const at = port()
  const live = new LiveClient({
    endpoint: () => Promise.resolve({ url: `ws://127.0.0.1:${at}/api/live`, token: extra.token?.() ?? 'secret' }),
    onState: (s) => states.push(s),
    onMessage: (m) => messages.push(m),
    onReload: () => reloads++,
    socket: WebSocket as unknown as typeof globalThis.WebSocket,
    pace: 0.02,
    ...(extra.silence ? { silence: extra.silence } : {}),
  })
  clients.push(live)
  live.start()
  const seen = () => messages.flatMap((m) => (m.type === 'changes' ? m.changes.map((c) => c.seq) : []))
  return { live, states, messages, seen, reloads: () => reloads }
}

async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 30_000
  while (!what()) {
    if (Date.now() > end) throw new Error('it did not come about in 30 s')
    await new Promise((r) => setTimeout(r, 5))
  }
}

const send = (a: Accepted, m: unknown): void => a.socket.send(JSON.stringify(m))

const changes = (from: number, to: number) => ({
  type: 'changes',
  from,
  to,
  changes: Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, kind: 'accepted' })),
})

beforeEach(async () => {
  accepted = []
  waiting = []
  clients = []
  await listen()
})

afterEach(async () => {
  for (const c of clients) c.stop()
  await shut()
})

describe('live client', () => {
  it('offers the subprotocol and the token, and says hello with nothing seen', async () => {
    client()
    const a = await connection()
    expect(a.protocols).toEqual(['mingcha.live.v1', 'token.secret'])
    expect(await a.hello).toEqual({ type: 'hello', since: 0 })
  })

  it('is live only once it was welcomed', async () => {
    const c = client()
    const a = await connection()
    await a.hello
    expect(c.states).toEqual(['connecting'])
    send(a, { type: 'welcome', seq: 41, resumed: false })
    await until(() => c.states.at(-1) === 'live')
    expect(c.live.seq).toBe(41)
    expect(c.reloads()).toBe(0) // nothing had been shown that could be out of date
  })

  it('resumes at the last number when the socket is cut, and tells nothing twice', async () => {
    const c = client()
    const a = await connection()
    send(a, { type: 'welcome', seq: 10, resumed: false })
    send(a, changes(11, 14))
    await until(() => c.live.seq === 14)
    a.socket.terminate()
    const b = await connection()
    expect(await b.hello).toEqual({ type: 'hello', since: 14 })
    expect(c.states).toContain('waiting')
    send(b, { type: 'welcome', seq: 15, resumed: true })
    send(b, changes(11, 14)) // a server that repeats itself
    send(b, changes(15, 16))
    await until(() => c.live.seq === 16)
    expect(c.seen()).toEqual([11, 12, 13, 14, 15, 16])
    expect(c.reloads()).toBe(0)
  })

  it('asks for a reload when it was away too long to resume', async () => {
    const c = client()
    const a = await connection()
    send(a, { type: 'welcome', seq: 10, resumed: false })
    await until(() => c.live.seq === 10)
    a.socket.terminate()
    const b = await connection()
    send(b, { type: 'welcome', seq: 90_000, resumed: false })
    await until(() => c.reloads() === 1)
    expect(c.live.seq).toBe(90_000)
  })

  it('reloads and goes on from the head when it was too slow, without a new connection', async () => {
    const c = client()
    const a = await connection()
    send(a, { type: 'welcome', seq: 1, resumed: false })
    send(a, { type: 'resync', seq: 500, reason: 'slow' })
    send(a, changes(501, 501))
    await until(() => c.live.seq === 501)
    expect(c.reloads()).toBe(1)
    expect(c.seen()).toEqual([501])
    expect(c.states.filter((s) => s === 'connecting')).toHaveLength(1)
  })

  it('ignores messages that a later version added', async () => {
    const c = client()
    const a = await connection()
    send(a, { type: 'welcome', seq: 1, resumed: false })
    send(a, { type: 'weather', sunny: true })
    send(a, { type: 'board', board: { seq: 1 } })
    await until(() => c.messages.length === 2)
    expect(c.messages.map((m) => m.type)).toEqual(['welcome', 'board'])
  })

  it('comes back to a console that was restarted, with the new token', async () => {
    let token = 'first'
    const c = client({ token: () => token })
    const a = await connection()
    send(a, { type: 'welcome', seq: 7, resumed: false })
    await until(() => c.live.seq === 7)
    const at = port()
    await shut()
    await until(() => c.states.at(-1) === 'waiting')
    token = 'second'
    await listen(at)
    const b = await connection()
    expect(b.protocols[1]).toBe('token.second')
    expect(await b.hello).toEqual({ type: 'hello', since: 7 })
  })

  it('takes a silent connection for dead and makes another', async () => {
    const c = client({ silence: 60 })
    const a = await connection()
    send(a, { type: 'welcome', seq: 3, resumed: false })
    await until(() => c.live.seq === 3)
    const b = await connection() // although the server closed nothing
    expect(await b.hello).toEqual({ type: 'hello', since: 3 })
    expect(c.states).toContain('waiting')
  })

  it('stays away once it was stopped', async () => {
    const c = client()
    const a = await connection()
    send(a, { type: 'welcome', seq: 3, resumed: false })
    await until(() => c.states.at(-1) === 'live')
    c.live.stop()
    await until(() => server.clients.size === 0)
    await new Promise((r) => setTimeout(r, 60))
    expect(server.clients.size).toBe(0)
    expect(c.states.at(-1)).toBe('closed')
  })
})
