import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { guardInputMethod } from '@/shell/inputMethod'

const src = join(import.meta.dirname, '../src')

/** Every source file of the pages, with its text. */
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.(ts|vue)$/.test(f))
  .map((f) => ({ name: f.replaceAll('\\', '/'), text: readFileSync(join(src, f), 'utf8') }))

describe('case of input methods: keys during composition belong to the input method', () => {
  const heard = vi.fn()
  guardInputMethod()
  const field = mount(
    defineComponent(() => () => h('form', { onKeydown: heard, onKeyup: heard }, [h('input', { onKeydown: heard })])),
    { attachTo: document.body },
  ).find('input').element
  window.addEventListener('keydown', heard)
  document.addEventListener('keydown', heard, { capture: true })

  const press = (type: string, init: KeyboardEventInit): KeyboardEvent => {
    const e = new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init })
    field.dispatchEvent(e)
    return e
  }

  it('no handler hears of Enter, Escape or an arrow while an input method composes', () => {
    for (const type of ['keydown', 'keyup'])
      for (const key of ['Enter', 'Escape', 'ArrowDown', 'ArrowUp', '1', '/', 'k'])
        for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
          const e = press(type, { key, ...init } as KeyboardEventInit)
          expect(heard, `${type} ${key}`).not.toHaveBeenCalled()
          expect(e.defaultPrevented).toBe(false) // what the input method does with it is its own
        }
  })

  it('all others are heard', () => {
    press('keydown', { key: 'Enter' })
    expect(heard.mock.calls.length).toBe(4)
  })

  it('the guard stands before everything else wherever pages begin', () => {
    for (const { name, text } of sources.filter((s) => s.text.includes('createApp('))) {
      const guard = text.indexOf('guardInputMethod()')
      expect(guard, name).toBeGreaterThan(0)
      expect(guard, name).toBeLessThan(text.indexOf('createApp('))
    }
    expect(existsSync(join(src, 'main.ts'))).toBe(true)
  })

  it('nobody listens to keys where the guard does not reach', () => {
    for (const { name, text } of sources) {
      if (name === 'shell/inputMethod.ts') continue
      // Handlers in the capturing phase of the window, of other windows, and legacy ones.
      expect(text, name).not.toMatch(/@(?:keydown|keyup|keypress)[\w.]*\.capture/)
      expect(text, name).not.toMatch(/addEventListener\(\s*['"]key[^)]*\b(?:true|capture)\b/)
      expect(text, name).not.toMatch(/useEventListener\([^)]*['"]key[^)]*\bcapture\b/)
      expect(text, name).not.toMatch(/\bonkey(?:down|up|press)\s*=/)
    }
  })
})
