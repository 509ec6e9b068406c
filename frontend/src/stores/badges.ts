import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api } from '@/api'
import { useLive } from './live'

/** How often at most the left-out reports are counted again, ms. */
const PACE = 10_000

/** Counts beside the rail's entries that the board does not carry. */
export const useBadges = defineStore('badges', () => {
  const live = useLive()
  const overdue = ref(0)
  const rejections = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function count(): Promise<void> {
    const query = { agreement: 'only_ours', limit: 1 }
    const [o, r] = await Promise.all([api.overdue(query), api.rejections(query)])
    overdue.value = o.total
    rejections.value = r.total
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      count().catch(soon)
    }, PACE)
  }

  function start(): void {
    count().catch(soon)
    live.onReload(soon)
    live.onChanges((changes) => {
      const touches = changes.some(
        (c) => c.findings?.length || c.kind === 'rejection_filed' || c.kind === 'overdue_reported',
      )
      if (touches) soon()
    })
  }

  return { overdue, rejections, start }
})
