import { defineStore } from 'pinia'
import { computed, ref, watch, watchEffect } from 'vue'
import { setLocale, type Locale } from '@/i18n'

export type Theme = 'light' | 'dark' | 'auto'

const KEY = 'mingcha.prefs'

interface Kept {
  locale?: Locale
  theme?: Theme
}

function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Kept
  } catch {
    return {} // spoilt by hand, or storage is closed to us
  }
}

/**
 * One rem in px. Windows up to 1440 wide get 14; from there it grows with the
 * width, so that a wall screen of 3840 reads like a desk.
 */
export function rootSize(width: number): number {
  return Math.round(Math.min(28, Math.max(14, 14 + ((width - 1440) * 12) / 2400)) * 2) / 2
}

/** What this person likes: language, theme, and the size that fits the window. */
export const usePrefs = defineStore('prefs', () => {
  const start = kept()
  const locale = ref<Locale>(start.locale ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en'))
  const theme = ref<Theme>(start.theme ?? 'auto')

  const system = matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(system.matches)
  system.addEventListener('change', (e) => (systemDark.value = e.matches))
  const dark = computed(() => (theme.value === 'auto' ? systemDark.value : theme.value === 'dark'))

  const rem = ref(rootSize(innerWidth))
  addEventListener('resize', () => (rem.value = rootSize(innerWidth)))

  watch([locale, theme], () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ locale: locale.value, theme: theme.value }))
    } catch {
      // Storage is closed to us: the choice holds until the page is closed.
    }
  })
  watchEffect(() => setLocale(locale.value))
  watchEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light'
    document.documentElement.style.fontSize = `${rem.value}px`
  })

  return { locale, theme, dark, rem }
})
