// What applicants thought of the service, as the live board and the list of
// adapters tell it.
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, openPage, startBrowser, startConsole, type Running } from './console'
import { until } from './process'

const screens = join(import.meta.dirname, '../../build/tmp/screens/ratings')

interface Change {
  seq: number
  kind: string
  detail?: string
  case_id?: number
}

let running: Running
let browser: Browser

const lines = (page: Page) => page.locator('.stream .rows .line')

beforeAll(async () => {
  running = await startConsole()
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  await running?.stop()
})

describe('ratings', () => {
  it.each(['light', 'dark'] as const)('stand on the live board with their level, bad ones by face and word (%s)', async (theme) => {
    const { context, page, errors } = await openPage(browser, 'zh-CN', { width: 1366, height: 768, theme })
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
    await page.screenshot({ path: join(screens, `board-${theme}.png`) })
    expect(await faults(page)).toEqual([])
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
    await page.screenshot({ path: join(screens, 'adapter.png') })
    await context.close()
    expect(errors).toEqual([])
  })
})
