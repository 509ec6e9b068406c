// What is printed: everything of a page, in light colours, on A4. While paper is
// laid out, pages show what they keep folded on screen and lists show their rows.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { api } from '@/api'
import type { Checkpoint } from '@/api/schema'
import { useSession } from '@/stores/session'

/** How long printing waits for the latest checkpoint; after that the one that is known stands on paper. */
const PATIENCE = 1_500
/** How long it waits for the rows of a list; after that those in sight are printed, and the sheet says so. */
const LONGEST = 20_000

export const usePaper = defineStore('paper', () => {
  const sessions = useSession()
  const printing = ref(false)
  /** When it is printed, in office time by the store's user. */
  const checkpoint = shallowRef<Checkpoint>()

  /** Learns the latest signed checkpoint, for what is printed next. */
  async function learn(): Promise<void> {
    if (!sessions.may('checkpoint')) return
    try {
      checkpoint.value = (await api.checkpoint()) ?? undefined
    } catch {
      // What is known stays, and says of which moment it is.
    }
  }

  /** What has to be there before paper is laid out, such as the rows of a long list that are not in sight. */
  const preparing = new Set<() => Promise<void>>()
  function prepare(task: () => Promise<void>): () => void {
    preparing.add(task)
    return () => preparing.delete(task)
  }

  /** Prints the page that is shown. */
  async function print(): Promise<void> {
    const patient = (task: Promise<void>, ms: number) => Promise.race([task, new Promise((resolve) => setTimeout(resolve, ms))])
    await Promise.all([patient(learn(), PATIENCE), ...[...preparing].map((task) => patient(task(), LONGEST))])
    window.print()
  }

  return { printing, checkpoint, learn, prepare, print }
})
