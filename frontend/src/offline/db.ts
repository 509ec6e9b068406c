// What a phone keeps by itself: visits that are being written or wait to be sent.
// They leave it when the console has said that it has them, or when the person
// throws them away.
import Dexie, { type EntityTable } from 'dexie'
import type { FiledSheet } from '@/api/schema'

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

export interface Draft {
  /** The sheet's number, by which the console knows it again. */
  key: string
  /** Whose it is: a phone may be lent. */
  account: number
  /** writing: by the person; waiting: to be sent, and not to be changed any more. */
  state: 'writing' | 'waiting'
  sheet: SheetFields
  /** Said that there is no interest in the department. */
  unbiased: boolean
  changed: number
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

  constructor() {
    super('mingcha')
    this.version(1).stores({ drafts: 'key, account', photos: '++id, draft' })
  }
}

export const kept = new Kept()

/** Takes a draft off the device, photographs and all. */
export async function forget(key: string): Promise<void> {
  await kept.transaction('rw', kept.drafts, kept.photos, async () => {
    await kept.photos.where('draft').equals(key).delete()
    await kept.drafts.delete(key)
  })
}
