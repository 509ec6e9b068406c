// What levels that are but numbers or stars may mean: scales of three, four and five
// steps, with the best at either end.
import type { Rating, RatingFileLevel } from '@/api/schema'

export type Level = Rating['level']

/** What somebody says of a level; rows of one that is left out are not taken. */
export type Meant = Level | 'left_out'

/** The steps of a scale, the best first. */
const STEPS: Record<number, Level[]> = {
  3: ['satisfied', 'fair', 'dissatisfied'],
  4: ['very_satisfied', 'satisfied', 'fair', 'dissatisfied'],
  5: ['very_satisfied', 'satisfied', 'fair', 'dissatisfied', 'very_dissatisfied'],
}

export interface Scale {
  steps: number
  /** Whether the highest number is the best. */
  up: boolean
  /** What each level of the file means, by its key. */
  meaning: Record<string, Meant>
}

/** The scales that the asked levels of a file fit into. Stars go up. */
export function scalesOf(values: readonly RatingFileLevel[]): Scale[] {
  const asked = values.filter((v) => v.number || v.stars || v.asked)
  const numbers = asked.map((v) => v.number ?? v.stars ?? 0)
  if (numbers.length === 0 || numbers.some((n) => n < 1 || n > 5)) return []
  const stars = asked.every((v) => v.stars)
  return Object.entries(STEPS)
    .filter(([steps]) => Number(steps) >= Math.max(...numbers))
    .flatMap(([steps, levels]) =>
      (stars ? [true] : [false, true]).map((up) => ({
        steps: Number(steps),
        up,
        meaning: Object.fromEntries(asked.map((v, i) => [v.key, levels[up ? Number(steps) - numbers[i]! : numbers[i]! - 1]!])),
      })),
    )
}
