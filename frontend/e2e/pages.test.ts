// The pages in a real browser against a real console on the demonstration city.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPage, startBrowser, startConsole, until, type Running } from './console'

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

async function call<T>(path: string): Promise<T> {
  const r = await fetch(`${running.address}/api${path}`, { headers: { Authorization: `Bearer ${running.token}` } })
  return (await r.json()) as T
}

const newest = (page: Page): Promise<string> => page.locator('.stream .line .cells').first().innerText()
const state = (page: Page): Promise<string> => page.locator('header .link').innerText()

beforeAll(async () => {
  running = await startConsole()
  browser = await startBrowser()
  await until('the city has cases with findings', async () => (await call<{ total: number }>('/findings?state=active&limit=1')).total > 50)
}, 120_000)

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
    expect(await page.locator('nav').innerText()).toContain('看板')
    expect(await page.locator('.grid > li').count()).toBe(35)
    await until('live', async () => (await state(page)).startsWith('实时'))
    const before = await newest(page)
    await until('an event arrives', async () => (await newest(page)) !== before)
    const fits = await page.evaluate(() => {
      const e = document.documentElement
      return e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight
    })
    expect(fits).toBe(true)
  }, 90_000)

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
  }, 90_000)

  it('opens a case from the stream, and keeps the token out of every address', async () => {
    const page = await open('/')
    const line = page.locator('.stream .line a').first()
    await line.waitFor()
    await page.getByRole('button', { name: '暂停' }).click()
    const no = await line.locator('.case').innerText()
    await line.click()
    await page.locator('.case h1').waitFor()
    expect(await page.locator('.case h1').innerText()).toBe(no)
    expect(page.url()).toMatch(/\/cases\/\d+$/)
    await page.goBack()
    await page.locator('.board').waitFor()
    expect(page.url()).not.toContain(running.token)
  }, 90_000)

  it('speaks English where the browser does', async () => {
    const page = await open('/', 'en-US')
    await page.locator('.board').waitFor()
    expect(await page.locator('nav').innerText()).toContain('Live board')
    const words = await page.locator('.figures').innerText()
    expect(words).toContain('In progress')
    expect(words).not.toMatch(/[\u4e00-\u9fff]/)
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
    expect(await page.locator('.figures').innerText()).toContain('在办')
  }, 90_000)
})

describe('cases', () => {
  it('are walked through and opened by keyboard, far down a long list', async () => {
    const page = await open('/cases')
    await page.locator('.line .no').first().waitFor()
    const { total } = await call<{ total: number }>('/cases?limit=1')
    expect(total).toBeGreaterThan(5_000)
    await page.keyboard.press('End')
    await page.locator('.line.at .no').waitFor()
    expect(await page.locator('.line').count()).toBeLessThan(80) // only the rows in sight exist
    const no = await page.locator('.line.at .no').innerText()
    await page.keyboard.press('Enter')
    await page.locator('.case h1').waitFor()
    expect(await page.locator('.case h1').innerText()).toBe(no)
  }, 90_000)

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
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\n')
    const { total } = await call<{ total: number }>('/cases?text=GH-&limit=1')
    expect(lines.length - 1).toBeGreaterThan(0)
    expect(Math.abs(lines.length - 1 - total)).toBeLessThan(20) // the city goes on meanwhile
  }, 90_000)

  it('show arithmetic, days and a proof that holds', async () => {
    const { rows } = await call<{ rows: { id: string; case_id: number; words_zh: string }[] }>('/findings?rule=V02&state=active&limit=1')
    const finding = rows[0]!
    const page = await open(`/cases/${finding.case_id}`)
    const card = page.locator(`[id="finding-${finding.id}"]`)
    await card.waitFor()
    expect(await card.locator('.lines').innerText()).toBe(finding.words_zh)
    expect(await page.locator('.days .over').count()).toBeGreaterThan(0)
    await fetch(`${running.address}/api/checkpoint`, { method: 'POST', headers: { Authorization: `Bearer ${running.token}` } })
    await card.locator('.seq').first().click()
    await page.getByText('已在本页核验').waitFor()
  }, 90_000)
})

describe('without the console', () => {
  it('a page says so, and comes back by itself with nothing missed', async () => {
    const page = await open('/')
    await until('live', async () => (await state(page)).startsWith('实时'))
    const restarted = running.restart()
    await until('it says that it is cut off', async () => (await state(page)).startsWith('正在重连'))
    await restarted
    await until('live again', async () => (await state(page)).startsWith('实时'))
    const before = await newest(page)
    await until('events go on', async () => (await newest(page)) !== before)
    // Every change that the journal has since then is on the page, in order.
    await page.getByRole('button', { name: '暂停' }).click()
    const shown = (await page.locator('.stream .line .case').allInnerTexts()).slice(0, 10)
    const changes = await call<{ case_no?: string }[]>('/events?limit=1000')
    const all = changes.map((c) => c.case_no ?? '')
    const from = all.findIndex((_, i) => shown.every((no, j) => all[i + j] === no))
    expect(from, `${shown.join()} in ${all.slice(0, 60).join()}`).toBeGreaterThanOrEqual(0)
  }, 120_000)

  it('a wrong token is told what to do', async () => {
    const { context, page } = await openPage(browser, 'zh-CN')
    await page.goto(`${running.address}/#k=wrong`)
    await page.getByText('需要访问令牌').waitFor()
    await context.close()
  }, 60_000)
})
