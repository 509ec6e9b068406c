// A matter in a few words, for the list and for its own page.
import { useI18n } from 'vue-i18n'
import type { Matter, MatterRow } from '@/api/schema'
import { minute } from '@/format/time'

export function useMatterWords() {
  const { t } = useI18n()

  /** What is wrong, by what it comes from. */
  const wrong: Record<MatterRow['source'], (m: MatterRow) => string> = {
    visit: (m) => t(`visits.category.${m.category}`),
    review: (m) => t('matters.judged', { kind: t(`reviews.kind.${m.category}`) }),
    rating: (m) => t('matters.rated', { level: t(`term.rating.${m.category}`) }),
  }
  const what = (m: MatterRow): string => wrong[m.source](m)

  /** What was ticked: codes of a review, a rating's own words. */
  const ticked = (m: Matter): string[] => (m.source === 'rating' ? m.reasons : m.reasons.map((r) => t(`reviews.reason.${r}`)))

  /** Whose turn it is and until when; nothing of a closed one. */
  function due(m: MatterRow): string {
    return m.due_on ? t(`matters.due.${m.due_on}${m.overdue ? 'Late' : ''}`, { at: minute(m.due_at) }) : ''
  }

  /** How the deadline is marked: passed, or passing by the end of the next working day. */
  const dueMark = (m: MatterRow): string => (m.overdue ? 'late' : m.soon ? 'soon' : '')

  return { what, ticked, due, dueMark }
}
