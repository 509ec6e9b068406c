import type { Column } from '@/components/table'

/** The filters of the cases list as its address and the API name them. */
export const FILTERS = ['department', 'item', 'state', 'level', 'overdue', 'text', 'received_from', 'received_to', 'due_from', 'due_to'] as const

export function caseColumns(t: (key: string) => string): Column[] {
  const title = (key: string) => t(`cases.columns.${key}`)
  return [
    { key: 'case_no', title: title('case_no'), width: '11rem', sort: 'case_no' },
    { key: 'level', title: title('level'), width: '5.8rem' },
    { key: 'department', title: title('department'), width: 'minmax(6.5rem, 0.8fr)' },
    { key: 'item', title: title('item'), width: 'minmax(9rem, 2fr)' },
    { key: 'applicant', title: title('applicant'), width: 'minmax(6rem, 1fr)', from: 95 },
    { key: 'state', title: title('state'), width: '8.5rem' },
    { key: 'used', title: title('used'), width: '7.4rem', align: 'end' },
    { key: 'received', title: title('received'), width: '7.2rem', sort: 'received' },
    { key: 'due', title: title('due'), width: '7.2rem', sort: 'due' },
    { key: 'ended', title: title('ended'), width: '7.2rem', sort: 'ended' },
    { key: 'handler', title: title('handler'), width: '5rem', from: 82 },
  ]
}
