export default {
  title: '事项目录',
  search: '事项名称或编码（按 / 键）',
  caseType: '办件类型',
  list: '事项列表，上下键选择，回车查看其办件',
  columns: {
    code: '事项编码',
    name: '事项名称',
    department: '部门',
    type: '办件类型',
    promised: '承诺时限',
    statutory: '法定时限',
    hall: '进驻大厅',
    sign: '首席代表签批',
  },
  noLimit: '无',
}
