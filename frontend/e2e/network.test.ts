// The office network's switch as the head sees it in the window: what stands in
// the way, open, who is cut off, and why it did not open. The window itself, its
// real port and its certificate are what build/scripts/window-test.sh and package
// serving's tests are about; here the pages are told what such a window answers.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkState } from '../src/api/schema'
import { faults, openPage, quiet, readConsole, said, startBrowser, type Read } from './console'
import { pictures } from './pictures'

const shot = pictures('network')

const CLOSED: NetworkState = { state: 'closed', port: 8617, addresses: [], warnings: [], signed_in: 0, connected: 0, has_head: true }
const OPEN: NetworkState = {
  ...CLOSED,
  state: 'open',
  addresses: ['https://192.168.1.20:8617/', 'https://mingcha-office:8617/'],
  certificate: {
    fingerprint: '98A9 0F95 3F8B 4A52 44B0 ED9A 1ABE D7EE EB6B 1A0F 7125 D623 A025 13AE B236 ABB6',
    ends: '2027-12-26T00:00:00Z',
    self_made: true,
  },
  signed_in: 12,
  connected: 5,
}
const BUSY = {
  zh: '端口 8617 已被占用。请关闭占用它的程序，或换一个端口。',
  en: 'The port 8617 is taken. Close the program that uses it, or choose another port.',
}

let running: Read
let browser: Browser

beforeAll(async () => {
  running = readConsole()
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
})

/** A window's answers; what was asked of it is noted. */
async function asWindow(page: Page, first: NetworkState): Promise<{ asked: string[]; port: number }> {
  const seen = { asked: [] as string[], port: 0 }
  let now = first
  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), mode: 'desktop' } })
  })
  await page.route('**/api/network**', async (route) => {
    const deed = new URL(route.request().url()).pathname.split('/')[3]
    if (deed) seen.asked.push(deed)
    if (deed === 'close') now = CLOSED
    if (deed === 'open') {
      seen.port = (route.request().postDataJSON() as { port: number }).port
      if (seen.port === 8617 && first.state === 'failed') {
        await route.fulfill({ status: 503, contentType: 'application/problem+json', json: { code: 'listen_busy', ...BUSY } })
        return
      }
      now = { ...OPEN, port: seen.port }
    }
    await route.fulfill({ json: now })
  })
  return seen
}

/** Closes a page; what it still asks for is not answered any more. */
async function leave(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' })
  await context.close()
}

async function settings(page: Page): Promise<void> {
  await page.goto(`${running.address}/settings#k=${running.token}`)
  await page.getByRole('heading', { name: /^(办公网络|Office network)$/ }).waitFor()
}

describe('the office network', () => {
  it('is opened, shows what colleagues need, and says who is cut off', async () => {
    const { context, page, errors } = await openPage(browser, 'zh-CN')
    const seen = await asWindow(page, CLOSED)
    await settings(page)
    const network = page.locator('#network')
    await network.getByLabel('端口').fill('9000')
    await network.getByRole('switch', { name: '对办公网开放' }).click()
    await network.getByText('https://192.168.1.20:8617/', { exact: true }).waitFor()
    expect(seen).toEqual({ asked: ['open'], port: 9000 })
    expect(await network.locator('.fingerprint li').allInnerTexts()).toEqual(OPEN.certificate!.fingerprint.split(' '))
    await network.getByRole('img', { name: /192\.168\.1\.20/ }).waitFor()
    await network.getByText('已登录 12 人，5 个页面').waitFor()
    await expect.poll(() => network.getByLabel('端口').isDisabled()).toBe(true)
    await quiet(page)
    await shot(page, 'open-zh')
    expect(await faults(page)).toEqual([])

    await network.getByRole('switch').click()
    const asked = page.getByRole('dialog')
    await asked.getByText('现在登录的 12 人、正在收看的 5 个页面会立即断开').waitFor()
    await shot(page, 'close-zh')
    await asked.getByRole('button', { name: '取消' }).click()
    await asked.waitFor({ state: 'detached' })
    expect(seen.asked).toEqual(['open'])
    await network.getByRole('switch').click()
    await asked.getByRole('button', { name: '关闭', exact: true }).click()
    await network.getByText('未开放', { exact: true }).waitFor()
    expect(seen.asked).toEqual(['open', 'close'])
    expect(errors.filter((e) => !e.includes('404'))).toEqual([]) // no checkpoint may have been signed yet
    await leave(context)
  })

  it('says that a head is wanted first, and where to make one', async () => {
    const { context, page } = await openPage(browser, 'en-US', { width: 1366, height: 768, theme: 'dark' })
    await asWindow(page, { ...CLOSED, has_head: false })
    await settings(page)
    const network = page.locator('#network')
    await expect.poll(() => network.getByRole('switch').getAttribute('aria-disabled')).toBe('true')
    await network.getByRole('link', { name: 'Add people' }).click()
    await page.waitForURL(/#people$/)
    await shot(page, 'no-head-en-dark')
    expect(await faults(page)).toEqual([])
    await leave(context)
  })

  it('says why it did not open, and tries another port', async () => {
    const { context, page, errors } = await openPage(browser, 'en-US', { width: 1366, height: 768, theme: 'dark' })
    const seen = await asWindow(page, { ...CLOSED, state: 'failed', problem: BUSY })
    await settings(page)
    const network = page.locator('#network')
    await network.getByText(BUSY.en).waitFor()
    await shot(page, 'failed-en-dark')
    expect(await faults(page)).toEqual([])
    await network.getByRole('button', { name: 'Try again' }).click()
    await said(page, BUSY.en)
    await network.getByLabel('Port').fill('9000')
    await network.getByRole('button', { name: 'Try again' }).click()
    await network.getByText('https://192.168.1.20:8617/', { exact: true }).waitFor()
    expect(seen).toEqual({ asked: ['open', 'open'], port: 9000 })
    await shot(page, 'open-en-dark')
    expect(errors.filter((e) => !e.includes('503'))).toEqual([])
    await leave(context)
  })

  it('is not offered in a browser', async () => {
    const { context, page } = await openPage(browser, 'zh-CN')
    await page.goto(`${running.address}/settings#k=${running.token}`)
    await page.getByRole('heading', { name: '节假日表' }).waitFor()
    expect(await page.locator('#network').count()).toBe(0)
    await leave(context)
  })
})
