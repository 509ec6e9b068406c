import { useEventListener, useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { witnessed } from '@/api/witness'
import { officeNow } from '@/offline/now'
import type { Found, Kept } from '@/witness/kept'
import { useLive } from './live'
import { useSession } from './session'

/** Pages are shown first: the first look comes after them, ms. */
const FIRST = 2_500
/** A checkpoint is signed once a day, and when somebody asks for it. */
const RHYTHM = 3_600_000
/** How soon after a look the next one may come, ms. */
const PACE = 60_000

/** The signatures and hashes are worked out by what no page needs to be shown. */
const parts = () => Promise.all([import('@/witness/check'), import('@/witness/storage'), import('@/witness/kept')])

/** What this device has seen of the console's journal, and whether today's extends it. */
export const useWitness = defineStore('witness', () => {
  const sessions = useSession()
  const live = useLive()
  const known = shallowRef<Kept>()
  /** This device keeps nothing: it is no witness. */
  const forgetful = ref(false)
  const differs = computed<Found | undefined>(() => known.value?.differs)
  const place = ref('')
  /** The console was asked. */
  const looked = ref(false)

  let started = false
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The office's time, as far as this page knows it. */
  const now = (): number => (live.board ? live.now : officeNow())

  /** Looks at the console's journal. What cannot be found out now is asked again. */
  async function look(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const session = sessions.session
    if (!session || sessions.asked || !sessions.may('checkpoint')) return
    last = Date.now()
    const [{ check }, { storage }, { placeOf }] = await parts()
    const at = storage()
    place.value = placeOf(session)
    try {
      known.value = (await at.read(place.value)) ?? known.value // what was found holds without a network, too
      forgetful.value = false
    } catch {
      forgetful.value = true
      return
    }
    if (sessions.offline) return
    known.value = await check(place.value, witnessed, at, now())
    looked.value = true
  }

  /** A look that may fail, and one that had nothing to see yet, are made again soon. */
  async function lookQuietly(): Promise<void> {
    const told = await look().then(
      () => known.value !== undefined || forgetful.value,
      () => false,
    )
    if (!told) soon(PACE)
  }

  function soon(wait = Math.max(0, last + PACE - Date.now())): void {
    timer ??= setTimeout(() => void lookQuietly(), wait)
  }

  /** Somebody has made sure why it differs: what the console shows now is gone on from. */
  async function acceptShown(): Promise<void> {
    const [{ accept }, { storage }] = await parts()
    known.value = await accept(place.value, storage(), now())
  }

  const looking = useIntervalFn(() => void lookQuietly(), RHYTHM, { immediate: false })
  useEventListener(document, 'visibilitychange', () => {
    if (started && !document.hidden && Date.now() - last > RHYTHM) soon()
  })

  /** Begins once the pages are there. */
  function start(): void {
    if (started) return
    started = true
    soon(FIRST)
    looking.resume()
    live.onReload(() => soon()) // the console was started anew
  }

  return { known, differs, forgetful, looked, place, look, acceptShown, start }
})
