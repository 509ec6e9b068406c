import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { count } from '@/format/number'
import { day, minute } from '@/format/time'
import { useWitness } from '@/stores/witness'

/** Since when this device is a witness of the journal, and how it agrees; '' as long as nobody has looked. */
export function useWitnessed() {
  const { t } = useI18n()
  const witness = useWitness()
  return computed(() => {
    const k = witness.known
    if (witness.forgetful) return t('witness.forgetful')
    if (!k) return witness.looked ? t('witness.none') : ''
    const when = { since: day(k.since), agreed: minute(k.agreed) }
    return k.differs ? t('witness.differs', when) : t('witness.agrees', { ...when, n: count(k.size) })
  })
}
