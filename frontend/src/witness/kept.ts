// What a device keeps of what it has seen of a console's journal. It is kept for the
// place where the console was reached, and not for an account: what one person saw
// there is evidence for whoever signs in next. It tells nothing but how long the
// journal was and its hash, and so survives a sign-out.
import type { Session } from '@/api/schema'
import { bridge } from '@/api/desktop'
import type { Difference, Signed } from './compare'

/** A difference, with what the device had seen before. */
export interface Found extends Difference {
  saw: Signed
  /** That checkpoint's number of records, and when it was signed. */
  size: number
  signed: string
  /** When it was found, ms of the office's clock as the page shows it. */
  at: number
}

export interface Kept extends Signed {
  place: string
  /** The checkpoint's number of records and when it was signed, as they stand in the note. */
  size: number
  signed: string
  /** Since when this device is a witness of this journal, and when it last agreed, ms. */
  since: number
  agreed: number
  /** What does not agree now. */
  differs?: Found
  /** What did not agree before, the latest last: it was set right, or somebody has accepted it. */
  past: Found[]
}

/** How many settled differences stay. */
export const MOST_PAST = 10

/** Where a device keeps it. */
export interface Storage {
  read: (place: string) => Promise<Kept | undefined>
  /** Puts in the place of what is kept what the change makes of it; gives what is kept then. */
  change: (place: string, change: (k: Kept | undefined) => Kept | undefined) => Promise<Kept | undefined>
}

/** Where a session's console is reached: behind one address of browsers, in one folder, or at a console elsewhere. */
export function placeOf(s: Pick<Session, 'remote' | 'data_folder'>): string {
  if (!bridge()) return location.origin
  return s.remote ? `https://${s.remote}` : s.data_folder
}
