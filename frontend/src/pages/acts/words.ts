import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'
import type { Act, ActSubject } from '@/api/schema'
import { useWords } from '@/composables/words'

export const groups = ['opening', 'access', 'export', 'review', 'visit', 'matter', 'rating', 'term', 'setting'] as const
/** Who did it, where it is nobody in particular. */
export const nobodies = ['people', 'here', 'console', 'volunteer'] as const

/** Where an act's subject can be looked at; nowhere: an account is no page. */
function placeOf(about: ActSubject): RouteLocationRaw | undefined {
  switch (about.kind) {
    case 'case':
      return { name: 'case', params: { id: about.id } }
    case 'matter':
      return { name: 'matter', params: { id: about.id } }
    case 'plan':
      return { name: 'changeVisitPlan', params: { id: about.id } }
    case 'department':
      return { name: 'department', params: { code: about.code } }
    case 'rating':
      return { name: 'ratings', query: { rating: about.id } }
    case 'review':
      return { name: 'reviews', query: { text: `#${about.id}`, review: about.id } }
    case 'visit':
      return { name: 'visits', query: { text: `#${about.id}`, visit: about.id } }
  }
  return undefined
}

/** An act in the page's language. */
export function useActWords() {
  const { t } = useI18n()
  const words = useWords()

  const who = (a: Act): string => (a.who === 'account' ? a.name : t(`acts.who.${a.who}`))
  const what = (a: Act): string => words.pick(a.zh, a.en)

  function about(a: Act): string {
    if (!a.about) return ''
    const name = a.about.kind === 'department' ? words.department(a.about.code ?? '') : (a.about.name ?? `#${a.about.id}`)
    return t(`acts.about.${a.about.kind}`, { name })
  }

  const place = (a: Act): RouteLocationRaw | undefined => a.about && placeOf(a.about)

  return { who, what, about, place }
}
