export default {
  button: 'Print',
  at: 'Printed {at} · {who}',
  checkpoint: 'Journal checkpoint: signed {at} for {n} records, root {root}',
  noCheckpoint: 'Journal checkpoint: not at hand when this was printed',
  foot: '{title} · printed {at}',
  pages: 'Page {n} of {all}',
  narrowed: 'Narrowed to: {to}',
  all: '{n} row | {n} rows',
  some: 'Rows {from}–{to} of {all}; export them for all',
  someOfMore: 'Rows {from}–{to} of more than {all}; export them for all',
}
