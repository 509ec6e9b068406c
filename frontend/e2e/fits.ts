// What of a page's text does not fit: measured, not looked at. An ordinary run looks
// at each page in one of the sizes, another one with every run and in every language;
// MINGCHA_FULL=1 at all of them.
import type { Page } from 'playwright-core'
import { follow, settled } from './walk'

type Size = readonly [name: string, width: number, height: number]

/** CSS pixels: a laptop of 1366 × 768 magnified twice has half of them. */
const SIZES: readonly Size[] = [
  ['1366', 1366, 768],
  ['1920', 1920, 1080],
  ['3840', 3840, 2160],
  ['200 %', 683, 384],
]

const FULL = Boolean(process.env['MINGCHA_FULL'])
/** Which size an ordinary run begins with; MINGCHA_SIZE has it begin with the same again. */
const FIRST = Number(process.env['MINGCHA_SIZE'] ?? Math.floor(Math.random() * SIZES.length))
if (!FULL) console.log(`e2e/fits: a size a page, MINGCHA_SIZE=${FIRST}`)

/** The sizes in which the n-th page is looked at, besides the ones that are looked at anyhow. */
function sizes(n: number, locale: string, besides: readonly string[]): readonly Size[] {
  const others = SIZES.filter(([name]) => !besides.includes(name))
  return FULL ? others : [others[(FIRST + n + (locale === 'en-US' ? 2 : 0)) % others.length]!]
}

/**
 * What of these pages does not fit in the sizes in which each of them is looked at
 * besides those that are looked at anyhow. Pages of one size follow one another: to
 * lay a page out anew costs more than to open it.
 */
export async function unfitIn(page: Page, pages: readonly [name: string, path: string][], locale: string, besides: readonly string[] = []): Promise<string[]> {
  const wrong: string[] = []
  for (const [size, width, height] of SIZES) {
    const of = pages.filter((_, n) => sizes(n, locale, besides).some(([name]) => name === size))
    if (of.length === 0) continue
    await page.setViewportSize({ width, height })
    // The page that stands there fits the other window, too: its lists measure themselves anew.
    await settled(page)
    wrong.push(...(await unfit(page, `${new URL(page.url()).pathname} made ${size}`)))
    for (const [name, path] of of) {
      await follow(page, path)
      await settled(page)
      wrong.push(...(await unfit(page, `${name} at ${size}`)))
    }
  }
  return wrong
}

/** What does not fit on a page as it stands, in words. */
export async function unfit(page: Page, name: string): Promise<string[]> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  // What is found while rows move, and not any more once they stand, is no fault.
  let found = await misfits(page)
  for (let again = 0; again < 4 && found.length > 0; again++) {
    await page.waitForTimeout(400)
    found = await misfits(page)
  }
  const wrong = found.map((m) => `${name}: ${m.kind} “${m.text}” in ${m.where}`)
  return over > 0 ? [`${name}: ${over} px over the edge`, ...wrong] : wrong
}

export interface Misfit {
  /** cut: part of it is never seen; edge: it hangs over the window's edge; squeezed: a letter a line; covered: something lies over it. */
  kind: 'cut' | 'edge' | 'squeezed' | 'covered'
  text: string
  where: string
}

/**
 * Walks through all text of the page as it stands. What can be scrolled to is no
 * fault. An ellipsis is none where a tooltip has the whole text.
 */
export function misfits(page: Page): Promise<Misfit[]> {
  return page.evaluate(() => {
    /** Half a line: what of a letter may be lost without anybody seeing it. */
    const SLACK = 3
    /** What may be cut or covered, and why. */
    const EXCEPT = [
      '.sr-only', // only read aloud
      '.skip', // comes into sight with the keyboard
      '.n-message-container', // goes by itself
      '.n-base-clear', // an icon
      '.n-input, .n-base-selection', // a field's words lie under the field itself
      '.row.line', // rows scroll under the head; their cells are looked at one by one below
    ]
    const found: Misfit[] = []
    const plain = (s: string): string => s.replace(/\s+/g, ' ').trim()
    const path = (e: Element | null): string => {
      const out: string[] = []
      for (let x = e, n = 0; x && n < 4; x = x.parentElement, n++)
        out.unshift(
          x.tagName.toLowerCase() +
            [...x.classList]
              .slice(0, 3)
              .map((c) => `.${c}`)
              .join(''),
        )
      return out.join(' > ')
    }
    const say = (kind: Misfit['kind'], text: string, e: Element): void => {
      if (found.length < 40) found.push({ kind, text: text.slice(0, 60), where: path(e) })
    }
    const letters = (s: string): string => s.replace(/[\s\p{P}]/gu, '')
    /** Asks for the tooltip as a pointer does: the nearest is shown, and no other. */
    const tooltip = (e: Element, text: string): boolean => {
      e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
      return letters(e.closest('[title]')?.getAttribute('title') ?? '').includes(letters(text))
    }

    /** Whether something stays where it is while the rest scrolls. */
    const stays = (e: Element): boolean => {
      for (let x: Element | null = e; x; x = x.parentElement) if (/sticky|fixed/.test(getComputedStyle(x).position)) return true
      return false
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = plain(node.textContent ?? '')
      const parent = node.parentElement
      if (
        !text ||
        !parent ||
        parent.closest('script, style, noscript, svg, option, title') ||
        !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      )
        continue
      if (EXCEPT.slice(0, 4).some((s) => parent.closest(s)) || getComputedStyle(parent).clipPath === 'inset(50%)') continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const rects = [...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0)
      if (rects.length === 0) continue
      const size = parseFloat(getComputedStyle(parent).fontSize)

      // A letter a line.
      const widest = Math.max(...rects.map((r) => r.width))
      if (rects.length >= 4 && widest < size * 2.2 && text.length > 4) say('squeezed', text, parent)

      // What each ancestor cuts off, from the inside out.
      let [left, top, right, bottom] = [
        Math.min(...rects.map((r) => r.left)),
        Math.min(...rects.map((r) => r.top)),
        Math.max(...rects.map((r) => r.right)),
        Math.max(...rects.map((r) => r.bottom)),
      ]
      let [byX, byY, hidden] = [true, true, false]
      for (let e: Element | null = parent; e && e !== document.body && (byX || byY); e = e.parentElement) {
        const s = getComputedStyle(e)
        const b = e.getBoundingClientRect()
        if (s.position === 'fixed') break
        const scrolls = (o: string): boolean => o === 'auto' || o === 'scroll'
        const cuts = (o: string): boolean => o === 'hidden' || o === 'clip'
        if (byX && cuts(s.overflowX) && (right > b.right + SLACK || left < b.left - SLACK)) {
          if (s.textOverflow === 'ellipsis' && b.width > size * 2 && tooltip(e, text)) {
            left = Math.max(left, b.left)
            right = Math.min(right, b.right)
          } else {
            say('cut', text, parent)
            hidden = true
            break
          }
        }
        if (byY && cuts(s.overflowY) && (bottom > b.bottom + SLACK * 1.5 || top < b.top - SLACK * 1.5)) {
          if (!tooltip(e, text)) {
            say('cut', text, parent)
            hidden = true
            break
          }
          top = Math.max(top, b.top)
          bottom = Math.min(bottom, b.bottom)
        }
        if (scrolls(s.overflowX)) byX = false
        if (scrolls(s.overflowY)) byY = false
      }
      if (hidden) continue
      if (byX && (right > innerWidth + 1 || left < -1)) say('edge', text, parent)
      if (byY && (bottom > innerHeight + SLACK || top < -SLACK)) say('edge', text, parent)

      // What lies over it.
      const r = rects[0]!
      const [x, y] = [Math.min(Math.max(left, r.left + Math.min(r.width / 2, 8)), right), r.top + r.height / 2]
      if (x <= 0 || y <= 0 || x >= innerWidth || y >= innerHeight) continue
      const hit = document.elementFromPoint(x, y)
      if (!hit || hit.contains(parent) || parent.contains(hit) || EXCEPT.some((s) => hit.closest(s) || parent.closest(s))) continue
      if (stays(hit)) continue // what is under it is scrolled out from there
      const seen = (e: Element): boolean => {
        for (let a = e.parentElement; a && a !== document.body; a = a.parentElement) {
          const b = a.getBoundingClientRect()
          if (getComputedStyle(a).overflow !== 'visible' && (y < b.top || y > b.bottom || x < b.left || x > b.right)) return false
        }
        return true
      }
      if (seen(parent)) say('covered', text, parent)
    }
    return found
  })
}
