export default {
  title: '异常',
  search: '办件号开头（按 / 键）',
  rule: '规则',
  level: '级别',
  state: '状态',
  raised: '成立日期',
  columns: {
    case_no: '办件号',
    item: '事项',
    words: '核算结论',
    raised: '成立',
  },
  list: '异常列表，上下键选择，回车打开办件',
}
