// What a sheet lets one choose from, in the order in which one meets it in a hall.
import type { FiledSheet, VisitFinding } from '@/api/schema'
import type { Refusal } from '@/offline/db'

export const modes = ['unannounced', 'open', 'online'] as const satisfies readonly FiledSheet['mode'][]
export const badges = ['worn', 'missing', 'unseen'] as const
export const told = ['yes', 'no', 'not_tried'] as const
export const waits = [0, 5, 10, 20, 30, 60] as const
export const attitudes = [1, 2, 3, 4, 5] as const
/** 十公开. */
export const disclosures = ['body', 'item', 'basis', 'procedure', 'conditions', 'materials', 'limit', 'fee_basis', 'fee_standard', 'result'] as const
export const categories = [
  'unmanned',
  'late',
  'no_sign',
  'chatting',
  'refused',
  'attitude',
  'disclosure',
  'slow',
  'other',
] as const satisfies readonly VisitFinding['category'][]
export const severities = ['minor', 'serious'] as const satisfies readonly VisitFinding['severity'][]

/** After so long the console takes a visit no more, ms. */
export const OLDEST = 30 * 86_400_000
export const MOST_PHOTOS = 10

/** What the console said of something that it did not take, sentence by sentence. */
export function refusalWords(r: Refusal | undefined, locale: string): string[] {
  const zh = locale.startsWith('zh')
  return r ? [r, ...r.fields].map((s) => (zh ? s.zh : s.en)) : []
}
