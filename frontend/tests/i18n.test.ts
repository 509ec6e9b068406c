// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/i18n/en'
import { messages } from '@/i18n/messages'
import zh from '@/i18n/zh'
import { vocabularies } from '@/lists/generated'

type Tree = { [key: string]: string | string[] | Tree }

/** Every text under its whole key; a list of texts counts as one. */
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const out = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out.set(prefix + key, value)
    else if (Array.isArray(value)) out.set(prefix + key, value.join('\n'))
    else for (const [k, v] of flatten(value, `${prefix}${key}.`)) out.set(k, v)
  }
  return out
}

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = join(dir, e.name)
    if (e.isDirectory()) return e.name === 'i18n' ? [] : sources(path)
    return /\.(vue|ts)$/.test(e.name) ? [readFileSync(path, 'utf8')] : []
  })
}

// With the words of the vocabularies, which the server generates.
const chinese = flatten(messages['zh-CN'])
const english = flatten(messages.en)
const written = [...flatten(zh).keys()]
const code = sources('src').join('\n')

// Keys stand in the code as whole literals ('cases.title'), or with a part that
// is only known when it runs (`term.level.${level}`), which must have a fixed
// beginning. Some helpers name the beginning once: title('due') in a function
// that is `t(`cases.columns.${key}`)`.
const literals = new Set([...code.matchAll(/['"`]([a-zA-Z]+(?:\.[a-zA-Z_]+)+)['"`]/g)].map((m) => m[1]!))
const beginnings = [...code.matchAll(/`([a-zA-Z]+(?:\.[a-zA-Z_]+)*\.)\$\{/g)].map((m) => m[1]!)

describe('texts', () => {
  it('are the same keys in both languages', () => {
    expect([...flatten(en).keys()].sort()).toEqual([...written].sort())
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('are nowhere empty', () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('')
  })

  it('take the same arguments in both languages', () => {
    const args = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
    for (const [key, text] of chinese) expect(args(english.get(key)!), key).toEqual(args(text))
  })

  it('exist wherever the code names one', () => {
    const groups = new Set(Object.keys(zh))
    const missing = [...literals].filter((k) => groups.has(k.split('.')[0]!) && !chinese.has(k) && !isGroup(k))
    expect(missing).toEqual([])
    for (const b of beginnings) {
      if (groups.has(b.split('.')[0]!))
        expect(
          [...chinese.keys()].some((k) => k.startsWith(b)),
          b,
        ).toBe(true)
    }
  })

  it('are all used', () => {
    const unused = written.filter((k) => !literals.has(k) && !beginnings.some((b) => k.startsWith(b)))
    expect(unused).toEqual([])
  })

  it('leave the words of vocabularies to the server', () => {
    const generated = Object.entries(vocabularies).flatMap(([name, words]) => words.map((w) => `${name}.${w.key}`))
    expect(generated.length).toBeGreaterThan(100)
    expect(written.filter((k) => generated.includes(k))).toEqual([])
    expect(generated.filter((k) => !chinese.has(k) || !english.has(k))).toEqual([])
  })

  it('have no Chinese in the English ones', () => {
    for (const [key, text] of english) expect(text, key).not.toMatch(/[\u4e00-\u9fff]/)
  })
})

/** Whether a literal names a group of texts, such as a route of the same name. */
function isGroup(key: string): boolean {
  return [...chinese.keys()].some((k) => k.startsWith(`${key}.`))
}
