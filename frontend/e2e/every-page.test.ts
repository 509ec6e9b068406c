// Every page of the demonstration, in both languages, light and dark, on a small and a
// very large screen: no accessibility fault; and there and in other sizes nothing that
// is cut, covered, squeezed or over the edge (fits.ts).
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, OF_ROOM, openPage, readConsole, startBrowser, type Read } from './console'
import { unfit, unfitIn } from './fits'
import { pictures } from './pictures'
import { everyPage, follow, settled } from './walk'

const shot = pictures('pages')

let running: Read
let browser: Browser
let pages: [name: string, path: string][]

beforeAll(async () => {
  running = readConsole()
  browser = await startBrowser()
  pages = await everyPage(running)
})

afterAll(async () => {
  await browser?.close()
})

describe.each([
  { locale: 'zh-CN', theme: 'light', width: 1366, height: 768, opened: true, rules: undefined },
  { locale: 'en-US', theme: 'dark', width: 1366, height: 768, opened: false, rules: undefined },
  // Its words and its colours were looked at by then.
  { locale: 'zh-CN', theme: 'dark', width: 3840, height: 2160, opened: false, rules: OF_ROOM },
] as const)('in $locale, $theme, $width × $height', ({ locale, theme, width, height, opened, rules }) => {
  it('B1, M9, M10, M24: is without fault on every page, and fits', async () => {
    const { context, page, errors } = await openPage(browser, locale, { width, height, theme })
    const wrong: string[] = []
    try {
      for (const [name, path] of pages) {
        // Every page is opened by its address once, and by a link else.
        if (opened || path === '/') await page.goto(`${running.address}${path}#k=${running.token}`)
        else await follow(page, path)
        await settled(page)
        // One of eight million points takes seconds to be packed without loss.
        await shot(page, `${name}-${locale}-${theme}-${width}`, { type: width > 2000 ? 'jpeg' : 'png' })
        expect(await faults(page, rules), name).toEqual([])
        wrong.push(...(await unfit(page, `${name} at ${width}`)))
      }
      if (width < 2000) wrong.push(...(await unfitIn(page, pages, locale, locale === 'zh-CN' ? ['1366', '3840'] : ['1366'])))
      expect(wrong).toEqual([])
      expect(errors).toEqual([])
    } finally {
      await context.close()
    }
  })
})
