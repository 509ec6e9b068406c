import { computed, ref, shallowRef, watch } from 'vue'
import { api } from '@/api'
import type { Change } from '@/api/schema'
import type { Level } from '@/api/types'
import { useAnswer } from '@/composables/answer'
import { useChanges, useReload } from '@/composables/live'
import { backlog, prepend, type StreamRow } from '@/live/ring'
import { useLive } from '@/stores/live'

/** How many changes are kept in memory, and so how far one can scroll. */
const BOUND = 500
/** More than this in one frame is a flood: then rows do not light up. */
const CALM = 8

const RANK: Record<Level, number> = { none: 0, review: 1, data: 1, warn: 2, yellow: 3, red: 4 }

/** The gravest finding that a change raised; none if it only settled some. */
export function raised(c: Change): Level {
  let worst: Level = 'none'
  for (const f of c.findings ?? []) {
    if (f.state === 'active' && RANK[f.level as Level] > RANK[worst]) worst = f.level as Level
  }
  return worst
}

/** A bad rating (差评): the two worst levels. */
export const isBadRating = (c: Change): boolean => c.kind === 'rating' && (c.detail === 'dissatisfied' || c.detail === 'very_dissatisfied')

/** The stream of events as the board shows it: filters, pause, bounded memory. */
export function useStream() {
  const live = useLive()
  const department = ref('')
  /** Only changes that raised a finding of this level or graver. */
  const level = ref<Level>('none')
  const rows = shallowRef<StreamRow[]>([])
  const held = shallowRef<StreamRow[]>()
  const waiting = ref(0)
  const calm = ref(true)

  const matches = (c: Change): boolean => (department.value === '' || c.department === department.value) && RANK[raised(c)] >= RANK[level.value]
  const filtered = computed(() => (level.value === 'none' ? (held.value ?? rows.value) : (held.value ?? rows.value).filter(matches)))
  const paused = computed(() => held.value !== undefined)

  const { answer: heard, problem, loading, load } = useAnswer((signal) => api.events({ department: department.value, limit: 200 }, signal), department)
  watch(heard, (changes = []) => {
    const got = backlog(changes)
    const newer = rows.value.filter((r) => r.seq > (got[0]?.seq ?? 0) && matches(r))
    rows.value = newer.concat(got).slice(0, BOUND)
  })

  function togglePause(): void {
    held.value = held.value ? undefined : rows.value
    waiting.value = 0
  }

  useChanges((changes) => {
    const mine = department.value === '' ? changes : changes.filter((c) => c.department === department.value)
    if (mine.length === 0) return
    calm.value = mine.length <= CALM
    rows.value = prepend(rows.value, mine, BOUND)
    if (held.value) waiting.value += mine.filter(matches).length
  })
  useReload(() => void load())
  watch(department, () => {
    rows.value = []
    held.value = undefined
  })
  // What happened between the first load and the stream's start is fetched once more.
  watch(
    () => live.state,
    (now, before) => now === 'live' && before !== 'live' && void load(),
  )

  return { department, level, rows: filtered, paused, waiting, calm, loading, problem, load, togglePause }
}
