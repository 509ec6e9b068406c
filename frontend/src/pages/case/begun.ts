// What a case's clocks start with: the word beside the first day of the strip.
import type { CaseDetail } from '@/api/schema'

export type Begun = 'received' | 'accepted' | 'deemed'

/**
 * The acceptance, unless the clocks start at another moment: of items that count
 * from the receipt, and of cases that ended unaccepted, with the receipt; where
 * nothing was said in time (Licensing Law art. 32), with what counts as acceptance.
 */
export function begunWith({
  case: c,
  promised,
  statutory,
}: Pick<CaseDetail, 'case'> & { promised: { started_at?: string }; statutory: { started_at?: string } }): Begun {
  const start = promised.started_at ?? statutory.started_at
  if (!start || start === c.accepted_at) return 'accepted'
  if (c.deemed_accepted) return 'deemed'
  return 'received'
}
