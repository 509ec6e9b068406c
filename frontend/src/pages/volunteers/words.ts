// Volunteer supervisors in a few words, for the office's pages and their own.
import { useI18n } from 'vue-i18n'
import type { Grade, Group, TermState, Why } from '@/api/terms'
import type { MyTerm, Term, VolunteerRow } from '@/api/schema'
import type { Fact } from '@/components/FactList.vue'
import { useWords } from '@/composables/words'
import { addDays } from '@/format/time'

export const groups = ['deputy', 'committee', 'investor', 'trader', 'journalist', 'citizen'] as const satisfies readonly Group[]
export const states = ['serving', 'ending', 'coming', 'over', 'unregistered'] as const satisfies readonly TermState[]
export const whys = ['resigned', 'moved', 'inactive', 'dismissed', 'other'] as const satisfies readonly Why[]
export const grades = ['excellent', 'competent', 'basic', 'inadequate'] as const satisfies readonly Grade[]

/** Whether somebody is given what is new. */
export const serves = (v: VolunteerRow): boolean => v.active && (v.state === 'serving' || v.state === 'ending' || v.state === 'unregistered')

/** The last day of a term of so many years; dates are 2026-09-22. */
export function lastDay(first: string, years: number): string {
  const d = new Date(`${first}T00:00:00Z`)
  d.setUTCFullYear(d.getUTCFullYear() + years)
  return Number.isNaN(d.getTime()) ? '' : addDays(d.toISOString().slice(0, 10), -1)
}

export function useTermWords() {
  const { t, locale } = useI18n()
  const words = useWords()
  const list = (all: string[]): string => all.join(locale.value.startsWith('zh') ? '、' : ', ')

  const span = (x: { first: string; until: string }): string =>
    x.until < x.first ? t('volunteers.neverBegan') : t('volunteers.span', { from: x.first, to: x.until })

  function facts(x: Term): Fact[] {
    return [
      { label: t('volunteers.certificate'), value: x.certificate },
      { label: t('volunteers.group.label'), value: t(`volunteers.group.${x.group}`) },
      { label: t('volunteers.work'), value: x.work ?? '' },
      { label: t('volunteers.term'), value: span({ first: x.first, until: x.last }) },
      { label: t('volunteers.barred'), value: list((x.barred ?? []).map(words.department)) },
      {
        label: t('volunteers.endedEarly'),
        value: x.why ? t('volunteers.endedLine', { until: x.until, why: t(`volunteers.why.${x.why}`), reason: x.reason }) : '',
      },
    ]
  }

  const rated = (r: MyTerm['rated']): string =>
    r.ratings ? t('volunteers.rated', { facts: r.facts.toFixed(1), fairness: r.fairness.toFixed(1), n: r.ratings }) : t('volunteers.ratedTooFew')

  function record({ figures: f, rated: r }: Pick<MyTerm, 'figures' | 'rated'>): Fact[] {
    const awaited = f.open + f.open_late
    const sealed: Fact[] = f.to
      ? [
          {
            label: t('volunteers.record.reviews'),
            value: list([
              t('volunteers.record.assigned', { n: f.assigned }),
              t('volunteers.record.given', { n: f.in_time + f.late, late: f.late }),
              ...(awaited ? [t('volunteers.record.awaited', { n: awaited, late: f.open_late })] : []),
              ...(f.interests ? [t('volunteers.record.interests', { n: f.interests })] : []),
              ...(f.handed_over ? [t('volunteers.record.handedOver', { n: f.handed_over })] : []),
            ]),
          },
          {
            label: t('volunteers.record.visits'),
            value: list([t('volunteers.record.filed', { n: f.filed }), ...(f.asked ? [t('volunteers.record.asked', { n: f.asked, done: f.answered })] : [])]),
          },
          {
            label: t('volunteers.record.findings'),
            value: f.findings
              ? t('volunteers.record.found', { n: f.findings, upheld: f.upheld, dropped: f.dropped, open: f.findings - f.upheld - f.dropped })
              : t('common.none'),
          },
        ]
      : []
    return [
      ...sealed,
      { label: t('volunteers.record.training'), value: t('volunteers.hours', { n: f.training_hours }) },
      { label: t('volunteers.record.rated'), value: rated(r) },
      { label: t('volunteers.record.active'), value: f.last_active ?? (f.to ? t('volunteers.record.never', { day: f.to }) : '') },
    ]
  }

  return { span, facts, record, list }
}
