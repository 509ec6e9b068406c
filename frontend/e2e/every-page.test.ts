// Every page of the demonstration, in both languages, light and dark, on a small and a
// very large screen: no accessibility fault; and there and in other sizes nothing that
// is cut, covered, squeezed or over the edge (fits.ts). The pictures stay in
// build/tmp/screens/pages to be looked at.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, openPage, startBrowser, startConsole, type Running } from './console'
import { sizes, unfit } from './fits'
import { everyPage, follow, settled } from './walk'

const screens = join(import.meta.dirname, '../../build/tmp/screens/pages')

let running: Running
let browser: Browser
let pages: [name: string, path: string][]

beforeAll(async () => {
  mkdirSync(screens, { recursive: true })
  running = await startConsole()
  browser = await startBrowser()
  pages = await everyPage(running)
})

afterAll(async () => {
  await browser?.close()
  await running?.stop()
})

describe.each([
  { locale: 'zh-CN', theme: 'light', width: 1366, height: 768, opened: true },
  { locale: 'en-US', theme: 'dark', width: 1366, height: 768, opened: false },
  { locale: 'zh-CN', theme: 'dark', width: 3840, height: 2160, opened: false },
] as const)('in $locale, $theme, $width × $height', ({ locale, theme, width, height, opened }) => {
  it('B1, M9, M10, M24: is without fault on every page, and fits', async () => {
    const { context, page, errors } = await openPage(browser, locale, { width, height, theme })
    const own = [String(width), width, height] as const
    const wrong: string[] = []
    try {
      for (const [n, [name, path]] of pages.entries()) {
        // Every page is opened by its address once, and by a link else.
        if (opened || path === '/') await page.goto(`${running.address}${path}#k=${running.token}`)
        else await follow(page, path)
        await settled(page)
        // A picture of eight million points takes seconds to be packed without loss.
        await page.screenshot(
          width > 2000
            ? { path: join(screens, `${name}-${locale}-${theme}-${width}.jpg`), type: 'jpeg', quality: 85 }
            : { path: join(screens, `${name}-${locale}-${theme}-${width}.png`) },
        )
        expect(await faults(page), name).toEqual([])
        const others = width > 2000 ? [] : sizes(n, locale, [own[0]])
        wrong.push(...(await unfit(page, name, [own, ...others])))
        await page.setViewportSize({ width, height }) // in which the next one is opened
      }
      expect(wrong).toEqual([])
      expect(errors).toEqual([])
    } finally {
      await context.close()
    }
  })
})
