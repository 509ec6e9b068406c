// The live client against a real WebSocket server on loopback.
import { afterEach, expect, test } from 'vitest'
import { WebSocket as Socket, WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { LiveClient, type LiveState } from '@/live/client'
import type { ServerMessage } from '@/live/protocol'

interface Rig {
  server: WebSocketServer
  hellos: number[]
  sockets: ServerSocket[]
  states: LiveState[]
  seen: number[]
  reloads: () => number
  client: LiveClient
  send: (m: unknown) => void
}

const open: Rig[] = []

afterEach(() => {
  for (const r of open.splice(0)) {
    r.client.stop()
    for (const s of r.sockets) s.terminate()
    r.server.close()
  }
})

async function rig(welcome: (since: number) => { seq: number; resumed: boolean }): Promise<Rig> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: (all) => [...all][0] ?? false })
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as { port: number }
  let reloads = 0
  const r = { server, hellos: [] as number[], sockets: [] as ServerSocket[], states: [] as LiveState[], seen: [] as number[] }
  server.on('connection', (socket, request) => {
    expect(request.headers['sec-websocket-protocol']).toBe('mingcha.live.v1,token.t')
    r.sockets.push(socket)
    socket.on('message', (data) => {
      const { since } = JSON.parse(String(data)) as { since: number }
      r.hellos.push(since)
      socket.send(JSON.stringify({ type: 'welcome', ...welcome(since) }))
    })
  })
  const client = new LiveClient({
    endpoint: () => Promise.resolve({ url: `ws://127.0.0.1:${port}`, token: 't' }),
    onState: (s) => r.states.push(s),
    onMessage: (m: ServerMessage) => {
      if (m.type === 'changes') r.seen.push(...m.changes.map((c) => c.seq))
    },
    onReload: () => reloads++,
    socket: Socket as unknown as typeof WebSocket,
    pace: 0.01,
  })
  const whole: Rig = {
    ...r,
    client,
    reloads: () => reloads,
    send: (m) => r.sockets.at(-1)?.send(JSON.stringify(m)),
  }
  open.push(whole)
  client.start()
  return whole
}

const changes = (from: number, to: number) => ({
  type: 'changes',
  from,
  to,
  changes: Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, kind: 'received' })),
})

async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !what(); i++) await new Promise((done) => setTimeout(done, 10))
  expect(what()).toBe(true)
}

test('a cut connection comes back at the last number and tells nothing twice', async () => {
  const r = await rig((since) => ({ seq: since || 10, resumed: since > 0 }))
  await until(() => r.states.includes('live'))
  r.send(changes(11, 13))
  await until(() => r.seen.length === 3)
  r.sockets.at(-1)?.terminate()
  await until(() => r.hellos.length === 2)
  expect(r.states).toContain('waiting')
  expect(r.hellos).toEqual([0, 13])
  r.send(changes(11, 13)) // a server that repeats itself
  r.send(changes(14, 15))
  await until(() => r.client.seq === 15)
  expect(r.seen).toEqual([11, 12, 13, 14, 15])
  expect(r.reloads()).toBe(0)
})

test('lists are loaded anew when the console no longer knows what was missed', async () => {
  const r = await rig((since) => (since === 0 ? { seq: 5, resumed: false } : { seq: 90_000, resumed: false }))
  await until(() => r.states.includes('live'))
  expect(r.reloads()).toBe(0) // nothing was there before
  r.sockets.at(-1)?.terminate()
  await until(() => r.reloads() === 1)
  expect(r.client.seq).toBe(90_000)
})

test('a client that was too slow reloads and goes on', async () => {
  const r = await rig(() => ({ seq: 1, resumed: false }))
  await until(() => r.states.includes('live'))
  r.send({ type: 'resync', seq: 500, reason: 'slow' })
  await until(() => r.reloads() === 1)
  r.send(changes(501, 501))
  await until(() => r.seen.length === 1)
  expect(r.client.seq).toBe(501)
})
