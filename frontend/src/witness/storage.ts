// Where the witness's memory lies: a browser's own store; in the desktop window a
// file in the user's settings, as web views forget, and its folder is the console's.
import { bridge } from '@/api/desktop'
import { kept as device } from '@/offline/db'
import type { Kept, Storage } from './kept'

const inBrowser: Storage = {
  read: (place) => device.witnessed.get(place),
  change: (place, change) =>
    device.transaction('rw', device.witnessed, async () => {
      const next = change(await device.witnessed.get(place))
      if (next) await device.witnessed.put(next)
      return next
    }),
}

/** The shell's own address of it: app/internal/desktop. */
const placeAddress = (place: string): string => `/~desktop/witness?place=${encodeURIComponent(place)}`

async function readFile(place: string): Promise<Kept | undefined> {
  const answer = await fetch(placeAddress(place))
  if (answer.status === 204) return undefined
  if (!answer.ok) throw new Error(`the window's witness file: ${answer.status}`)
  return (await answer.json()) as Kept
}

/** A window has one page: nothing comes between reading and writing. */
const inWindow: Storage = {
  read: readFile,
  change: async (place, change) => {
    const next = change(await readFile(place))
    if (!next) return undefined
    const answer = await fetch(placeAddress(place), { method: 'PUT', body: JSON.stringify(next) })
    if (!answer.ok) throw new Error(`the window's witness file: ${answer.status}`)
    return next
  },
}

export const storage = (): Storage => (bridge() ? inWindow : inBrowser)
