// Pictures of pages for somebody to look at, in build/tmp/screens: taken where
// MINGCHA_PICTURES=1 asks for them. No test looks at one.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const WANTED = Boolean(process.env['MINGCHA_PICTURES'])

interface Kind {
  /** All of the page, not only what is in sight. */
  fullPage?: boolean
  type?: 'png' | 'jpeg'
}

/** What takes pictures into a folder of their own, by name. It waits until the page has been drawn, picture or not. */
export function pictures(folder: string): (page: Page, name: string, kind?: Kind) => Promise<void> {
  const dir = join(import.meta.dirname, '../../build/tmp/screens', folder)
  if (WANTED) mkdirSync(dir, { recursive: true })
  return async (page, name, { fullPage = false, type = 'png' } = {}) => {
    if (!WANTED) {
      await page.evaluate(() => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))))
      return
    }
    const path = join(dir, `${name}.${type === 'png' ? 'png' : 'jpg'}`)
    await page.screenshot(type === 'png' ? { path, fullPage } : { path, fullPage, type, quality: 85 })
  }
}
