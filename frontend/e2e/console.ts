// Starts a console on the demonstration city for the tests, and a browser.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { copyCity } from './copy'
import { answering, BIN, freePort, gone, PATIENCE, until } from './process'

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

export type Read = Pick<Running, 'address' | 'token' | 'call'>

/** The console of all files that change nothing: one city lives for all of them. */
export function readConsole(): Read {
  const { address, token } = inject('reading')
  return {
    address,
    token,
    call: async <T>(path: string, method = 'GET') => {
      const text = await (await fetch(`${address}/api${path}`, { method, headers: { Authorization: `Bearer ${token}` } })).text()
      return (text ? JSON.parse(text) : null) as T
    },
  }
}

/** Starts a console on the demonstration city, whose past is read, and waits until its present comes. */
export async function startConsole({ speed } = { speed: 1 }): Promise<Running> {
  const dir = mkdtempSync(join(tmpdir(), 'mingcha-e2e-'))
  copyCity(dir, speed)
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
  await until('the city is live', async () => ((await (await ask('/adapters')).json()) as { state: string }[])[0]?.state === 'live')
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

/** Chromium without its own windows, menus and tabs; nothing of a page looks or works otherwise. CHROMIUM tries another. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell'

export function startBrowser(more: string[] = []): Promise<Browser> {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  return chromium.launch({
    executablePath: CHROMIUM,
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

/** Shows the page that is open again, in English and dark. */
export async function inEnglishAndDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => localStorage.setItem('mingcha.prefs', JSON.stringify({ locale: 'en', theme: 'dark' })))
  await page.reload()
  await page.locator('main > *').first().waitFor()
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

/** The rules that ask for colours: a page that was without fault in another theme can be at fault by these alone. */
export const OF_COLOUR = ['color-contrast', 'link-in-text-block'] as const

/** The rules that ask for room: a page that was without fault on another screen can be at fault by these alone. */
export const OF_ROOM = ['scrollable-region-focusable', 'target-size'] as const

export interface Fault {
  id: string
  impact: string
  where: string[]
}

/**
 * What axe finds wrong with a page as it stands. What it finds while something is
 * drawn anew, and not any more once that is through, is no fault. Where a page was
 * looked at as a whole already, it may be looked at by these rules alone.
 */
export async function faults(page: Page, rules?: readonly string[]): Promise<Fault[]> {
  // A page keeps it until the next is loaded.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  for (let looks = 1; ; looks++) {
    const found = await violations(page, rules)
    if (found.length === 0 || looks === 12) return found
    await page.waitForTimeout(1000)
  }
}

function violations(page: Page, rules?: readonly string[]): Promise<Fault[]> {
  return page.evaluate(async (only) => {
    const run = (
      window as unknown as {
        axe: { run: (d: Document, o: object) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> }
      }
    ).axe.run
    const { violations } = await run(document, {
      resultTypes: ['violations'],
      preload: false, // of style sheets and films that no rule here looks into
      runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map((v) => ({ id: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map((n) => n.target.join(' ')) }))
  }, rules)
}
