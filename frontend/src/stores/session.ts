import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api } from '@/api'
import { asProblem, type Problem } from '@/api/problem'
import type { Session } from '@/api/types'

/** Where this page runs, and how it gets the live stream. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const refused = computed(() => problem.value?.status === 401)

  async function load(): Promise<Session> {
    loading.value = true
    try {
      session.value = await api.session()
      problem.value = undefined
      return session.value
    } catch (err) {
      problem.value = asProblem(err)
      throw err
    } finally {
      loading.value = false
    }
  }

  return { session, problem, loading, refused, load }
})
