// What both registers of two tellings can be narrowed by.
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FilterLayout } from '@/lists/layout'

export function useRegisterFilters(): ComputedRef<FilterLayout[]> {
  const { t } = useI18n()
  // What was not reported comes first.
  const agreements = () =>
    (['only_ours', 'late', 'awaited', 'both', 'only_theirs', 'no_duty'] as const).map((value) => ({ value, label: t(`term.agreement.${value}`) }))
  return computed(() => [
    { name: 'text', label: t('registers.search') },
    { name: 'department', label: t('common.filter.department') },
    { name: 'agreement', label: t('registers.agreement'), options: agreements() },
  ])
}
