// What applicants thought of the service, as the live board and the list of
// adapters tell it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, OF_COLOUR, openPage, readConsole, startBrowser, type Read } from './console'
import { pictures } from './pictures'
import { until } from './process'

const shot = pictures('ratings')

interface Change {
  seq: number
  kind: string
  detail?: string
  case_id?: number
}

let running: Read
let browser: Browser

const lines = (page: Page) => page.locator('.stream .rows .line')

beforeAll(async () => {
  running = readConsole()
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
})

describe('ratings', () => {
  it('stand on the live board with their level, bad ones by face and word, light and dark', async () => {
    const { context, page, errors } = await openPage(browser, 'zh-CN')
    // A bad one is rare: the newest events of cases stand in for one of each level.
    await page.route('**/api/events?*', async (route) => {
      const changes = (await (await route.fetch()).json()) as Change[]
      const levels = ['very_dissatisfied', 'dissatisfied', 'fair', 'satisfied', 'very_satisfied']
      for (const c of changes.filter((x) => x.case_id).slice(0, levels.length)) Object.assign(c, { kind: 'rating', detail: levels.shift() })
      await route.fulfill({ json: changes })
    })
    await page.goto(`${running.address}/#k=${running.token}`)
    await lines(page).first().waitFor()
    await page.getByRole('button', { name: '暂停' }).first().click()
    const bad = page.locator('.stream .line.bad').first()
    await until('a bad rating is in sight', async () => {
      await page.locator('.stream .scroller').evaluate((e) => e.scrollBy(0, 120))
      return (await bad.count()) > 0
    })
    await bad.getByText('差评 · 非常不满意').waitFor()
    expect(await bad.locator('svg.face').count()).toBe(1)
    expect(await bad.locator('a').getAttribute('href')).toMatch(/\/cases\/\d+/)
    await shot(page, 'board-light')
    expect(await faults(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await shot(page, 'board-dark')
    expect(await faults(page, OF_COLOUR)).toEqual([])
    await page.unrouteAll({ behavior: 'ignoreErrors' }) // what it still asks for is not answered any more
    await context.close()
    expect(errors).toEqual([])
  })

  it('are one of the streams of an adapter', async () => {
    const { context, page, errors } = await openPage(browser, 'zh-CN')
    await page.goto(`${running.address}/departments?tab=adapters#k=${running.token}`)
    await page
      .locator('.streams li', { hasText: '好差评' })
      .getByText(/\d+ 条/)
      .waitFor()
    await shot(page, 'adapter')
    await context.close()
    expect(errors).toEqual([])
  })
})
