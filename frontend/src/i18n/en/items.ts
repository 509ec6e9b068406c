export default {
  title: 'Items',
  search: 'Name or code of an item ( / )',
  caseType: 'Case type',
  list: 'Items; arrow keys choose, Enter shows its cases',
  columns: {
    code: 'Item code',
    name: 'Name',
    department: 'Department',
    type: 'Case type',
    promised: 'Promised',
    statutory: 'Statutory',
    hall: 'In the hall',
    sign: 'Signed at window',
  },
  noLimit: 'none',
}
