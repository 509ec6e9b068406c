import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api } from '@/api'
import { holdBy, type Hold } from '@/api/hold'
import { asProblem, type Problem } from '@/api/problem'
import type { Session } from '@/api/schema'
import { officeTime } from '@/format/time'
import { heardNow } from '@/offline/now'
import { ownerOf, sameOwner } from '@/offline/owner'
import { filesVisits, forgetAll, remembered, rememberSession } from '@/offline/remembered'

/** Whether both are the same person with the same rights. */
function same(a: Session, b: Session): boolean {
  return sameOwner(ownerOf(a), ownerOf(b)) && a.account.role === b.account.role && a.account.department === b.account.department
}

/** Where this page runs, who uses it, and what they may do. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const refused = computed(() => problem.value?.status === 401)
  /** The console could not be reached: the session is what this device remembers of it. */
  const offline = ref(false)
  /** What the person has to do before anything goes on. */
  const asked = ref<Hold>()

  let waiting: Promise<void> | undefined
  let release: (() => void) | undefined

  function hold(why: Hold): Promise<void> {
    asked.value = why
    waiting ??= new Promise((resolve) => (release = resolve))
    return waiting
  }
  holdBy(hold)

  /** Takes a session over; whoever is somebody else begins with an empty page. */
  function take(s: Session): void {
    if (session.value && !same(session.value, s)) {
      location.reload()
      return
    }
    session.value = s
    offline.value = false
    rememberSession(s)
    officeTime(s.clock.now)
    if (filesVisits(s)) heardNow(s.clock.now)
    if (s.must_change || s.must_set_up) {
      void hold(s.must_change ? 'must_change' : 'must_set_up')
      return
    }
    asked.value = undefined
    release?.()
    waiting = release = undefined
  }

  /** The session, once there is one that may go on. */
  async function load(): Promise<Session> {
    loading.value = true
    try {
      take(await api.session())
      await waiting
      problem.value = undefined
      return session.value!
    } catch (err) {
      const p = asProblem(err)
      const known = p.code === 'unreachable' ? remembered().session : undefined
      if (known) {
        session.value ??= known
        offline.value = true
        return session.value
      }
      problem.value = p
      throw err
    } finally {
      loading.value = false
    }
  }

  /** Rejects with the Problem that the sign-in card shows. */
  async function signIn(login: string, password: string, code?: string): Promise<void> {
    await api.signIn(login, password, code)
    await goOn()
  }

  /** Takes the session as it is now, after what was asked for is done. */
  async function goOn(): Promise<void> {
    take(await api.sessionNow())
  }

  /** What people do about how they sign in: not held as other calls are, as what it would wait for includes itself. */
  async function own<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (err) {
      if (asProblem(err).code === 'sign_in') void hold('sign_in')
      throw err
    }
  }

  /** Rejects with the Problem that the password's form shows. */
  async function changePassword(current: string, next: string): Promise<void> {
    await own(() => api.changePassword(current, next))
    await goOn()
  }

  /** Leaves nothing of what was seen in the page's memory. */
  async function signOut(): Promise<void> {
    try {
      await api.signOut()
    } catch (err) {
      if (asProblem(err).code !== 'sign_in') throw err // else it had ended already
    }
    forgetAll()
    location.assign('/')
  }

  /** Whether the person's role allows an operation of the API. */
  const allowed = computed(() => new Set(session.value?.may))
  const may = (operation: string): boolean => allowed.value.has(operation)

  return { session, problem, loading, refused, offline, asked, load, signIn, goOn, own, changePassword, signOut, may }
})
