// Starts a console on the demonstration city for the tests, and a browser.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** The console under test, as `make build` leaves it. */
export const BIN = process.env['MINGCHA_BIN'] ?? join(import.meta.dirname, '../../build/bin/mingcha')

export interface Running {
  address: string
  token: string
  stop: () => Promise<void>
  /** Kills the console without notice and starts it anew on the same port and folder. */
  restart: () => Promise<void>
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

export function gone(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()))
}

export async function startConsole(): Promise<Running> {
  if (!existsSync(BIN)) throw new Error(`there is no console at ${BIN}: run make build, or set MINGCHA_BIN`)
  const dir = mkdtempSync(join(tmpdir(), 'mingcha-e2e-'))
  const listen = `127.0.0.1:${await freePort()}`
  const token = 'a-token-for-this-test-run'
  let child!: ChildProcess
  let said = ''

  async function start(): Promise<void> {
    child = spawn(BIN, ['serve', '--demo', '--data', dir, '--listen', listen, '--token', token], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout?.on('data', (d: Buffer) => (said += d.toString()))
    child.stderr?.on('data', (d: Buffer) => (said += d.toString()))
    await until('the console answers', async () => {
      if (child.exitCode !== null) throw new Error(`the console ended:\n${said}`)
      const r = await fetch(`http://${listen}/api/session`, { headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined)
      return r?.ok ?? false
    })
  }

  await start()
  return {
    address: `http://${listen}`,
    token,
    stop: async () => {
      child.kill('SIGTERM')
      await gone(child)
      rmSync(dir, { recursive: true, force: true })
    },
    restart: async () => {
      child.kill('SIGKILL')
      await gone(child)
      await start()
    },
  }
}

/** Waits for something that comes about by itself. */
export async function until(what: string, f: () => Promise<boolean> | boolean, ms = 60_000): Promise<void> {
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
  })
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
  const context = await browser.newContext({
    locale,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce', // a picture in the middle of a movement says nothing
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const errors: string[] = []
  page.on('pageerror', (e) => errors.push(e.message))
  page.on('console', (m) => {
    // A refused connection is what some tests are about.
    if (m.type() === 'error' && !m.text().includes('ERR_CONNECTION')) errors.push(m.text())
  })
  return { context, page, errors }
}

const axe = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8')

export interface Fault {
  id: string
  impact: string
  where: string[]
}

/** What axe finds wrong with a page as it stands. */
export async function faults(page: Page): Promise<Fault[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (d: Document, o: object) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> } }).axe.run
    const { violations } = await run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.map((v) => ({ id: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map((n) => n.target.join(' ')) }))
  })
}
