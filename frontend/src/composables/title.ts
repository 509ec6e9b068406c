import { watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'

/** Names the window after what it shows; an empty name leaves it as it is. */
export function useTitle(name: () => string): void {
  const { t } = useI18n()
  watchEffect(() => {
    if (name()) document.title = `${name()} · ${t('shell.name')}`
  })
}
