import { busyFor, covered } from './attention'

/** How often what lies under a dialog is painted, ms. */
const UNDER_A_DIALOG = 2_000

/** How long it waits for who types without a pause, ms: then one letter waits for it. */
const PATIENCE = 10_000

/**
 * Collects what comes in and hands it over once a frame, so that a burst of
 * batches is painted once; where somebody types or a dialog lies over the page,
 * later. In a hidden tab, where there are no frames, a timer takes over. What
 * exceeds the bound is dropped, oldest first, and reported.
 */
export class FrameQueue<T> {
  private items: T[] = []
  private since = 0 // when the first of them came; 0: there is none
  private overflowed = false

  constructor(
    private readonly flush: (items: T[], overflowed: boolean) => void,
    private readonly bound = 5_000,
  ) {}

  push(items: T[]): void {
    this.items.push(...items)
    if (this.items.length > this.bound) {
      this.items.splice(0, this.items.length - this.bound)
      this.overflowed = true
    }
    if (this.since > 0) return
    this.since = performance.now()
    this.schedule()
  }

  private schedule(): void {
    if (document.hidden) setTimeout(() => this.run(), 250)
    else requestAnimationFrame(() => this.run())
  }

  /** For how many more ms what is here waits for what somebody is at. */
  private waits(): number {
    const held = performance.now() - this.since
    const left = (most: number): number => Math.max(0, most - held)
    return Math.max(Math.min(busyFor(), left(PATIENCE)), covered() ? left(UNDER_A_DIALOG) : 0)
  }

  private run(): void {
    const waits = document.hidden ? 0 : this.waits()
    if (waits > 0) {
      // A dialog may be closed at any moment, and then the board is to be true.
      setTimeout(() => this.schedule(), Math.min(waits, 200))
      return
    }
    const { items, overflowed } = this
    this.items = []
    this.since = 0
    this.overflowed = false
    this.flush(items, overflowed)
  }
}
