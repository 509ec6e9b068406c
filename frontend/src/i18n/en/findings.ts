export default {
  title: 'Findings',
  search: 'Beginning of a case number ( / )',
  rule: 'Rule',
  level: 'Level',
  state: 'State',
  raised: 'Raised',
  columns: {
    case_no: 'Case no',
    item: 'Item',
    words: 'Verdict',
    raised: 'Raised',
  },
  list: 'Findings; arrow keys choose, Enter opens the case',
}
