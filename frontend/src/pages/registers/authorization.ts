import { useI18n } from 'vue-i18n'
import type { AuthorizationRow } from '@/api/schema'
import { addDays, day } from '@/format/time'

/** What an authorization says, in words. */
export function useAuthorizationWords() {
  const { t, te, locale } = useI18n()

  function items(row: AuthorizationRow): string {
    const n = row.items.length
    return n === 0 ? t('registers.authorizations.allItems') : t('registers.authorizations.someItems', { n }, n)
  }

  function powers(row: AuthorizationRow): string {
    const one = (p: string) => (te(`term.power.${p}`) ? t(`term.power.${p}`) : p)
    return row.powers.map(one).join(locale.value === 'en' ? ', ' : '、')
  }

  /** The last day that it holds; the API's end is exclusive. */
  function until(row: AuthorizationRow): string {
    return row.valid_to ? addDays(day(row.valid_to), -1) : t('registers.authorizations.forever')
  }

  return { items, powers, until }
}
