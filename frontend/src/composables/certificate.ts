import { download } from '@/api/download'
import { useSaidAttempt } from './attempt'

/** Hands out what a draw was made from, for others to draw it again. */
export function useCertificate(): (draw: number) => Promise<boolean> {
  const { attempt } = useSaidAttempt()
  return (draw) =>
    attempt(async () => {
      await download(`/draws/${draw}/certificate`, {}, new AbortController().signal, undefined, `draw-${draw}.json`)
    })
}
