/** Measures a stream: how many a hour, and how long what comes was under way. */
export class Meter {
  private readonly arrivals: { at: number; n: number }[] = []
  private readonly delays: number[] = []

  /** @param started ms since the epoch */
  constructor(
    private readonly started: number,
    private readonly window = 10 * 60_000,
  ) {}

  arrived(n: number, at: number): void {
    const last = this.arrivals.at(-1)
    if (last && at - last.at < 1000) last.n += n
    else this.arrivals.push({ at, n })
    while (this.arrivals[0] && this.arrivals[0].at < at - this.window) this.arrivals.shift()
  }

  /** Notes a delay in ms; the latest fifty count. */
  delayed(ms: number): void {
    this.delays.push(Math.max(0, ms))
    if (this.delays.length > 50) this.delays.shift()
  }

  /** Events an hour over the window, or over the time since the start if that is shorter. */
  perHour(now: number): number {
    const since = Math.max(now - this.window, this.started)
    let n = 0
    for (const a of this.arrivals) if (a.at >= since) n += a.n
    return (n * 3_600_000) / Math.max(now - since, 10_000)
  }

  /** The median delay in ms; undefined before anything came. */
  delay(): number | undefined {
    if (this.delays.length === 0) return undefined
    return [...this.delays].sort((a, b) => a - b)[this.delays.length >> 1]
  }
}
