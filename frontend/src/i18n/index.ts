import { createI18n } from 'vue-i18n'
import en from './en'
import zh from './zh'

/** What every language must have: the Chinese texts come first. */
export type Messages = typeof zh

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const messages: Record<Locale, Messages> = { 'zh-CN': zh, en }

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Locale,
  fallbackLocale: 'zh-CN',
  messages,
})

export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}
