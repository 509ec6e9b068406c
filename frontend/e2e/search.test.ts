// The search over everything, by names and by their pinyin.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, openPage, readConsole, startBrowser, type Read } from './console'
import { pictures } from './pictures'
import { settled } from './walk'

const shot = pictures('search')

let running: Read
let browser: Browser

beforeAll(async () => {
  running = readConsole()
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
})

interface Authorization {
  auth_no: string
  rep: string
}

describe('minor 10: the search', () => {
  it('minor 10: finds a department by its initials and by its syllables', async () => {
    const { context, page, errors } = await openPage(browser, 'zh-CN')
    await page.goto(`${running.address}/items#k=${running.token}`)
    await settled(page)
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: '全局搜索' })
    for (const typed of ['gaj', 'gonganju', '公安']) {
      await box.fill(typed)
      await page.getByRole('option', { name: /^公安局/ }).waitFor()
    }
    await box.fill('gaj')
    await page.getByRole('option', { name: /^公安局/ }).waitFor()
    await shot(page, 'gaj-zh')
    expect(await faults(page)).toEqual([])
    await page.getByRole('option', { name: /^公安局/ }).click()
    await page.waitForURL(/\/departments\//)
    expect(errors).toEqual([])
    await context.close()
  })

  it('minor 10: finds authorizations and leads to them', async () => {
    const { rows } = await running.call<{ rows: Authorization[] }>('/registers/authorizations?limit=1')
    const { context, page } = await openPage(browser, 'en-US', { width: 1920, height: 1080, theme: 'dark' })
    await page.goto(`${running.address}/items#k=${running.token}`)
    await settled(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(rows[0]!.rep)
    await page.getByText('Chief representatives', { exact: true }).waitFor()
    await shot(page, 'authorization-en-dark')
    expect(await faults(page)).toEqual([])
    await page.getByRole('option', { name: new RegExp(rows[0]!.auth_no.replace(/[[\]()]/g, '\\$&')) }).click()
    await page.waitForURL(/\/registers\/authorizations\?/)
    await page.getByText(rows[0]!.auth_no).filter({ visible: true }).first().waitFor() // what is printed names it, too
    await context.close()
  })
})
