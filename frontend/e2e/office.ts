// A console that people sign in to over the network, as an office runs it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { newPage, startBrowser } from './console'
import { expect } from 'vitest'
import { copyCity } from './copy'
import { foundCity } from './prepared'
import { answering, BIN, freePort, gone, until } from './process'

export const PASSWORD = 'four grey horses at noon'
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
export const desk = { viewport: { width: 1366, height: 768 } }

export interface Answer<T> {
  status: number
  body: T
}

export interface Person {
  context: BrowserContext
  page: Page
  /** Calls the API as the page does. */
  call: <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>
}

export interface Office {
  address: string
  dir: string
  browser: Browser
  /** A browser of somebody's own, signed in, with the first password changed, both over the API: no page is open yet. */
  person: (login: string, device: typeof phone | typeof desk) => Promise<Person>
  /** The same, done on the pages as a person does; shot sees the sign-in form. */
  byHand: (login: string, device: typeof phone | typeof desk, shot?: (page: Page) => Promise<void>) => Promise<Person>
  /** Another browser of somebody who signed in before. */
  again: (login: string, device: typeof phone | typeof desk) => Promise<Person>
  /** Somebody whom the head makes an account for while the console runs, signed in alike. */
  hire: (head: Person, account: Account, device: typeof phone | typeof desk) => Promise<Person>
  /** Kills the console without notice. */
  kill: () => Promise<void>
  /** Starts it again on the same port and folder. */
  start: () => Promise<void>
  stop: () => Promise<void>
}

export interface Account {
  login: string
  name: string
  role: string
  department?: string
}

/**
 * Starts a console with the demonstration city and these people. Its day lasts
 * longer than a test. One that is founded anew has keys of its own, and a small past
 * still to read.
 */
export async function startOffice(accounts: Account[], { anew } = { anew: false }): Promise<Office> {
  const dir = mkdtempSync(join(tmpdir(), 'mingcha-office-'))
  if (anew) foundCity(dir, 2_000)
  else copyCity(dir, 1)
  const listen = `127.0.0.1:${await freePort()}`
  const address = `https://${listen}`
  const first = new Map<string, string>()
  for (const a of accounts) {
    const args = ['account', 'add', a.login, '--name', a.name, '--role', a.role, ...(a.department ? ['--department', a.department] : [])]
    const made = JSON.parse(execFileSync(BIN, [...args, '--data', dir, '--json'], { encoding: 'utf8' })) as { password: string }
    first.set(a.login, made.password)
  }

  let server!: ChildProcess
  async function start(): Promise<void> {
    server = spawn(BIN, ['serve', '--demo', '--sign-in', '--data', dir, '--listen', listen], { stdio: ['ignore', 'inherit', 'inherit'] })
    await answering(server, () => answers(address))
  }
  async function kill(): Promise<void> {
    server.kill('SIGKILL')
    await gone(server)
  }
  await start()
  const browser = await startBrowser([`--ignore-certificate-errors-spki-list=${keyOf(dir)}`])
  return {
    address,
    dir,
    browser,
    kill,
    start,
    person: (login, device) => begin(browser, address, login, first.get(login)!, device),
    byHand: (login, device, shot) => signIn(browser, address, login, first.get(login)!, device, shot),
    again: (login, device) => enter(browser, address, login, PASSWORD, device),
    hire: async (head, account, device) => {
      const made = await head.call<{ password: string }>('POST', '/accounts', account)
      if (made.status !== 200) throw new Error(`no account for ${account.login}: ${JSON.stringify(made.body)}`)
      return begin(browser, address, account.login, made.body.password, device)
    },
    stop: async () => {
      await browser.close()
      server.kill('SIGTERM')
      await gone(server)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const r = request(`${address}/api/session`, { rejectUnauthorized: false }, (res) => {
      res.resume()
      resolve(res.statusCode === 401)
    })
    r.on('error', () => resolve(false)).end()
  })
}

/** The console's own key, which the browser is told to trust as an office's PCs are. */
function keyOf(dir: string): string {
  const file = join(dir, 'tls', 'console.pem')
  if (!existsSync(file)) throw new Error(`no certificate at ${file}`)
  const pem = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/.exec(readFileSync(file, 'utf8'))![0]
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

/** Sends JSON to the API as a program, without a browser; gives the cookies that came back. */
function send(address: string, path: string, cookies: string[], body: unknown): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', Origin: address, Cookie: cookies.join('; ') }
    const r = request(`${address}/api${path}`, { method: 'POST', headers, rejectUnauthorized: false }, (res) => {
      res.resume()
      if (res.statusCode !== 204) reject(new Error(`${path}: ${res.statusCode}`))
      else resolve((res.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]!))
    })
    r.on('error', reject).end(JSON.stringify(body))
  })
}

/** Signs in with a first password and changes it, over the API; a new browser goes on with that session. */
async function begin(browser: Browser, address: string, login: string, password: string, device: typeof phone | typeof desk): Promise<Person> {
  const first = await send(address, '/sign-in', [], { login, password })
  const cookies = new Map(
    [...first, ...(await send(address, '/password', first, { current: password, new: PASSWORD }))].map((c) => [
      c.slice(0, c.indexOf('=')),
      c.slice(c.indexOf('=') + 1),
    ]),
  )
  const person = await open(browser, device)
  await person.context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: address, secure: true, httpOnly: true, sameSite: 'Strict' })))
  await person.page.goto(`${address}/icon.svg`) // the console's, so that it can be called from there; the pages are opened where a test looks at them
  return person
}

/** Signs in with a first password, and changes it. */
async function signIn(
  browser: Browser,
  address: string,
  login: string,
  password: string,
  device: typeof phone | typeof desk,
  shot?: (page: Page) => Promise<void>,
): Promise<Person> {
  const person = await enter(browser, address, login, password, device, shot)
  const { page } = person
  await page.getByLabel('当前密码', { exact: true }).fill(password)
  await page.getByLabel('新密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('确认新密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: /修改|保存|确定/ }).click()
  await page.getByLabel('当前密码', { exact: true }).waitFor({ state: 'detached' })
  return person
}

async function enter(
  browser: Browser,
  address: string,
  login: string,
  password: string,
  device: typeof phone | typeof desk,
  shot?: (page: Page) => Promise<void>,
): Promise<Person> {
  const person = await open(browser, device)
  const { page } = person
  await page.goto(address)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await shot?.(page)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByLabel('账号').waitFor({ state: 'detached' })
  return person
}

/** A browser of somebody's own. */
async function open(browser: Browser, device: typeof phone | typeof desk): Promise<Person> {
  const { context, page } = await newPage(browser, { ...device, locale: 'zh-CN' })
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

/**
 * Waits until the city is live: before, the console does what its past asks for.
 * The day's checkpoint is signed then.
 */
export async function cityRead(office: Person): Promise<void> {
  await until('the city is live', async () => (await office.call<{ state: string }[]>('GET', '/adapters')).body[0]?.state === 'live')
  expect((await office.call('GET', '/checkpoint')).status).toBe(200)
}

/** The office's time, ms, which is not this machine's. */
export async function officeNow(anybody: Person): Promise<number> {
  return Date.parse((await anybody.call<{ clock: { now: string } }>('GET', '/session')).body.clock.now)
}

export interface Act {
  seq: number
  type: string
  by: number
  zh: string
}

/** All that was done so far, newest first, however much of it the console did by itself. */
export async function acts(office: Person): Promise<Act[]> {
  const all: Act[] = []
  for (;;) {
    const { body } = await office.call<Act[]>('GET', `/acts?limit=500&before=${all.at(-1)?.seq ?? 0}`)
    if (body.length === 0) return all
    all.push(...body)
  }
}
