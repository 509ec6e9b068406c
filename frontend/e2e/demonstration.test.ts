// The demonstration as somebody opens it the first time: with people, whose sheets
// are printed whole.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPage, startBrowser } from './console'
import { answering, BIN, freePort, gone, until } from './process'
import { go } from './walk'

const token = 'a-token-for-the-demonstration'
const dir = mkdtempSync(join(tmpdir(), 'mingcha-demo-'))
let address: string
let server: ChildProcess
let browser: Browser
let page: Page
/** How long the pages took to be there, ms. */
let opened: number

const ask = (path: string) => fetch(`${address}/api${path}`, { headers: { Authorization: `Bearer ${token}` } })
async function rows<T>(path: string): Promise<T[]> {
  const answer = (await (await ask(path)).json()) as { rows: T[] } | T[]
  return Array.isArray(answer) ? answer : answer.rows
}

beforeAll(async () => {
  const listen = `127.0.0.1:${await freePort()}`
  address = `http://${listen}`
  const begun = Date.now()
  server = spawn(BIN, ['serve', '--demo', '--data', join(dir, 'demo'), '--listen', listen, '--token', token], { stdio: ['ignore', 'ignore', 'inherit'] })
  await answering(server, async () => (await ask('/session').catch(() => undefined))?.ok ?? false)
  opened = Date.now() - begun
  await until('its people have been at work', () => !readFileSync(join(dir, 'demo', 'console.json'), 'utf8').includes('"story"'))
  await until('the city is live', async () => (await rows<{ state: string }>('/adapters'))[0]?.state === 'live')
  browser = await startBrowser()
  page = (await newPage(browser, { viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).page
  await page.goto(`${address}/#k=${token}`)
})
afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  if (server) await gone(server)
  rmSync(dir, { recursive: true, force: true })
})

async function paper(): Promise<string> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return text.replace(/\s+/g, '').normalize('NFKC')
}

test('M25: its pages are there at once, and every area has something of every stage', async () => {
  expect(opened).toBeLessThan(30_000) // 0.1 s on a machine that does nothing else; the people come after
  expect((await rows('/visits')).length).toBe(11)
  const plans = new Set((await rows<{ state: string }>('/visits/plans')).map((p) => p.state))
  for (const s of ['late', 'today', 'ahead']) expect([...plans]).toContain(s)
  const states = new Set((await rows<{ state: string }>('/matters?limit=500')).map((m) => m.state))
  for (const s of ['assess', 'assigned', 'extension', 'objected', 'replied', 'revisited', 'closed', 'dropped']) expect([...states]).toContain(s)
  const reviews = await rows<{ state: string; verdict: string }>('/reviews?limit=500')
  for (const s of ['open', 'third', 'done']) expect(reviews.some((r) => r.state === s)).toBe(true)
  expect((await rows('/callbacks/draws')).length).toBe(2)
  expect((await rows('/quarantine')).length).toBeGreaterThan(4)
  await go(page, `${address}/volunteers`)
  for (const name of ['赵一', '冯八']) await page.getByText(name, { exact: true }).first().waitFor()
})

test('M11: a visit is printed with its facts and photographs, and nothing of the list behind it', async () => {
  await go(page, `${address}/visits`)
  const row = page.locator('[role="row"]', { hasText: '公安局' }).last()
  await row.waitFor()
  await row.click()
  const sheet = page.locator('.n-drawer')
  await sheet.locator('img').first().waitFor()
  await until('its photographs are there', () => sheet.locator('img').evaluateAll((all) => all.every((i) => (i as HTMLImageElement).naturalWidth > 0)))
  const text = await paper()
  expect(text).toContain('存证检查点')
  expect(text).toContain('12号窗口无人在岗,也没有暂停服务的牌子')
  expect(text).not.toContain('Ctrl')
  expect(text).not.toContain('条;全部请用导出')
})

test('M11: a review is printed with what was said', async () => {
  await go(page, `${address}/reviews?state=done&verdict=improper`)
  await page.locator('[role="row"]').nth(1).click()
  await page.locator('.n-modal h3, [role="dialog"] h3').first().waitFor()
  const text = await paper()
  expect(text).toContain('不当')
  expect(text).toContain('存证检查点')
  expect(text).not.toContain('Ctrl')
})
