import { useMessage } from 'naive-ui'
import { useI18n } from 'vue-i18n'
import { saveEvidence } from '@/api/download'
import { count } from '@/format/number'
import { minute } from '@/format/time'
import type { Found, Kept } from '@/witness/kept'
import { useSaidAttempt } from './attempt'

/** What a difference is in words, and its file. */
export function useEvidence() {
  const { t } = useI18n()
  const message = useMessage()
  const { busy, attempt } = useSaidAttempt()

  /** The sentence that says what does not agree; in the person's language unless one is given. */
  const sentence = (f: Found, locale?: string): string => t(`witness.kind.${f.kind}`, { at: minute(f.signed), n: count(f.size) }, locale ? { locale } : {})

  async function save(f: Found, place: Kept['place']): Promise<void> {
    await attempt(async () => {
      const { evidence, evidenceName } = await import('@/witness/evidence')
      const words = {
        zh: sentence(f, 'zh-CN') + t('witness.advice', {}, { locale: 'zh-CN' }),
        en: `${sentence(f, 'en')} ${t('witness.advice', {}, { locale: 'en' })}`,
      }
      const name = await saveEvidence(evidence(f, place, words), evidenceName(f))
      if (name) message.success(t('witness.saved', { name }))
    })
  }

  return { busy, sentence, save }
}
