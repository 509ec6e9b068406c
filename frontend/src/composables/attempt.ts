import { useMessage } from 'naive-ui'
import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { asProblem, isAbort, type Problem } from '@/api/problem'

/**
 * What a person has sent or done, and what was wrong with it the last time: shown
 * by the page, at its fields or in a sentence.
 */
export function useAttempt() {
  const { locale } = useI18n()
  const busy = ref(false)
  const problem = shallowRef<Problem>()

  /** Whether it went well. */
  async function attempt(call: () => Promise<void>): Promise<boolean> {
    busy.value = true
    problem.value = undefined
    try {
      await call()
      return true
    } catch (err) {
      // What the page itself gave up is no problem.
      if (!isAbort(err)) problem.value = asProblem(err)
      return false
    } finally {
      busy.value = false
    }
  }

  /** What is wrong with one field; '' where nothing is. */
  const error = (field: string): string => problem.value?.field(field, locale.value) ?? ''
  /** All that is wrong; '' where nothing is. */
  const wrong = computed(() => problem.value?.words(locale.value) ?? '')

  return { busy, problem, error, wrong, attempt }
}

/** The same of what has no form to show a problem in: it is said over the page. */
export function useSaidAttempt() {
  const { busy, wrong, attempt: silently } = useAttempt()
  const message = useMessage()

  async function attempt(call: () => Promise<void>): Promise<boolean> {
    const well = await silently(call)
    if (wrong.value) message.error(wrong.value, { duration: 10_000, closable: true })
    return well
  }

  return { busy, attempt }
}
