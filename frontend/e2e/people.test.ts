// People sign in over the network, on phones and office PCs: first passwords,
// roles, and a review from the draw to a third verdict.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BIN, faults, freePort, gone, startBrowser, until } from './console'

const screens = join(import.meta.dirname, '../../build/tmp/screens/people')
const PASSWORD = 'four grey horses at noon'
const VOLUNTEERS = ['vol1', 'vol2', 'vol3'] as const

let dir: string
let address: string
let server: ChildProcess
let browser: Browser
const first = new Map<string, string>()

/** Runs the program and reads its JSON. */
function run<T>(...args: string[]): T {
  return JSON.parse(execFileSync(BIN, [...args, '--data', dir, '--json'], { encoding: 'utf8' })) as T
}

function addAccount(login: string, name: string, role: string): void {
  first.set(login, run<{ password: string }>('account', 'add', login, '--name', name, '--role', role).password)
}

async function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const r = request(`${address}/api/session`, { rejectUnauthorized: false }, (res) => {
      res.resume()
      resolve(res.statusCode === 401)
    })
    r.on('error', () => resolve(false)).end()
  })
}

interface Person {
  context: BrowserContext
  page: Page
  call: <T>(method: string, path: string, body?: unknown) => Promise<{ status: number; body: T }>
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const desk = { viewport: { width: 1366, height: 768 } }

/** A browser of somebody's own, signed in, with the first password changed. */
async function person(login: string, device: typeof phone | typeof desk): Promise<Person> {
  const context = await browser.newContext({ ...device, locale: 'zh-CN', ignoreHTTPSErrors: true, reducedMotion: 'reduce', acceptDownloads: true })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(address)
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(first.get(login)!)
  await page.screenshot({ path: join(screens, `sign-in-${device.viewport.width}.png`) })
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByLabel('现在的密码', { exact: true }).fill(first.get(login)!)
  await page.getByLabel('新密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('再输一次新密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: /修改|保存|确定/ }).click()
  await page.getByLabel('现在的密码', { exact: true }).waitFor({ state: 'detached' })
  return {
    context,
    page,
    call: async <T>(method: string, path: string, body?: unknown) => {
      const init = body === undefined ? { method } : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
      return page.evaluate(
        async ([url, options]) => {
          const r = await fetch(url as string, options as RequestInit)
          const text = await r.text()
          return { status: r.status, body: (text ? JSON.parse(text) : null) as T }
        },
        [`/api${path}`, init] as const,
      )
    },
  }
}

beforeAll(async () => {
  mkdirSync(screens, { recursive: true })
  dir = mkdtempSync(join(tmpdir(), 'mingcha-people-'))
  const listen = `127.0.0.1:${await freePort()}`
  address = `https://${listen}`
  addAccount('zhuren', '王主任', 'head')
  for (const v of VOLUNTEERS) addAccount(v, `监督员${v}`, 'volunteer')
  server = spawn(BIN, ['serve', '--demo', '--sign-in', '--data', dir, '--listen', listen], { stdio: ['ignore', 'inherit', 'inherit'] })
  browser = await startBrowser()
  await until('the console answers', answers)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  if (server) await gone(server)
  rmSync(dir, { recursive: true, force: true })
})

interface MyReview {
  id: number
  state: string
  outcome: string
}

describe('reviews', () => {
  it('go from the draw, which anybody can make again, over two that differ to a third', async () => {
    const office = await person('zhuren', desk)
    await until('the city has overdue cases', async () => (await office.call<{ total: number }>('GET', '/registers/overdue?limit=1')).body.total > 20, 90_000)
    await until('the day has its checkpoint', async () => (await office.call('GET', '/checkpoint')).status === 200, 60_000)

    // The office draws.
    await office.page.goto(`${address}/reviews`)
    await office.page.getByText('还没有评议').waitFor()
    await office.page.getByRole('button', { name: '抽取', exact: true }).click()
    await office.page.getByRole('dialog').getByText('抽取评议样本').waitFor()
    await office.page.screenshot({ path: join(screens, 'draw.png') })
    await office.page.getByRole('dialog').getByRole('button', { name: '抽取', exact: true }).click()
    await office.page.locator('.draws li').first().waitFor()
    await office.page.screenshot({ path: join(screens, 'reviews.png') })
    await office.page.locator('.n-message').waitFor({ state: 'detached' }) // a toast belongs to no part of a page
    expect(await faults(office.page)).toEqual([])

    // A separate program makes the draw again from its certificate.
    const got = office.page.waitForEvent('download')
    await office.page.getByRole('button', { name: '证书' }).first().click()
    const certificate = await (await got).path()
    const redraw = (file: string): number => {
      try {
        execFileSync('go', ['run', './sdk/cmd/mingcha-redraw', file], { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8', stdio: 'pipe' })
        return 0
      } catch (err) {
        return (err as { status: number }).status
      }
    }
    expect(redraw(certificate)).toBe(0)
    const draws = await office.call<{ id: number }[]>('GET', '/draws')
    const { body } = await office.call<{ sample: string[] }>('GET', `/draws/${draws.body[0]!.id}/certificate`)
    const forged = join(dir, 'forged.json')
    writeFileSync(forged, JSON.stringify({ ...body, sample: body.sample.toReversed() }))
    expect(redraw(forged)).toBe(1)

    // Volunteers review on their phones. Nobody sees anything before a declaration.
    const people = new Map<string, Person>()
    for (const v of VOLUNTEERS) people.set(v, await person(v, phone))
    const lists = new Map<string, MyReview[]>()
    for (const [v, p] of people) lists.set(v, (await p.call<MyReview[]>('GET', '/my/reviews')).body)
    const [a, b] = [people.get('vol1')!, people.get('vol2')!]
    const both = lists.get('vol1')!.find((r) => lists.get('vol2')!.some((x) => x.id === r.id))!
    expect(both.state).toBe('declare')
    const before = await a.call<{ story: unknown[]; papers: unknown[] }>('GET', `/my/reviews/${both.id}`)
    expect([before.body.story, before.body.papers]).toEqual([[], []])
    for (const path of ['/cases', '/board', '/findings', '/acts', '/reviews']) expect((await a.call('GET', path)).status, path).toBe(403)

    async function review(p: Person, verdict: string, shot: string): Promise<void> {
      await p.page.goto(`${address}/my/reviews`)
      await p.page.locator('.card').first().waitFor()
      await p.page.screenshot({ path: join(screens, `${shot}-list.png`) })
      await p.page.goto(`${address}/my/reviews/${both.id}`)
      await p.page.getByText('您与这件事有没有关系').waitFor()
      await p.page.screenshot({ path: join(screens, `${shot}-interest.png`) })
      expect(await faults(p.page)).toEqual([])
      await p.page.getByRole('button', { name: '没有关系，开始评议' }).click()
      await p.page.getByText('事情的经过').waitFor()
      await p.page.screenshot({ path: join(screens, `${shot}-page.png`), fullPage: true })
      expect(await faults(p.page)).toEqual([])
      await p.page.getByText(verdict, { exact: true }).click()
      if (verdict !== '适当') await p.page.getByLabel('补充说明').fill('部门的说明与经过对不上')
      await p.page.getByRole('button', { name: '提交评议' }).click()
      await p.page.getByRole('dialog').getByRole('button', { name: '提交评议' }).click()
      await p.page.getByText('已提交，谢谢您').waitFor()
      expect(await p.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    }
    await review(a, '不当', 'first')
    const outcome = async (p: Person): Promise<string> => (await p.call<MyReview[]>('GET', '/my/reviews')).body.find((r) => r.id === both.id)!.outcome
    expect(await outcome(a)).toBe('')
    await review(b, '适当', 'second')
    expect(await outcome(b)).toBe('')
    const third = people.get('vol3')!
    await until('the third has it', async () => (await third.call<MyReview[]>('GET', '/my/reviews')).body.some((r) => r.id === both.id))
    await review(third, '不当', 'third')
    for (const p of [a, b, third]) expect(await outcome(p)).toBe('improper')

    // The office sees what they said, and no names before it says why.
    await office.page.goto(`${address}/reviews?state=done`)
    await office.page.locator('[role="row"] >> text=已评定').first().click()
    const dialog = office.page.getByRole('dialog')
    await dialog.getByText('监督员甲').waitFor()
    expect(await dialog.innerText()).not.toContain('监督员vol')
    await office.page.screenshot({ path: join(screens, 'result.png') })
    await dialog.getByRole('button', { name: '查看监督员姓名' }).click()
    await dialog.getByLabel('事由').fill('核实一处书写')
    await dialog.getByRole('button', { name: '查看监督员姓名' }).click()
    await dialog.getByText('监督员vol1').waitFor()
    const acts = await office.call<{ type: string }[]>('GET', '/acts?limit=50')
    expect(acts.body.filter((x) => x.type === 'access.unsealed')).toHaveLength(1)
    for (const p of [office, ...people.values()]) await p.context.close()
  }, 300_000)
})
