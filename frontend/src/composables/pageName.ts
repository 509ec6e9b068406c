import { useI18n } from 'vue-i18n'
import { useWords } from '@/composables/words'
import { lists, type ListName } from '@/lists/generated'

/** What a page is called, by its route's name: in words of its own, or as the list is that it shows; else nothing. */
export function usePageName(): (name: string) => string {
  const { t, te } = useI18n()
  const words = useWords()
  return (name) => {
    if (te(`shell.nav.${name}`)) return t(`shell.nav.${name}`)
    return name in lists ? words.pick(lists[name as ListName].zh, lists[name as ListName].en) : ''
  }
}
