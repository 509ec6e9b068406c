// What a review plan would draw, reckoned as the console does.
import type { Recent, Share } from '@/api/schema'

export const kinds = ['overdue', 'rejection', 'authorization', 'finding'] as const

/** Days that a period has, of the thirty that were counted. */
const DAYS = { week: 7, month: 30 } as const

/** About how many one period's draws would put up for review. */
export function estimate(every: 'week' | 'month', shares: Share[], recent: Recent[]): number {
  let sum = 0
  for (const { kind, department, count } of recent) {
    const share = shares.find((s) => s.kind === kind && s.department === department) ?? shares.find((s) => s.kind === kind && !s.department)
    const n = Math.round((count * DAYS[every]) / 30)
    if (share) sum += Math.min(n, Math.max(Math.ceil((n * share.percent) / 100), share.at_least))
  }
  return sum
}

/** How many of a kind came about in thirty days, in all or at a department. */
export function recently(recent: Recent[], kind: string, department = ''): number {
  return recent.filter((r) => r.kind === kind && (!department || r.department === department)).reduce((sum, r) => sum + r.count, 0)
}
