/**
 * How long to wait before the n-th attempt (from 0), in ms: doubling from half a
 * second up to 15 seconds, of which a random half, so that many pages do not come
 * back in step after the console was restarted.
 */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10))
  return ceiling / 2 + (ceiling / 2) * random()
}
