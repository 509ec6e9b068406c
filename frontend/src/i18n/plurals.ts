// English words for one and for several. A text with forms, such as '{n} day | {n}
// days', says the one that fits the number in it, whoever asks for it and whether
// the number comes as such or written out (1,234). The first number of a text
// decides; of three forms the first is for none.
import type { MessageContext, MessageFunction } from 'vue-i18n'

/** The form of a text that fits a number; written out, too. */
export function formOf(forms: readonly string[], n: string | number): string {
  const number = Number(String(n).replace(/,/g, ''))
  const [one, other] = forms.slice(-2)
  if (forms.length > 2 && number === 0) return forms[0]!
  return (number === 1 ? one : other) ?? ''
}

/** An argument as it is written. */
const written = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : '')

/** A text with forms as a message; other texts stay as they are. */
function message(text: string): string | MessageFunction<string> {
  const forms = text.split(' | ')
  const first = /\{(\w+)\}/.exec(text)?.[1]
  if (forms.length < 2 || !first) return text
  return (ctx: MessageContext<string>) => formOf(forms, written(ctx.named(first))).replace(/\{(\w+)\}/g, (_, name: string) => written(ctx.named(name)))
}

/** Messages whose texts say the form that fits. */
export function withPlurals<T>(messages: T): T {
  if (typeof messages === 'string') return message(messages) as T
  if (Array.isArray(messages)) return messages as T
  return Object.fromEntries(Object.entries(messages as object).map(([k, v]) => [k, withPlurals<unknown>(v)])) as T
}
