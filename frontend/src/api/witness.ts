import { client, got, unheld } from './client'
import { Problem } from './problem'

/** What the witness asks: not held as other calls are, as it asks again by itself. */
export const witnessed = {
  /** The latest checkpoint with its key; null: the console says that there is none. */
  checkpoint: async () => {
    try {
      const c = await got(client.GET('/api/checkpoint', unheld))
      return { note: c.note, key: c.public_key }
    } catch (err) {
      if (err instanceof Problem && err.code === 'no_checkpoint') return null
      throw err
    }
  },
  consistency: (from: number, to: number) => got(client.GET('/api/checkpoint/consistency', { params: { query: { from, to } }, ...unheld })),
}
