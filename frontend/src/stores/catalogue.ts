import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from '@/api'
import type { Department, Item, Rule } from '@/api/schema'
import { remember, remembered } from '@/offline/remembered'
import { useLive } from './live'
import { usePrefs } from './prefs'
import { useSession } from './session'

/** What changes seldom: departments' names, rules, items. */
export const useCatalogue = defineStore('catalogue', () => {
  const live = useLive()
  const sessions = useSession()
  const prefs = usePrefs()
  const rules = shallowRef<Rule[]>([])
  const items = shallowRef<Item[]>([])
  let itemsAsked: Promise<void> | undefined

  /** All of the city's, asked for once where the board does not bring them: there is none, or it is of one department. */
  const known = shallowRef<Department[]>([])

  /** Those of which the person sees cases. */
  const departments = computed<Department[]>(() => live.board?.departments ?? known.value)
  const names = computed(() => new Map([...known.value, ...departments.value].map((d) => [d.code, prefs.locale === 'en' && d.name_en ? d.name_en : d.name])))
  const ruleNames = computed(() => new Map(rules.value.map((r) => [r.code, prefs.locale === 'en' ? r.name_en : r.name_zh])))
  const itemNames = computed(() => new Map(items.value.map((i) => [`${i.department}/${i.code}`, i.name])))

  /** A department's name in the page's language; its code where it is unknown. */
  const department = (code: string): string => names.value.get(code) ?? code
  const rule = (code: string): string => ruleNames.value.get(code) ?? code
  const item = (dept: string, code: string): string => itemNames.value.get(`${dept}/${code}`) ?? code

  /** Loads what every page needs. */
  async function load(): Promise<void> {
    try {
      const [r, d] = await Promise.all([api.rules(), live.board && !sessions.session?.account.department ? [] : api.departments()])
      rules.value = r
      known.value = d
      if (sessions.may('fileVisit')) remember({ departments: d })
    } catch (err) {
      const kept = remembered().departments
      if (!sessions.offline || !kept) throw err
      known.value = kept
    }
  }

  /** Loads the items once; a failed attempt is made again by the next page that asks. */
  function loadItems(): Promise<void> {
    itemsAsked ??= api
      .items()
      .then((all) => void (items.value = all))
      .catch((err: unknown) => {
        itemsAsked = undefined
        throw err
      })
    return itemsAsked
  }

  return { departments, rules, items, department, rule, item, load, loadItems }
})
