import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { asProblem, isAbort, type Problem } from '@/api/problem'

/**
 * One answer that a page shows: asked for at once, anew by `load`, and where `of`
 * has another value. A later question makes an earlier one void. What was heard
 * stays while that fails. Nothing is asked where `ask` gives undefined.
 */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T> | undefined, of?: () => unknown) {
  const answer = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  let asking: AbortController | undefined

  async function load(): Promise<void> {
    asking?.abort()
    const mine = (asking = new AbortController())
    const question = ask(mine.signal)
    if (!question) return
    loading.value = true
    try {
      const heard = await question
      if (mine !== asking) return
      answer.value = heard
      problem.value = undefined
    } catch (err) {
      if (mine === asking && !isAbort(err)) problem.value = asProblem(err)
    } finally {
      if (mine === asking) loading.value = false
    }
  }

  onScopeDispose(() => asking?.abort())
  if (of) watch(of, load)
  void load()
  return { answer, problem, loading, load }
}
