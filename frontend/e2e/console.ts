// Starts a console on the demonstration city for the tests, and a browser.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'

/** The console under test, as `make build` leaves it. */
export const BIN = process.env['MINGCHA_BIN'] ?? join(import.meta.dirname, '../../build/bin/mingcha')

/** How long a page may take for one step, ms: it costs time only where something is wrong. */
export const PATIENCE = 60_000

/**
 * The office's time when a test begins: a Monday with weeks behind it and no end
 * of a month or holiday near. The city is the same on whatever day and at whatever
 * hour the tests run; MINGCHA_MORNING tries another.
 */
const MORNING = process.env['MINGCHA_MORNING'] ?? '2026-11-23T09:30:00+08:00'

/** Makes a data folder the demonstration city's, whose time runs so fast. */
export function foundCity(dir: string, speed: number): void {
  const clock = { real: new Date().toISOString(), office: MORNING, speed, skip_rest: true }
  const config = { seed: 20261123, start: '-45d', cases: 155_000 }
  writeFileSync(join(dir, 'console.json'), JSON.stringify({ demo: true, clock, adapters: [{ name: 'city', adapter: 'simulator', config }] }))
}

export interface Running {
  address: string
  token: string
  /** Calls the API, of which null is an answer without content. */
  call: <T>(path: string, method?: string) => Promise<T>
  /** Kills the console without notice. */
  kill: () => Promise<void>
  /** Starts it again on the same port and folder. */
  start: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * A port that is free, below those that the system gives to connections: so it is
 * still free when the console comes, and when it comes back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 18_000 + Math.floor(Math.random() * 14_000)
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
}

export function gone(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))
}

/** Waits until a console that is being started answers. */
export async function answering(child: ChildProcess, answers: () => Promise<boolean>): Promise<void> {
  await until('the console answers', () => {
    if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}`)
    return answers()
  })
}

/** Starts a console on the demonstration city, and waits until all of its past is read. */
export async function startConsole({ speed } = { speed: 1 }): Promise<Running> {
  if (!existsSync(BIN)) throw new Error(`there is no console at ${BIN}: run make build, or set MINGCHA_BIN`)
  const dir = mkdtempSync(join(tmpdir(), 'mingcha-e2e-'))
  foundCity(dir, speed)
  const listen = `127.0.0.1:${await freePort()}`
  const token = 'a-token-for-this-test-run'
  const headers = { Authorization: `Bearer ${token}` }
  const ask = (path: string, method = 'GET') => fetch(`http://${listen}/api${path}`, { method, headers })
  let child!: ChildProcess

  async function start(): Promise<void> {
    child = spawn(BIN, ['serve', '--demo', '--data', dir, '--listen', listen, '--token', token], { stdio: ['ignore', 'ignore', 'inherit'] })
    await answering(child, async () => (await ask('/session').catch(() => undefined))?.ok ?? false)
  }
  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await gone(child)
  }

  await start()
  // The day's checkpoint is signed once the city has caught up.
  await until('the city is read', async () => (await ask('/checkpoint')).ok)
  return {
    address: `http://${listen}`,
    token,
    call: async <T>(path: string, method?: string) => {
      const text = await (await ask(path, method)).text()
      return (text ? JSON.parse(text) : null) as T
    },
    kill,
    start,
    stop: async () => {
      child.kill('SIGTERM')
      await gone(child)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Waits for something that comes about by itself. */
export async function until(what: string, f: () => Promise<boolean> | boolean, ms = 2 * PATIENCE): Promise<void> {
  const end = Date.now() + ms
  while (!(await f())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`)
    await new Promise((r) => setTimeout(r, 100))
  }
}

export function startBrowser(more: string[] = []): Promise<Browser> {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet, ...more],
    timeout: 2 * PATIENCE,
  })
}

/** A page of a browser of somebody's own, which keeps what its toasts said. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    ...options,
    reducedMotion: 'reduce', // a picture in the middle of a movement says nothing
    acceptDownloads: true,
  })
  await context.addInitScript(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver((changes) => {
      for (const node of changes.flatMap((c) => [...c.addedNodes])) {
        if (!(node instanceof HTMLElement)) continue
        for (const toast of node.matches('.n-message') ? [node] : node.querySelectorAll('.n-message')) said.push(toast.textContent)
      }
    }).observe(document, { childList: true, subtree: true })
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  return { context, page }
}

/** Waits until a toast has said something. It may be gone by then: toasts do not wait for who looks late. */
export async function said(page: Page, words: string): Promise<void> {
  await until(`a toast says ${words}`, () =>
    page.evaluate((w) => {
      const { said: all } = window as unknown as { said: string[] }
      const at = all.findIndex((s) => s.includes(w))
      all.splice(0, at + 1) // heard: the next one says it anew
      return at >= 0
    }, words),
  )
}

/** Waits until no toast is in sight: it belongs to no part of a page. */
export async function quiet(page: Page): Promise<void> {
  await until('the toasts are gone', async () => (await page.locator('.n-message').count()) === 0)
}

interface Look {
  width: number
  height: number
  theme: 'light' | 'dark'
}

/** A page in a language, and the errors that scripts on it had. */
export async function openPage(
  browser: Browser,
  locale: 'zh-CN' | 'en-US',
  { width, height, theme }: Look = { width: 1366, height: 768, theme: 'light' },
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const { context, page } = await newPage(browser, { locale, viewport: { width, height }, colorScheme: theme })
  const errors: string[] = []
  page.on('pageerror', (e) => errors.push(e.message))
  page.on('console', (m) => {
    // A connection that is cut off is what some tests are about.
    if (m.type() === 'error' && !/ERR_(CONNECTION|EMPTY_RESPONSE|SOCKET)|^WebSocket connection to .* failed/.test(m.text())) errors.push(m.text())
  })
  return { context, page, errors }
}

const axe = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8')

export interface Fault {
  id: string
  impact: string
  where: string[]
}

/**
 * What axe finds wrong with a page as it stands. What it finds while something is
 * drawn anew, and not any more once that is through, is no fault.
 */
export async function faults(page: Page): Promise<Fault[]> {
  await page.evaluate(axe)
  for (let looks = 1; ; looks++) {
    const found = await violations(page)
    if (found.length === 0 || looks === 12) return found
    await page.waitForTimeout(1000)
  }
}

function violations(page: Page): Promise<Fault[]> {
  return page.evaluate(async () => {
    const run = (
      window as unknown as {
        axe: { run: (d: Document, o: object) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> }
      }
    ).axe.run
    const { violations } = await run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.map((v) => ({ id: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map((n) => n.target.join(' ')) }))
  })
}
