export default {
  title: 'Findings',
  search: 'Beginning of a case number ( / )',
  rule: 'Rule',
  level: 'Level',
  state: 'State',
  raised: 'Raised',
  columns: {
    level: 'Level',
    rule: 'Rule',
    case_no: 'Case no',
    department: 'Department',
    item: 'Item',
    words: 'Verdict',
    raised: 'Raised',
    state: 'State',
  },
  list: 'Findings; arrow keys choose, Enter opens the case',
}
