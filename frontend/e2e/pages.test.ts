// The pages in a real browser against a real console on the demonstration city.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPage, startBrowser, startConsole, type Running } from './console'
import { until } from './process'

let running: Running
let browser: Browser
let close: (() => Promise<void>) | undefined

async function open(path: string, locale: 'zh-CN' | 'en-US' = 'zh-CN') {
  const { context, page, errors } = await openPage(browser, locale)
  close = async () => {
    await context.close()
    expect(errors).toEqual([])
  }
  await page.goto(`${running.address}${path}#k=${running.token}`)
  return page
}

const newest = (page: Page): Promise<string> => page.locator('.stream .line .cells').first().innerText()
const state = (page: Page): Promise<string> => page.locator('header .link').innerText()

beforeAll(async () => {
  // Something happens every second or two until noon, which is half an hour away;
  // as fast as the demonstration runs, the hall would close for lunch meanwhile.
  running = await startConsole({ speed: 4 })
  browser = await startBrowser()
})

afterEach(async () => {
  await close?.()
  close = undefined
})

afterAll(async () => {
  await browser?.close()
  await running?.stop()
})

describe('live board', () => {
  it('moves by itself, in Chinese, without a scroll bar of the page', async () => {
    const page = await open('/')
    await page.locator('.board').waitFor()
    await page.locator('nav').getByText('看板').waitFor()
    await expect.poll(() => page.locator('.grid > li').count()).toBe(35)
    await until('live', async () => (await state(page)).startsWith('实时'))
    const before = await newest(page)
    await until('an event arrives', async () => (await newest(page)) !== before)
    const fits = await page.evaluate(() => {
      const e = document.documentElement
      return e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight
    })
    expect(fits).toBe(true)
  })

  it('stands still while it is paused, and counts what waits', async () => {
    const page = await open('/')
    await page.locator('.stream .line').first().waitFor()
    await page.getByRole('button', { name: '暂停' }).click()
    const held = await newest(page)
    await page.locator('.waiting').waitFor()
    expect(await newest(page)).toBe(held)
    expect(await page.locator('.waiting').innerText()).toMatch(/新到 \d/)
    await page.getByRole('button', { name: '继续' }).click()
    await until('it goes on', async () => (await newest(page)) !== held)
  })

  it('opens a case from the stream, and keeps the token out of every address', async () => {
    const page = await open('/')
    const line = page.locator('.stream .line a').first()
    await line.waitFor()
    await page.getByRole('button', { name: '暂停' }).click()
    await page.locator('.waiting').waitFor() // so the rows stand still
    const no = await line.locator('.case').innerText()
    await line.click()
    await page.locator('.case h1').getByText(no, { exact: true }).waitFor()
    expect(page.url()).toMatch(/\/cases\/\d+$/)
    await page.goBack()
    await page.locator('.board').waitFor()
    expect(page.url()).not.toContain(running.token)
  })

  it('speaks English where the browser does', async () => {
    const page = await open('/', 'en-US')
    await page.locator('.board').waitFor()
    await page.locator('nav').getByText('Live board').waitFor()
    await page.locator('.figures').getByText('In progress').waitFor()
    expect(await page.locator('.figures').innerText()).not.toMatch(/[\u4e00-\u9fff]/)
    // Its marks are no wider than letters, whatever fonts of Chinese there are.
    const wide = await page.evaluate(() => {
      const mark = document.createElement('span')
      mark.style.fontSize = '100px'
      mark.textContent = '’'
      document.body.append(mark)
      const { width } = mark.getBoundingClientRect()
      mark.remove()
      return width
    })
    expect(wide).toBeLessThan(60)
    await page.getByRole('button', { name: 'Language' }).click()
    await page.locator('.figures').getByText('在办').first().waitFor()
  })
})

describe('cases', () => {
  // The city stands still, so that no row moves away under the cursor.
  beforeAll(async () => {
    await running.call('/adapters/city/stop', 'POST')
    await until('the city stands still', async () => (await running.call<{ state: string }[]>('/adapters'))[0]!.state === 'stopped')
  })
  afterAll(() => running.call('/adapters/city/start', 'POST'))

  it('are walked through and opened by keyboard, far down a long list', async () => {
    const page = await open('/cases')
    await page.locator('.line .no').first().waitFor()
    const { total } = await running.call<{ total: number }>('/cases?limit=1')
    expect(total).toBeGreaterThan(5_000)
    await until('the keyboard is in the list', () => page.getByRole('grid').evaluate((e) => e === document.activeElement))
    await page.keyboard.press('End')
    await page.locator('.line.at .no').waitFor()
    expect(await page.locator('.line').count()).toBeLessThan(80) // only the rows in sight exist
    const no = await page.locator('.line.at .no').innerText()
    await page.keyboard.press('Enter')
    await page.locator('.case h1').getByText(no, { exact: true }).waitFor()
  })

  it('keep their filter in the address, and export what it shows', async () => {
    const page = await open('/cases')
    await page.locator('.line .no').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('GH-')
    await until('the filter is in the address', () => page.url().endsWith('/cases?text=GH-'))
    await page.reload()
    await page.locator('.line .no').first().waitFor()
    for (const no of await page.locator('.line .no').allInnerTexts()) expect(no).toMatch(/^GH-/)
    const got = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByText('CSV 表格').click()
    const file = await got
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n')
    const { total } = await running.call<{ total: number }>('/cases?text=GH-&limit=1')
    expect(total).toBeGreaterThan(0)
    expect(lines.length - 1).toBe(total)
  })

  it('show arithmetic, days and a proof that holds', async () => {
    const { rows } = await running.call<{ rows: { id: string; case_id: number; words_zh: string }[] }>('/findings?rule=V02&state=active&limit=1')
    const finding = rows[0]!
    const page = await open(`/cases/${finding.case_id}`)
    const card = page.locator(`[id="finding-${finding.id}"]`)
    await card.waitFor()
    await expect.poll(() => card.locator('.lines').innerText()).toBe(finding.words_zh)
    await page.locator('.days .over').first().waitFor()
    await running.call('/checkpoint', 'POST')
    await card.locator('.seq').first().click()
    await page.getByText('已在本页核验').waitFor()
  })
})

describe('without the console', () => {
  it('a page says so, and comes back by itself with nothing missed', async () => {
    const page = await open('/')
    await until('live', async () => (await state(page)).startsWith('实时'))
    await running.kill()
    await until('it says that it is cut off', async () => (await state(page)).startsWith('正在重连'))
    await running.start()
    await until('live again', async () => (await state(page)).startsWith('实时'))
    const before = await newest(page)
    await until('events go on', async () => (await newest(page)) !== before)
    // Every change that the journal has since then is on the page, in order.
    await page.getByRole('button', { name: '暂停' }).click()
    const shown = (await page.locator('.stream .line .case').allInnerTexts()).slice(0, 10)
    const changes = await running.call<{ case_no?: string }[]>('/events?limit=1000')
    const all = changes.map((c) => c.case_no ?? '')
    const from = all.findIndex((_, i) => shown.every((no, j) => all[i + j] === no))
    expect(from, `${shown.join()} in ${all.slice(0, 60).join()}`).toBeGreaterThanOrEqual(0)
  })

  it('a wrong token is told what to do', async () => {
    const { context, page } = await openPage(browser, 'zh-CN')
    await page.goto(`${running.address}/#k=wrong`)
    await page.getByText('需要访问令牌').waitFor()
    await context.close()
  })
})
