/** How long ago, or for how long, in one unit: what to translate and its number. */
export interface Span {
  unit: 'seconds' | 'minutes' | 'hours' | 'days'
  n: number
}

export function spanOf(seconds: number): Span {
  const s = Math.max(0, seconds)
  if (s < 90) return { unit: 'seconds', n: Math.round(s) }
  if (s < 90 * 60) return { unit: 'minutes', n: Math.round(s / 60) }
  if (s < 36 * 3600) return { unit: 'hours', n: Math.round(s / 3600) }
  return { unit: 'days', n: Math.round(s / 86400) }
}
