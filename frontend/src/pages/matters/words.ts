// A matter in a few words, for the list and for its own page.
import { useI18n } from 'vue-i18n'
import type { MatterRow } from '@/api/schema'
import { minute } from '@/format/time'

/** In the order in which a matter goes through them. */
export const states = ['assess', 'assigned', 'extension', 'objected', 'replied', 'revisit', 'revisited', 'closed', 'dropped'] as const satisfies readonly MatterRow['state'][]

export function useMatterWords() {
  const { t } = useI18n()

  /** What is wrong. */
  const what = (m: MatterRow): string =>
    m.source === 'visit' ? t(`visits.category.${m.category}`) : t('matters.judged', { kind: t(`reviews.kind.${m.category}`) })

  /** Whose turn it is and until when; nothing of a closed one. */
  function due(m: MatterRow): string {
    return m.due_on ? t(`matters.due.${m.due_on}${m.overdue ? 'Late' : ''}`, { at: minute(m.due_at) }) : ''
  }

  return { what, due }
}
