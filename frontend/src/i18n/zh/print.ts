export default {
  button: '打印',
  at: '打印时间 {at} · {who}',
  checkpoint: '存证检查点：{at} 签署，至第 {n} 条，根 {root}',
  noCheckpoint: '存证检查点：打印时未取得',
  foot: '{title} · 打印时间 {at}',
  pages: '第 {n} 页，共 {all} 页',
  narrowed: '筛选：{to}',
  all: '共 {n} 条',
  some: '第 {from}–{to} 条，共 {all} 条；全部请用导出',
  someOfMore: '第 {from}–{to} 条，共超过 {all} 条；全部请用导出',
}
