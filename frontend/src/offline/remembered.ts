// What this device remembers of somebody who files visits, so that the sheet
// opens where there is no network. Nothing that could let anybody in.
import type { Department, MyRoute, Session } from '@/api/schema'
import { ownerOf, sameOwner } from './owner'

const KEY = 'mingcha.remembered'

export interface Remembered {
  session?: Session
  departments?: Department[]
  routes?: MyRoute[]
  /** How far the office clock is ahead of this device's, ms. */
  ahead?: number
}

export function remembered(): Remembered {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Remembered
  } catch {
    return {} // spoilt by hand, or storage is closed to us
  }
}

/** Adds to what is remembered. */
export function remember(more: Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...more }))
  } catch {
    // Storage is closed to us: without a network the page then says so.
  }
}

export const filesVisits = (s: Session): boolean => s.signs_in && s.may.includes('fileVisit')

/** Remembers a session of somebody who files visits, and forgets anybody else's. */
export function rememberSession(s: Session): void {
  const known = remembered().session
  if (known && !sameOwner(ownerOf(known), ownerOf(s))) forgetAll()
  if (filesVisits(s)) remember({ session: { ...s, live_token: '' } })
}

export function forgetAll(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Storage is closed to us: nothing is in it.
  }
}
