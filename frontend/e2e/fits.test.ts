// Every page, in both languages, on a laptop, a desk, a wall and magnified twice: on
// the demonstration and on an office of real permits nothing is cut, covered,
// squeezed or over the edge. Measured by the browser itself; see fits.ts. An ordinary
// run looks at each page in one of the sizes, another one with every run and in every
// language; MINGCHA_FULL=1 at all of them.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasLogs, startPermits } from './bpic15'
import { openPage, startBrowser, startConsole, type Running } from './console'
import { misfits } from './fits'
import { everyPage, follow, settled } from './walk'

/** CSS pixels: a laptop of 1366 × 768 magnified twice has half of them. */
const SIZES = [
  ['1366', 1366, 768],
  ['1920', 1920, 1080],
  ['3840', 3840, 2160],
  ['200 %', 683, 384],
] as const

/** Which size an ordinary run begins with; MINGCHA_SIZE has it begin with the same again. */
const FIRST = Number(process.env['MINGCHA_SIZE'] ?? Math.floor(Math.random() * SIZES.length))
const FULL = Boolean(process.env['MINGCHA_FULL'])

/** The sizes in which the n-th page is looked at. */
function sizes(n: number, locale: string): readonly (typeof SIZES)[number][] {
  return FULL ? SIZES : [SIZES[(FIRST + n + (locale === 'en-US' ? 2 : 0)) % SIZES.length]!]
}

/** How long a page takes to fit another window: its lists measure themselves anew. */
const FITS = 150

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser?.close())

const offices = [
  { office: 'the demonstration', start: (): Promise<Pick<Running, 'address' | 'token' | 'call' | 'stop'>> => startConsole(), there: true },
  { office: 'an office of real permits', start: startPermits, there: hasLogs() },
]

if (!FULL) console.log(`e2e/fits: a size a page, MINGCHA_SIZE=${FIRST}`)

describe.each(offices)('B1, M9, M10, M24: on $office', ({ start, there, office }) => {
  if (!there) console.warn(`e2e/fits: ${office} is not looked at: the logs are not in ../shared/data/bpic15`)
  describe.skipIf(!there)('in', () => {
    let running: Awaited<ReturnType<typeof start>>
    beforeAll(async () => {
      running = await start()
    })
    afterAll(() => running?.stop())

    it.each(['zh-CN', 'en-US'] as const)('%s every page fits', async (locale) => {
      const { context, page, errors } = await openPage(browser, locale)
      const wrong: string[] = []
      try {
        await page.goto(`${running.address}/#k=${running.token}`)
        for (const [n, [name, path]] of (await everyPage(running)).entries()) {
          if (path !== '/') await follow(page, path)
          for (const [size, width, height] of sizes(n, locale)) {
            await page.setViewportSize({ width, height })
            await settled(page)
            await page.waitForTimeout(FITS)
            const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
            if (over > 0) wrong.push(`${name} at ${size}: ${over} px over the edge`)
            // What is found while rows move, and not any more once they stand, is no fault.
            let found = await misfits(page)
            for (let again = 0; again < 4 && found.length > 0; again++) {
              await page.waitForTimeout(400)
              found = await misfits(page)
            }
            for (const m of found) wrong.push(`${name} at ${size}: ${m.kind} “${m.text}” in ${m.where}`)
          }
        }
        expect(wrong).toEqual([])
        expect(errors).toEqual([])
      } finally {
        await context.close()
      }
    })
  })
})
