import { useI18n } from 'vue-i18n'
import type { OverdueRow, RejectionRow } from '@/api/schema'
import type { Fact } from '@/components/FactList.vue'
import { minute } from '@/format/time'
import { useWords } from './words'

/** The two sides of a register's row as labelled facts. */
export function useRegisterFacts() {
  const { t } = useI18n()
  const words = useWords()
  const o = (key: string, args: Record<string, unknown> = {}) => t(`registers.overdue.${key}`, args)
  const r = (key: string) => t(`registers.rejections.${key}`)

  /** How far a case ran over by our computation; '' where it did not. */
  function overBy(row: OverdueRow): string {
    if (row.agreement === 'only_theirs') return ''
    return row.over_by > 0 ? t('case.compare.overBy', { n: words.units(row.over_by, row.unit) }) : o('lessThan', { n: words.units(1, row.unit) })
  }

  /** What the department reports: its figure in the page's language, or its own words where no figure can be read in them. */
  function reported(row: OverdueRow): string {
    const over = figure(row)
    const other = otherClock(row)
    return over && other ? o('ofClock', { n: over, clock: other }) : over
  }

  function figure(row: OverdueRow): string {
    if (!row.reported_unit) return row.reported_over_by ?? ''
    const n = row.reported_n ?? 0
    return n > 0 ? t('case.compare.overBy', { n: words.units(n, row.reported_unit) }) : o('lessThan', { n: words.units(1, row.reported_unit) })
  }

  /** The limit that a report is of, where that is not the one beside which it stands. */
  const otherClock = (row: OverdueRow): string =>
    row.reported_clock && row.reported_clock !== 'none' && row.reported_clock !== row.clock ? t(`term.clock.${row.reported_clock}`) : ''

  /** What had run out when the department reported, where that is not what has by now. */
  function reportedFor(row: OverdueRow): string {
    if (row.reported_clock === 'none') return o('reportedEarly')
    const clock = otherClock(row)
    return clock ? o('reportedOther', { clock, other: t(`term.clock.${row.clock}`) }) : ''
  }

  /** Where a case ran on after its report, so that both may have been right. */
  const sinceReport = (row: OverdueRow): string => (row.since_report ? o('since', { n: words.units(row.since_report, row.unit) }) : '')

  function overdueOurs(row: OverdueRow): Fact[] {
    if (row.agreement === 'only_theirs') return []
    return [
      { label: o('columns.clock'), value: row.clock ? t(`term.clock.${row.clock}`) : '' },
      { label: o('columns.due'), value: minute(row.over_at ?? row.due_at) },
      { label: o('ended'), value: row.ended_at ? minute(row.ended_at) : o('stillOpen') },
      { label: o('columns.over'), value: overBy(row) },
      { label: '', value: row.by_registration ? `${t('cases.byRegistration')}：${t('cases.byRegistrationWhy')}` : '' },
      { label: o('paused'), value: row.paused > 0 ? words.units(row.paused, row.unit) : '' },
    ]
  }

  function overdueTheirs(row: OverdueRow): Fact[] {
    if (!row.report_seq) return []
    return [
      { label: o('columns.reportedAt'), value: minute(row.reported_at) },
      { label: o('columns.reported'), value: reported(row) },
      { label: '', value: [reportedFor(row), sinceReport(row)].filter(Boolean).join('；') },
      { label: o('responsible'), value: row.responsible ?? '' },
      { label: o('explanation'), value: row.explanation ?? '' },
    ]
  }

  function rejectionOurs(row: RejectionRow): Fact[] {
    if (row.agreement === 'only_theirs') return []
    return [
      { label: r('columns.stage'), value: t(`term.stage.${row.stage}`) },
      { label: r('columns.decided'), value: minute(row.decided_at) },
      { label: r('columns.reason'), value: row.reason },
      { label: r('legalBasis'), value: row.legal_basis },
      { label: r('remedies'), value: row.remedies_told ? r('remediesTold') : r('remediesUntold') },
      { label: r('notice'), value: row.notice_no },
    ]
  }

  function rejectionTheirs(row: RejectionRow): Fact[] {
    if (!row.filing_seq) return []
    return [
      { label: r('columns.filing'), value: row.filing_no ?? '' },
      { label: r('columns.filed'), value: minute(row.filed_at) },
      { label: r('opinion'), value: row.leader_opinion ?? '' },
    ]
  }

  return { overBy, reported, reportedFor, sinceReport, overdueOurs, overdueTheirs, rejectionOurs, rejectionTheirs }
}
