// Every page, in both languages, light and dark, on a small and a very large
// screen: no accessibility fault, nothing that hangs over the edge. The pictures
// stay in build/tmp/screens/pages to be looked at.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, openPage, startBrowser, startConsole, type Running } from './console'
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
  it('is without fault on every page', async () => {
    const { context, page, errors } = await openPage(browser, locale, { width, height, theme })
    try {
      for (const [name, path] of pages) {
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
        const over = await page.evaluate(() => {
          const e = document.documentElement
          return e.scrollWidth - e.clientWidth
        })
        expect(over, `${name}: pixels over the right edge`).toBeLessThanOrEqual(0)
        expect(await faults(page), name).toEqual([])
      }
      expect(errors).toEqual([])
    } finally {
      await context.close()
    }
  })
})
