import type { Event as CaseEvent, Finding } from '@/api/schema'

/** Events by when they happened, each correction right behind the record it corrects. */
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
  const first = events.filter((e) => !e.corrects || !known.has(e.corrects))
  first.sort((a, b) => when(a) - when(b) || a.seq - b.seq).forEach(place)
  return out
}

/** Events without a time stand where the console saw them. */
const when = (e: CaseEvent): number => Date.parse(e.occurred_at ?? e.observed_at ?? '') || 0

/** Journal numbers that a back-entry finding (V19) rests on. */
export function backEntered(findings: Finding[]): Set<number> {
  return new Set(findings.filter((f) => f.rule === 'V19' && f.state !== 'withdrawn').flatMap((f) => f.evidence))
}
