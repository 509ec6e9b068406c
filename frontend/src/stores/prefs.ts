import { useLocalStorage, usePreferredDark, useWindowSize } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, watchEffect } from 'vue'
import { bridge } from '@/api/desktop'
import { setLocale, type Locale } from '@/i18n'
import { usePaper } from '@/print/paper'

export type Theme = 'light' | 'dark' | 'auto'

const KEY = 'mingcha.prefs'

/**
 * One rem in px. Windows up to 1440 wide get 14; from there it grows with the
 * width, so that a wall screen of 3840 reads like a desk.
 */
export function rootSize(width: number): number {
  return Math.round(Math.min(28, Math.max(14, 14 + ((width - 1440) * 12) / 2400)) * 2) / 2
}

/** One rem on paper: 9 points. */
const ON_PAPER = 12

/** What this person likes: language, theme, and the size that fits the window. */
export const usePrefs = defineStore('prefs', () => {
  // What is spoilt by hand, or cannot be kept, holds for this page as if nothing were kept.
  const kept = useLocalStorage<{ locale?: Locale; theme?: Theme }>(KEY, {}, { listenToStorageChanges: false, writeDefaults: false, onError: () => undefined })
  const locale = computed<Locale>({
    // The window is the office's own and begins in Chinese, whatever its system speaks.
    get: () => kept.value.locale ?? (bridge() || navigator.language.startsWith('zh') ? 'zh-CN' : 'en'),
    set: (l) => (kept.value = { locale: l, theme: theme.value }),
  })
  const theme = computed<Theme>({ get: () => kept.value.theme ?? 'auto', set: (th) => (kept.value = { locale: locale.value, theme: th }) })

  const systemDark = usePreferredDark()
  const paper = usePaper()
  const dark = computed(() => !paper.printing && (theme.value === 'auto' ? systemDark.value : theme.value === 'dark'))

  const { width } = useWindowSize()
  const rem = computed(() => (paper.printing ? ON_PAPER : rootSize(width.value)))

  watchEffect(() => setLocale(locale.value))
  watchEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light'
    document.documentElement.style.fontSize = `${rem.value}px`
  })

  return { locale, theme, dark, rem }
})
