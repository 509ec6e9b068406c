import { onScopeDispose, ref, shallowRef, watch, type WatchSource } from 'vue'
import { asProblem, isAbort, type Problem } from '@/api/problem'

/**
 * One answer that a page shows: asked for at once, anew by `load`, and where
 * something of `of` has another value. A later question makes an earlier one void. What was heard
 * stays while that fails; with `forget` it goes where `of` has another value, as
 * it is of something else then. Nothing is asked where `ask` gives undefined, and
 * what was heard stays.
 */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T> | undefined, of?: WatchSource | WatchSource[], { forget = false } = {}) {
  const answer = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  let asking: AbortController | undefined

  async function hear(anew: boolean): Promise<void> {
    asking?.abort()
    const mine = (asking = new AbortController())
    const question = ask(mine.signal)
    loading.value = question !== undefined
    if (!question) return
    if (anew) answer.value = problem.value = undefined
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

  /** Takes what came in another way, as the answer to a change does: a question under way is void. */
  function take(heard: T): void {
    asking?.abort()
    asking = undefined
    answer.value = heard
    problem.value = undefined
    loading.value = false
  }

  const load = (): Promise<void> => hear(false)

  onScopeDispose(() => asking?.abort())
  if (of) watch(Array.isArray(of) ? of : [of], () => hear(forget))
  void load()
  return { answer, problem, loading, load, take }
}
