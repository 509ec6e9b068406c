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

  /** What the department reports, spaced as our own figures are. */
  const reported = (row: OverdueRow): string => {
    const said = (row.reported_over_by ?? '').replace(/(\d)\s*(?=[\u4e00-\u9fff])/g, '$1 ')
    return /^\d/.test(said) ? t('case.compare.overBy', { n: said }) : said
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
      { label: o('paused'), value: row.paused > 0 ? words.units(row.paused, row.unit) : '' },
    ]
  }

  function overdueTheirs(row: OverdueRow): Fact[] {
    if (!row.report_seq) return []
    return [
      { label: o('columns.reportedAt'), value: minute(row.reported_at) },
      { label: o('columns.reported'), value: reported(row) },
      { label: '', value: sinceReport(row) },
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

  return { overBy, reported, sinceReport, overdueOurs, overdueTheirs, rejectionOurs, rejectionTheirs }
}
