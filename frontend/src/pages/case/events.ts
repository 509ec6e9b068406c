import type { CaseEvent, Finding } from '@/api/types'

/** Events as they come, each correction right behind the record it corrects. */
export function inOrder(events: CaseEvent[]): CaseEvent[] {
  const known = new Set(events.map((e) => e.seq))
  const corrections = new Map<number, CaseEvent[]>()
  for (const e of events) {
    if (!e.corrects || !known.has(e.corrects)) continue
    corrections.set(e.corrects, [...(corrections.get(e.corrects) ?? []), e])
  }
  const out: CaseEvent[] = []
  const place = (e: CaseEvent): void => {
    out.push(e)
    corrections.get(e.seq)?.forEach(place)
  }
  for (const e of events) if (!e.corrects || !known.has(e.corrects)) place(e)
  return out
}

/** Journal numbers that a back-entry finding (V19) rests on. */
export function backEntered(findings: Finding[]): Set<number> {
  return new Set(findings.filter((f) => f.rule === 'V19' && f.state !== 'withdrawn').flatMap((f) => f.evidence))
}
