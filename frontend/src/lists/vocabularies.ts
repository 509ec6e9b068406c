import { vocabularies, type VocabularyName, type Word } from './generated'

/** The words of a closed set in the order in which people meet them; of some keys only, where they are named. */
export function wordsOf(name: VocabularyName | undefined, keys?: readonly string[]): readonly Word[] {
  const all: readonly Word[] = name ? vocabularies[name] : []
  return keys ? all.filter((w) => keys.includes(w.key)) : all
}

/** Messages, as they are nested. */
interface Messages {
  [key: string]: string | string[] | Messages
}

/** A language's messages with the vocabularies' words in their places: term.level is the group `level` of `term`. */
export function withVocabularies<M extends object>(messages: M, language: 'zh' | 'en'): M {
  const out = { ...messages } as Messages
  for (const [name, words] of Object.entries(vocabularies)) {
    let group = out
    for (const key of name.split('.')) group = group[key] = { ...(group[key] as Messages | undefined) }
    for (const word of words) group[word.key] = word[language]
  }
  return out as M
}
