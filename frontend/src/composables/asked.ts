import { ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'

/** One answer that a page shows: asked for at once, and anew by `load`. What was heard stays while that fails. */
export function useAsked<T>(ask: () => Promise<T>) {
  const answer = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)

  async function load(): Promise<void> {
    loading.value = true
    try {
      answer.value = await ask()
      problem.value = undefined
    } catch (err) {
      problem.value = asProblem(err)
    } finally {
      loading.value = false
    }
  }

  void load()
  return { answer, problem, loading, load }
}
