// The file that somebody saves when a journal does not agree with what they saw:
// mingcha-audit --evidence checks it.
import type { Found } from './kept'

const signed = (s: { note: string; key: string } | null) => s && { note: s.note, public_key: s.key }

export function evidence(f: Found, place: string, words: { zh: string; en: string }): string {
  return `${JSON.stringify(
    {
      form: 'mingcha witness evidence v1',
      kind: f.kind,
      ...words,
      place,
      found_at: new Date(f.at).toISOString(),
      saw: signed(f.saw),
      shown: signed(f.shown),
      proof: f.proof,
      because: f.because || undefined,
    },
    null,
    2,
  )}\n`
}

/** The file's name, by the day on which it was found. */
export const evidenceName = (f: Found): string => `mingcha-evidence-${new Date(f.at).toISOString().slice(0, 10)}.json`
