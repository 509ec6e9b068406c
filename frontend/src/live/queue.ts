/**
 * Collects what comes in and hands it over once a frame, so that a burst of
 * batches is painted once. In a hidden tab, where there are no frames, a timer
 * takes over. What exceeds the bound is dropped, oldest first, and reported.
 */
export class FrameQueue<T> {
  private items: T[] = []
  private scheduled = false
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
    if (this.scheduled) return
    this.scheduled = true
    if (document.hidden) setTimeout(() => this.run(), 250)
    else requestAnimationFrame(() => this.run())
  }

  private run(): void {
    const { items, overflowed } = this
    this.items = []
    this.scheduled = false
    this.overflowed = false
    this.flush(items, overflowed)
  }
}
