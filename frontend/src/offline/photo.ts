// Photographs as they are sent: small, upright, and with nothing in them but the
// picture. When and where they were taken goes along apart from it.
import exifr from 'exifr/dist/lite.esm.mjs'
import type { Taken } from './db'

/** The longer side, px: a notice on a wall stays legible. */
const LONG_SIDE = 1600
/** What is aimed at and what the console takes at most, bytes. */
const AIM = 600_000
const MOST = 3 << 20

export class NotAPicture extends Error {}

export interface Prepared {
  sha256: string
  picture: ArrayBuffer
  taken: Taken
}

/** Makes a file of the camera or the album ready; rejects with NotAPicture. */
export async function prepare(file: Blob): Promise<Prepared> {
  const taken = await takenOf(file)
  const picture = await scaled(file)
  const sum = await crypto.subtle.digest('SHA-256', picture)
  const sha256 = [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, '0')).join('')
  return { sha256, picture, taken }
}

async function scaled(file: Blob): Promise<ArrayBuffer> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new NotAPicture()
  })
  try {
    const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    let made: Blob | undefined
    for (const quality of [0.82, 0.7, 0.55]) {
      made = await new Promise<Blob>((resolve, reject) => canvas.toBlob((b) => (b ? resolve(b) : reject(new NotAPicture())), 'image/jpeg', quality))
      if (made.size <= AIM) break
    }
    if (!made || made.size > MOST) throw new NotAPicture()
    return await made.arrayBuffer()
  } finally {
    bitmap.close()
  }
}

/** Rounded to about a metre, which fits what is sent beside the picture. */
const degrees = (n: number): number => Math.round(n * 1e5) / 1e5

/** What the camera wrote; a picture without such notes has none. */
export async function takenOf(file: Blob | ArrayBuffer): Promise<Taken> {
  try {
    const found = (await exifr.parse(file, { exif: true, gps: true, reviveValues: false })) as
      { DateTimeOriginal?: string; OffsetTimeOriginal?: string; latitude?: number; longitude?: number } | undefined
    const taken: Taken = {}
    const at = instant(found?.DateTimeOriginal, found?.OffsetTimeOriginal)
    if (at) taken.at = at
    if (Number.isFinite(found?.latitude) && Number.isFinite(found?.longitude)) {
      taken.lat = degrees(found!.latitude!)
      taken.lon = degrees(found!.longitude!)
    }
    return taken
  } catch {
    return {} // notes that cannot be read are no reason to lose the picture
  }
}

/** A camera's "2026:09:22 08:51:04" as an instant; without an offset it is the city's time. */
export function instant(text: string | undefined, offset: string | undefined): string | undefined {
  const m = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text ?? '')
  if (!m) return undefined
  const zone = /^[+-]\d\d:\d\d$/.test(offset ?? '') ? offset : '+08:00'
  const at = new Date(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}${zone}`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
