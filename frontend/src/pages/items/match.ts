import type { Item } from '@/api/schema'

/** The items that a filter leaves, in its order; items come by department and code. */
export function matching(items: Item[], q: Record<string, string>): Item[] {
  const text = (q['text'] ?? '').toLowerCase()
  const left = items.filter(
    (i) =>
      (!q['department'] || i.department === q['department']) &&
      (!q['type'] || i.case_type === q['type']) &&
      (!text || i.name.toLowerCase().includes(text) || i.code.toLowerCase().includes(text)),
  )
  const key = q['sort']
  if (!key) return left
  const sign = q['ascending'] === 'true' ? 1 : -1
  const order: Record<string, (a: Item, b: Item) => number> = {
    code: (a, b) => a.code.localeCompare(b.code),
    name: (a, b) => a.name.localeCompare(b.name, 'zh-CN'),
    promised: (a, b) => a.promised - b.promised,
    statutory: (a, b) => a.statutory - b.statutory,
  }
  const by = order[key]
  return by ? left.sort((a, b) => sign * by(a, b)) : left
}
