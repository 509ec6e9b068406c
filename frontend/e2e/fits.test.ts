// Every page of an office of real permits, in both languages, on a laptop, a desk, a
// wall and magnified twice: nothing is cut, covered, squeezed or over the edge; see
// fits.ts. The demonstration's pages are measured where each of them is looked at
// (every-page.test.ts).
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasLogs, startPermits } from './bpic15'
import { openPage, startBrowser } from './console'
import { unfitIn } from './fits'
import { everyPage, settled } from './walk'

if (!hasLogs()) console.warn('e2e/fits: an office of real permits is not looked at: the logs are not in ../shared/data/bpic15')

describe.skipIf(!hasLogs())('B1, M9, M10, M24: on an office of real permits', () => {
  let running: Awaited<ReturnType<typeof startPermits>>
  let browser: Browser
  beforeAll(async () => {
    ;[running, browser] = await Promise.all([startPermits(), startBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
  })

  it.each(['zh-CN', 'en-US'] as const)('%s every page fits', async (locale) => {
    const { context, page, errors } = await openPage(browser, locale)
    try {
      await page.goto(`${running.address}/#k=${running.token}`)
      await settled(page)
      expect(await unfitIn(page, await everyPage(running), locale)).toEqual([])
      expect(errors).toEqual([])
    } finally {
      await context.close()
    }
  })
})
