import { withVocabularies } from '@/lists/vocabularies'
import en from './en'
import zh from './zh'

/** What every language must have: the Chinese texts come first. */
export type Messages = typeof zh

export const messages: Record<'zh-CN' | 'en', Messages> = {
  'zh-CN': withVocabularies(zh, 'zh'),
  en: withVocabularies<Messages>(en, 'en'),
}
