import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { asProblem, type Problem } from '@/api/problem'

/** What a form sends, and what was wrong with it the last time. */
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
      problem.value = asProblem(err)
      return false
    } finally {
      busy.value = false
    }
  }

  /** What is wrong with one field; '' where nothing is. */
  const error = (field: string): string => problem.value?.field(field, locale.value) ?? ''

  return { busy, problem, error, attempt }
}
