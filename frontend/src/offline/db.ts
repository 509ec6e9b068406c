// What a phone keeps by itself: visits that are being written or wait to be sent,
// and that somebody cannot go. It leaves when the console has said that it has it,
// or when the person throws it away. What the device has seen of a console's journal
// stays: see src/witness.
import Dexie, { type EntityTable } from 'dexie'
import type { Declining, FiledSheet } from '@/api/schema'
import type { Kept as Witnessed } from '@/witness/kept'
import type { Owner } from './owner'

/** A sheet without what is only known when it is sent. */
export type SheetFields = Omit<FiledSheet, '$schema' | 'key' | 'photos' | 'conflict_declared' | 'left_at'> & {
  /** '' as long as the person has not said when they left: the moment of handing in. */
  left_at: string
}

/** What the console said of a sheet that it did not take. */
export interface Refusal {
  zh: string
  en: string
  fields: { field: string; zh: string; en: string }[]
}

/** Whose it is: a phone may be lent. */
export interface Draft extends Owner {
  /** The sheet's number, by which the console knows it again. */
  key: string
  /** writing: by the person; waiting: to be sent, and not to be changed any more. */
  state: 'writing' | 'waiting'
  sheet: SheetFields
  /** Said that there is no interest in the department. */
  unbiased: boolean
  changed: number
  refusal?: Refusal
}

/** That somebody cannot go a route: waits to be sent, unless it was refused. */
export interface KeptDeclining extends Owner {
  /** Its number, by which the console knows it again. */
  key: string
  plan: number
  /** The route's day, for when the route itself is gone. */
  date: string
  said: Omit<Declining, '$schema' | 'key'>
  changed: number
  /** An attempt to send it was not answered: it may have arrived. */
  unheard: boolean
  refusal?: Refusal
}

/** When and where a picture was taken, as the camera wrote it. */
export interface Taken {
  at?: string
  lat?: number
  lon?: number
}

export interface KeptPhoto {
  id: number
  /** The draft's key. */
  draft: string
  sha256: string
  /** JPEG without anything but the picture. Not a Blob: some phones' browsers lose those. */
  picture: ArrayBuffer
  taken: Taken
  /** The console has it. */
  sent: 0 | 1
}

class Kept extends Dexie {
  drafts!: EntityTable<Draft, 'key'>
  photos!: EntityTable<KeptPhoto, 'id'>
  declinings!: EntityTable<KeptDeclining, 'key'>
  witnessed!: EntityTable<Witnessed, 'place'>

  constructor() {
    super('mingcha')
    this.version(1).stores({ drafts: 'key, account', photos: '++id, draft' })
    this.version(2)
      .stores({ drafts: 'key, [console+account]', declinings: 'key, [console+account], plan' })
      .upgrade((tx) => tx.table('drafts').toCollection().modify({ console: NO_CONSOLE }))
    this.version(3).stores({ witnessed: 'place' })
  }
}

/** Of what was kept before consoles were told apart. */
const NO_CONSOLE = ''

export const kept = new Kept()

/** Whether somebody may see a draft: their own, or one that may be theirs. */
export const opens = (o: Owner, d: Draft): boolean => d.account === o.account && (d.console === o.console || d.console === NO_CONSOLE)

/** All that somebody may see, by when it was changed. */
export const draftsFor = (o: Owner): Promise<Draft[]> =>
  kept.drafts.where('[console+account]').anyOf([o.console, o.account], [NO_CONSOLE, o.account]).sortBy('changed')

/** What somebody said of routes, by when they said it. */
export const declinedBy = (o: Owner): Promise<KeptDeclining[]> => kept.declinings.where('[console+account]').equals([o.console, o.account]).sortBy('changed')

const WHOSE: Refusal = {
  zh: '这份记录是旧版本写下的，没有记下交给哪个控制台。请核对是您写给这里的，再提交。',
  en: 'An earlier version kept this sheet without noting for which console. Make sure that it is yours and meant for this one, then hand it in.',
  fields: [],
}

/**
 * Settles what was kept for an account's number before consoles were told apart.
 * A browser's origin is one console's, and so is what was kept there. In a window
 * it may be another's: nothing of it is sent before somebody has looked at it.
 */
export async function adopt(o: Owner, several: boolean): Promise<void> {
  const left = kept.drafts.where('[console+account]').equals([NO_CONSOLE, o.account])
  if (!several) await left.modify({ console: o.console })
  else if (o.console !== NO_CONSOLE) await left.modify({ state: 'writing', refusal: WHOSE })
}

/** Takes a draft off the device, photographs and all. */
export async function forget(key: string): Promise<void> {
  await kept.transaction('rw', kept.drafts, kept.photos, async () => {
    await kept.photos.where('draft').equals(key).delete()
    await kept.drafts.delete(key)
  })
}
