import { useI18n } from 'vue-i18n'
import type { Change } from '@/api/schema'
import { spanOf } from '@/format/span'
import { useCatalogue } from '@/stores/catalogue'
import { usePrefs } from '@/stores/prefs'

/** Sentences and words that several pages put together from codes. */
export function useWords() {
  const { t, te } = useI18n()
  const prefs = usePrefs()
  const catalogue = useCatalogue()

  /** 5 working days; of seconds, 1 h 30 min. */
  function units(n: number, unit: string): string {
    if (!unit) return String(n)
    if (unit === 'seconds' || unit === 'working_seconds') return t(`term.unit.${unit}`, { n: clockTime(n) })
    return t(`term.unit.${unit}`, { n }, n)
  }

  /** Hours, minutes and seconds of a number of seconds, those that there are. */
  function clockTime(seconds: number): string {
    const parts = [
      ['hours', Math.floor(seconds / 3600)],
      ['minutes', Math.floor((seconds % 3600) / 60)],
      ['seconds', seconds % 60],
    ] as const
    const said = parts.filter(([, n]) => n > 0).map(([unit, n]) => t(`term.clockTime.${unit}`, { n }))
    return said.join(' ') || t('term.clockTime.seconds', { n: 0 })
  }

  /** A count beside another that says its unit; seconds say it themselves. */
  const count = (n: number, unit: string): string => (unit === 'seconds' || unit === 'working_seconds' ? clockTime(n) : String(n))

  /** A limit as such: none of a unit is the same day. */
  function limit(n: number, unit: string): string {
    return n === 0 && unit ? t('term.sameDay') : units(n, unit)
  }

  /** 41 minutes. */
  function span(seconds: number): string {
    const { unit, n } = spanOf(seconds)
    return t(`term.span.${unit}`, { n })
  }

  /** 41 minutes ago; both in ms. */
  function ago(at: number, now: number): string {
    return t('term.ago', { span: span((now - at) / 1000) })
  }

  /** The ground of a pause; what the law does not list stands as the department words it. */
  function pauseKind(kind: string): string {
    return te(`term.pause.${kind}`) ? t(`term.pause.${kind}`) : kind
  }

  /** What stands behind an event's kind: outcome, step, ground of a pause or level of a rating. */
  function kindDetail(kind: string, detail: string | undefined): string {
    if (!detail) return ''
    if (kind === 'decided') return te(`term.outcome.${detail}`) ? t(`term.outcome.${detail}`) : detail
    if (kind === 'paused') return pauseKind(detail)
    if (kind === 'rating') return te(`term.rating.${detail}`) ? t(`term.rating.${detail}`) : detail
    return detail
  }

  /** A change of the stream in a few words. */
  function change(c: Change): string {
    const kind = te(`term.kind.${c.kind}`) ? t(`term.kind.${c.kind}`) : c.kind
    const detail = kindDetail(c.kind, c.detail)
    return detail ? `${kind} · ${detail}` : kind
  }

  /** The text of the page's language. */
  const pick = (zh: string, en: string): string => (prefs.locale === 'en' && en ? en : zh)

  return { units, count, limit, span, ago, pauseKind, kindDetail, change, pick, rule: catalogue.rule, department: catalogue.department }
}
