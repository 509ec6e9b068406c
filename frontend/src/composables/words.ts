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

  /** 5 working days. */
  function units(n: number, unit: string): string {
    return unit ? t(`term.unit.${unit}`, { n }, n) : String(n)
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

  return { units, span, ago, pauseKind, kindDetail, change, pick, rule: catalogue.rule, department: catalogue.department }
}
