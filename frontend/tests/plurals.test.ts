// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { i18n, setLocale } from '@/i18n'
import en from '@/i18n/en'
import { formOf } from '@/i18n/plurals'

describe('minor 4: English says one and several, wherever a number stands', () => {
  it('whether the number comes as such or written out', () => {
    globalThis.document ??= { documentElement: {} } as Document
    setLocale('en')
    const { t } = i18n.global
    expect(t('term.unit.working_days', { n: 1 })).toBe('1 working day')
    expect(t('term.unit.working_days', { n: '1' })).toBe('1 working day')
    expect(t('term.unit.working_days', { n: '1,234' }, 1)).toBe('1,234 working days')
    expect(t('adapters.restarts', { n: 0 })).toBe('no restarts')
    expect(t('case.strip.skipped', { n: 1 })).toBe('1 day left out')
    setLocale('zh-CN')
    expect(formOf(['{n} day', '{n} days'], '21')).toBe('{n} days')
  })

  it('has a form for one where a plain plural follows a number', () => {
    const without: string[] = []
    const look = (tree: object, at: string): void => {
      for (const [key, v] of Object.entries(tree) as [string, unknown][]) {
        if (typeof v === 'string') {
          if (
            /^\{\w+\} (?:working |calendar |open |more |past )?(?:days|cases|rows|records|matters|files|findings|hours|minutes|items|sheets|departments|adapters)\b/.test(
              v,
            ) &&
            !v.includes(' | ')
          )
            without.push(at + key)
        } else if (v && typeof v === 'object' && !Array.isArray(v)) look(v, `${at}${key}.`)
      }
    }
    look(en, '')
    expect(without).toEqual([])
  })
})
