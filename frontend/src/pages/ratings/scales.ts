// What levels that are but numbers, letters or stars may mean: scales of three, four and
// five steps, from one or from zero, with the best at either end.
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
  /** What the best is called. */
  best: string
  /** What each level of the file means, by its key. */
  meaning: Record<string, Meant>
}

/** Whole numbers, and letters without a sign, with the word for a step or without. */
const STEP = /^(\d+|[a-z])\s*[分级档等类]?$/

/** The scales that the asked levels of a file fit into. Stars go up, letters down. */
export function scalesOf(values: readonly RatingFileLevel[]): Scale[] {
  const asked = values.filter((v) => v.kind)
  const kind = asked[0]?.kind
  const numbers = asked.map((v) => v.number ?? v.stars ?? 0)
  const zero = kind === 'number' && numbers.includes(0) ? 1 : 0
  if (asked.some((v) => v.kind !== kind || (v.kind !== 'stars' && !STEP.test(v.key))) || numbers.some((n) => n + zero < 1 || n + zero > 5)) return []
  const ends = { number: [false, true], letter: [false], stars: [true] }[kind as 'number' | 'letter' | 'stars'] ?? []
  return Object.entries(STEPS)
    .filter(([steps]) => Number(steps) >= Math.max(...numbers) + zero)
    .flatMap(([steps, levels]) =>
      ends.map((up) => ({
        steps: Number(steps),
        up,
        best: kind === 'letter' ? 'A' : String(up ? Number(steps) - zero : 1 - zero),
        meaning: Object.fromEntries(asked.map((v, i) => [v.key, levels[up ? Number(steps) - numbers[i]! - zero : numbers[i]! + zero - 1]!])),
      })),
    )
}
