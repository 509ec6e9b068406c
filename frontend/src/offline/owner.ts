// Whose something on this device is. Account numbers are each console's own, and
// a desktop window shows all consoles under one origin.
import type { Session } from '@/api/schema'

export interface Owner {
  /** The console's name; '' where an earlier version noted none. */
  console: string
  account: number
}

export const ownerOf = (s: Session): Owner => ({ console: s.console ?? '', account: s.account.id })

export const sameOwner = (a: Owner, b: Owner): boolean => a.console === b.console && a.account === b.account
