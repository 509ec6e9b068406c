import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { api } from '@/api'
import { matters as mattersApi } from '@/api/matters'
import { routes } from '@/api/visits'
import { useLive } from './live'
import { useSession } from './session'

/** How often at most badges are counted again, ms. */
const PACE = 10_000
/** How often at least: not all that is counted is told of by the stream, such as records set aside. */
const ANYHOW = 30_000

/** Counts beside the rail's entries that the board does not carry. */
export const useBadges = defineStore('badges', () => {
  const live = useLive()
  const sessions = useSession()
  const overdue = ref(0)
  const rejections = ref(0)
  const matters = ref(0)
  const mattersOverdue = ref(0)
  const mattersOpen = ref(0)
  const visitPlans = ref(0)
  const quarantine = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function count(): Promise<void> {
    const query = { agreement: 'only_ours', limit: 1 }
    const [o, r, m, v, q] = await Promise.all([
      sessions.may('overdueRegister') ? api.overdue(query) : undefined,
      sessions.may('rejectionRegister') ? api.rejections(query) : undefined,
      sessions.may('matterCounts') ? mattersApi.counts() : undefined,
      sessions.may('visitPlanCounts') ? routes.counts() : undefined,
      sessions.may('quarantine') ? api.quarantine({ limit: 1 }) : undefined,
    ])
    overdue.value = o?.total ?? 0
    rejections.value = r?.total ?? 0
    matters.value = m?.waiting ?? 0
    mattersOverdue.value = m?.overdue ?? 0
    mattersOpen.value = m?.open ?? 0
    visitPlans.value = (v?.late ?? 0) + (v?.declined ?? 0)
    quarantine.value = q?.total ?? 0
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      count().catch(soon)
    }, PACE)
  }

  const recount = (): void => void count().catch(soon)

  function start(): void {
    recount()
    setInterval(soon, ANYHOW)
    watch(() => live.board?.act_seq, soon)
    watch(() => live.quarantined, soon)
    live.onReload(soon)
    live.onChanges((changes) => {
      const touches = changes.some((c) => c.findings?.length || c.kind === 'rejection_filed' || c.kind === 'overdue_reported')
      if (touches) soon()
    })
  }

  return { overdue, rejections, matters, mattersOverdue, mattersOpen, visitPlans, quarantine, start, recount }
})
