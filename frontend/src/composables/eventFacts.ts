import { useI18n } from 'vue-i18n'
import type { Detail, Event as CaseEvent } from '@/api/schema'
import type { Fact } from '@/components/FactList.vue'
import { minute } from '@/format/time'
import { useWords } from './words'

/** Enum values of the contract by their prefix, and the terms they stand for. */
const ENUMS: [RegExp, string][] = [
  [/^OUTCOME_(\w+)$/, 'outcome'],
  [/^REJECTION_STAGE_(\w+)$/, 'stage'],
  [/^CLOCK_(\w+)$/, 'clock'],
]

/** What a department sent with an event, in labelled words. */
export function useEventFacts() {
  const { t, te, locale } = useI18n()
  const words = useWords()

  const term = (group: string, code: string): string => (te(`term.${group}.${code}`) ? t(`term.${group}.${code}`) : code)

  function value(label: string, raw: string): string {
    for (const [pattern, group] of ENUMS) {
      const found = pattern.exec(raw)?.[1]
      if (found) return term(group, found.toLowerCase())
    }
    const limit = /^(\d+) (working_days|calendar_days|working_hours|seconds|working_seconds)$/.exec(raw)
    if (limit?.[1] && limit[2]) return words.limit(Number(limit[1]), limit[2])
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(raw)) return minute(raw)
    if (raw === 'true' || raw === 'false') return t(raw === 'true' ? 'common.yes' : 'common.no')
    if (label === 'pause.kind') return words.pauseKind(raw)
    if (label === 'application.channel') return term('channel', raw)
    if (label === 'application.applicant_type') return term('applicantType', raw)
    return raw.startsWith('[') ? list(raw) : raw
  }

  function list(raw: string): string {
    try {
      return (JSON.parse(raw) as unknown[]).join(locale.value === 'en' ? ', ' : '、')
    } catch {
      return raw // text that only begins like a list
    }
  }

  /** A field's name; a plain one of every message (case_no) has no message's name before it. */
  function name(label: string): string {
    const whole = label.replaceAll('.', '_')
    const last = label.split('.').at(-1) ?? label
    if (te(`fields.${whole}`)) return t(`fields.${whole}`)
    return te(`fields.${last}`) ? t(`fields.${last}`) : label
  }

  const fact = (d: Detail): Fact => ({ label: name(d.label), value: value(d.label, d.value) })

  /** Everything an event says beside its row. */
  function facts(e: CaseEvent): Fact[] {
    const own: Fact[] = [
      { label: t('case.events.handler'), value: [e.handler, e.post].filter(Boolean).join(' · ') },
      { label: t('term.channel.window'), value: e.window ?? '' },
      { label: t('term.kind.note'), value: e.text ?? '' },
    ]
    return [...own, ...(e.details ?? []).map(fact)]
  }

  return { facts }
}
