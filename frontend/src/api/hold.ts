import type { Problem } from './problem'

/** Why a call was refused that will do once the person has done something first. */
export type Hold = 'sign_in' | 'must_change' | 'must_set_up'

type Keeper = (why: Hold) => Promise<void>

let keeper: Keeper | undefined

/** Sets who is asked to let held calls go on; its promise resolves when they may. */
export function holdBy(k: Keeper | undefined): void {
  keeper = k
}

/**
 * What to wait for before the call is made again; undefined where the problem is
 * one for the caller. The console did nothing of a call that it refused so, which
 * makes it safe to repeat whatever it was.
 */
export function held(p: Problem): Promise<void> | undefined {
  if (!keeper) return undefined
  if (p.status === 401 && p.code === 'sign_in') return keeper('sign_in')
  if (p.status === 403 && (p.code === 'must_change' || p.code === 'must_set_up')) return keeper(p.code)
  return undefined
}
