// Sends one sheet with its photographs, or that somebody cannot go. It may be
// broken off at any point and done again: the console knows a photograph by its
// hash, and the rest by its key.
import { asProblem, isAbort, type Problem } from '@/api/problem'
import type { FiledSheet } from '@/api/schema'
import { routes, visits } from '@/api/visits'
import { forget, kept, type Draft, type KeptDeclining, type Refusal } from './db'

/** filed: the console has it; refused: the person must correct it; else why it waits. */
export type Sent = 'filed' | 'refused' | 'unreachable' | 'sign_in'

export async function send(draft: Draft): Promise<Sent> {
  try {
    try {
      await hand(draft)
    } catch (err) {
      if (!asProblem(err).fields.some((f) => f.field === 'photos')) throw err
      // The console lost what it had (another folder, a restored backup).
      await kept.photos.where('draft').equals(draft.key).modify({ sent: 0 })
      await hand(draft)
    }
  } catch (err) {
    return settle(err, (refusal) => kept.drafts.update(draft.key, { state: 'writing', refusal }))
  }
  await forget(draft.key)
  return 'filed'
}

async function hand(draft: Draft): Promise<void> {
  const photos = await kept.photos.where('draft').equals(draft.key).sortBy('id')
  for (const p of photos) {
    if (p.sent) continue
    await visits.putPhoto(p.sha256, p.picture, p.taken)
    await kept.photos.update(p.id, { sent: 1 })
  }
  await visits.file(
    sheetOf(
      draft,
      photos.map((p) => p.sha256),
    ),
  )
}

/** The sheet as the console takes it: what was left open is left out. */
export function sheetOf(draft: Draft, photos: string[]): FiledSheet {
  const said = Object.fromEntries(
    Object.entries(draft.sheet).filter(([, v]) => v !== '' && v !== undefined && v !== 0 && !(Array.isArray(v) && v.length === 0)),
  )
  const zeros = { staff_present: draft.sheet.staff_present, staff_required: draft.sheet.staff_required, wait_minutes: draft.sheet.wait_minutes }
  return { ...said, ...zeros, key: draft.key, photos } as FiledSheet
}

export async function sendDeclining(d: KeptDeclining): Promise<Sent> {
  const online = navigator.onLine
  await kept.declinings.update(d.key, { unheard: true })
  try {
    await routes.decline(d.plan, { ...d.said, key: d.key })
  } catch (err) {
    const { status } = asProblem(err)
    if (!online || (status >= 400 && status < 500)) await kept.declinings.update(d.key, { unheard: d.unheard })
    return settle(err, (refusal) => kept.declinings.update(d.key, { refusal }))
  }
  await kept.declinings.delete(d.key)
  return 'filed'
}

/** Who is at fault decides whether it waits or goes back to its writer. */
async function settle(err: unknown, giveBack: (why: Refusal) => PromiseLike<unknown>): Promise<Sent> {
  if (isAbort(err)) return 'unreachable'
  const p: Problem = asProblem(err)
  if (p.status === 401 || p.code === 'must_change' || p.code === 'must_set_up') return 'sign_in'
  if (p.status === 0 || p.status === 408 || p.status === 429 || p.status >= 500) return 'unreachable'
  await giveBack({ zh: p.zh, en: p.en, fields: p.fields })
  return 'refused'
}
