/**
 * The office clock between two boards. In a demonstration it runs faster than
 * the wall clock; boards come at any delay, so the one that was under way the
 * shortest sets it.
 */
export class OfficeClock {
  private offset: number | undefined
  private setAt = 0

  /** @param speed office seconds a second */
  constructor(readonly speed: number) {}

  /** Notes that the office clock stood at `office` when a message left; it came in at `wall`. */
  heard(office: number, wall: number): void {
    const offset = wall - office / this.speed
    // A late message gives a greater offset. After a minute a new one is taken
    // all the same: the clock was set, or the two drifted apart.
    if (this.offset === undefined || offset < this.offset || wall - this.setAt > 60_000) {
      this.offset = offset
      this.setAt = wall
    }
  }

  /** The office time at a wall time, both in ms; the wall time itself before any board came. */
  at(wall: number): number {
    return this.offset === undefined ? wall : (wall - this.offset) * this.speed
  }

  /** How long, in wall ms, something seen at an office time took until a wall time. */
  since(office: number, wall: number): number {
    return Math.max(0, (this.at(wall) - office) / this.speed)
  }
}
