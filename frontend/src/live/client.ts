import { backoff } from './backoff'
import { parse, SUBPROTOCOL, type Hello, type ServerMessage } from './protocol'

export type LiveState = 'connecting' | 'live' | 'waiting' | 'closed'

/** Where to connect, asked anew for each attempt: a restarted console has another token. */
export interface Endpoint {
  url: string
  token: string
}

export interface LiveOptions {
  endpoint: () => Promise<Endpoint>
  onState: (state: LiveState) => void
  onMessage: (message: ServerMessage) => void
  /** Changes were missed and will not come: lists are to be loaded anew. */
  onReload: () => void
  socket?: typeof WebSocket
  random?: () => number
  /** Silence in ms after which the connection counts as dead; to most the hub's board comes every 5 s. */
  silence?: number
  /** Factor on the waiting times between attempts. */
  pace?: number
}

/** Where people sign in the cookie says who listens, and there is no token. */
function protocols({ token }: Endpoint): string[] {
  return token ? [SUBPROTOCOL, `token.${token}`] : [SUBPROTOCOL]
}

/**
 * One connection to the live stream that comes back by itself and says the last
 * journal number it saw, so that nothing is missed or told twice.
 */
export class LiveClient {
  private readonly o: Required<LiveOptions>
  private socket: WebSocket | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private watchdog: ReturnType<typeof setTimeout> | undefined
  private attempt = 0
  /** Counts connections, so that a late answer of an old one is known as such. */
  private turn = 0
  private last = 0

  constructor(options: LiveOptions) {
    this.o = { socket: globalThis.WebSocket, random: Math.random, silence: 20_000, pace: 1, ...options }
  }

  /** The last journal number seen; 0 = none yet. */
  get seq(): number {
    return this.last
  }

  start(): void {
    void this.connect()
  }

  /** Connects at once instead of waiting, for when the network came back. */
  retryNow(): void {
    if (this.timer === undefined) return
    this.attempt = 0
    void this.connect()
  }

  stop(): void {
    this.drop()
    this.o.onState('closed')
  }

  private drop(): void {
    this.turn++
    clearTimeout(this.timer)
    clearTimeout(this.watchdog)
    this.timer = undefined
    const old = this.socket
    this.socket = undefined
    old?.close()
  }

  private async connect(): Promise<void> {
    this.drop()
    const turn = this.turn
    this.o.onState('connecting')
    let endpoint: Endpoint
    try {
      endpoint = await this.o.endpoint()
    } catch {
      if (turn === this.turn) this.wait()
      return
    }
    if (turn !== this.turn) return
    const socket = new this.o.socket(endpoint.url, protocols(endpoint))
    this.socket = socket
    this.watch()
    socket.onopen = () => {
      const hello: Hello = { type: 'hello', since: this.last }
      socket.send(JSON.stringify(hello))
    }
    socket.onmessage = (e: MessageEvent) => {
      if (turn !== this.turn) return
      this.watch()
      this.take(String(e.data))
    }
    socket.onclose = () => {
      if (turn === this.turn) this.wait()
    }
  }

  private wait(): void {
    this.drop()
    this.o.onState('waiting')
    this.timer = setTimeout(() => void this.connect(), this.o.pace * backoff(this.attempt, this.o.random))
    this.attempt++
  }

  /** Starts the time anew after which silence counts as a dead connection. */
  private watch(): void {
    clearTimeout(this.watchdog)
    this.watchdog = setTimeout(() => this.wait(), this.o.silence)
  }

  private take(text: string): void {
    const message = parse(text)
    if (!message) return
    switch (message.type) {
      case 'welcome':
        this.attempt = 0
        this.o.onState('live')
        if (!message.resumed) {
          const missed = this.last > 0
          this.last = message.seq
          if (missed) this.o.onReload()
        }
        break
      case 'changes':
        if (message.to <= this.last) return
        this.last = message.to
        break
      case 'resync':
        this.last = Math.max(this.last, message.seq)
        this.o.onReload()
        break
    }
    this.o.onMessage(message)
  }
}
