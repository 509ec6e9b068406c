// A department's data may hold anything, scripts among it. Wherever the pages
// show it, it is a text: nothing runs, and nothing leaves for a spreadsheet as a
// formula.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BIN, freePort, gone, openPage, startBrowser, until } from './console'

const screens = join(import.meta.dirname, '../../build/tmp/screens/hostile')
const root = join(import.meta.dirname, '../..')
const token = 'a-token-for-this-test-run'

let dir: string
let address: string
let server: ChildProcess
let browser: Browser

const headers = { Authorization: `Bearer ${token}` }
const call = async <T>(path: string): Promise<T> => (await (await fetch(`${address}/api${path}`, { headers })).json()) as T

beforeAll(async () => {
  mkdirSync(screens, { recursive: true })
  dir = mkdtempSync(join(tmpdir(), 'mingcha-hostile-'))
  const adapters = join(dir, 'adapters')
  mkdirSync(adapters)
  execFileSync('go', ['build', '-o', join(adapters, 'hostile'), './app/internal/acceptance/testdata/hostile'], { cwd: root, env: { ...process.env, GOFLAGS: '-trimpath -buildvcs=false' } })
  const sha256 = createHash('sha256').update(readFileSync(join(adapters, 'hostile'))).digest('hex')
  writeFileSync(join(adapters, 'adapters.json'), JSON.stringify([{ name: 'hostile', file: 'hostile', sha256 }]))
  const data = join(dir, 'data')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(data, 'console.json'), JSON.stringify({ adapters: [{ name: 'hostile', adapter: 'hostile', config: {} }] }))
  const listen = `127.0.0.1:${await freePort()}`
  address = `http://${listen}`
  server = spawn(BIN, ['serve', '--data', data, '--listen', listen, '--token', token, '--adapters', adapters], { stdio: ['ignore', 'inherit', 'inherit'] })
  await until('the data has come', async () => {
    const r = await fetch(`${address}/api/registers/overdue?limit=1`, { headers }).catch(() => undefined)
    return r?.ok === true && ((await r.json()) as { total: number }).total > 0
  })
  await until('all four streams have come', async () => {
    const [q, a, j] = await Promise.all(['/quarantine?limit=1', '/registers/authorizations?limit=1', '/registers/rejections?limit=1'].map((p) => call<{ total: number }>(p)))
    return q!.total > 0 && a!.total > 0 && j!.total > 0
  })
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  if (server) await gone(server)
  rmSync(dir, { recursive: true, force: true })
})

describe('hostile data', () => {
  it('is text on every page', async () => {
    const { page, context, errors } = await openPage(browser, 'zh-CN')
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))
    })
    page.on('dialog', (d) => errors.push(`dialog: ${d.message()}`))
    const { rows } = await call<{ rows: { id: number; case_no: string }[] }>('/cases?limit=10')
    const evil = rows.find((r) => r.case_no.includes('<img'))!
    const seen = new Set<string>()
    const look = async (name: string): Promise<void> => {
      await page.waitForTimeout(600)
      expect(await page.evaluate(() => (window as unknown as { ran?: string }).ran), name).toBeUndefined()
      expect(await page.locator('main img[src="x"], [role="dialog"] img[src="x"]').count(), name).toBe(0)
      const text = await page.evaluate(() => document.body.innerText)
      for (const m of text.matchAll(/onerror=window\.ran='(\w+)'/g)) seen.add(m[1]!)
      await page.screenshot({ path: join(screens, `${name}.png`) })
    }
    await page.goto(`${address}/#k=${token}`)
    await page.locator('main').waitFor()
    await look('board')
    for (const path of ['/cases', '/findings', '/registers/overdue', '/registers/rejections', '/registers/authorizations', '/departments', '/departments/EV', '/items', '/quarantine', '/reviews', '/visits', '/settings']) {
      await page.goto(`${address}${path}`)
      await look(path.slice(1).replaceAll('/', '-'))
      // What opens from a row.
      const row = page.locator('[role="row"][aria-rowindex="2"]').first()
      if (await row.count()) {
        await row.click()
        await look(`${path.slice(1).replaceAll('/', '-')}-opened`)
      }
    }
    await page.goto(`${address}/cases/${evil.id}`)
    await page.locator('h1').first().waitFor()
    await look('case')
    for (const tab of await page.getByRole('button', { expanded: false }).all()) await tab.click({ timeout: 2000 }).catch(() => undefined)
    await look('case-opened')
    await page.goto(`${address}/cases`)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('EV-1')
    await look('search')
    // The test would say nothing if the texts were nowhere to be seen.
    for (const where of ['name', 'case_no', 'text', 'reason', 'facts', 'explanation', 'signer', 'raw']) expect([...seen], where).toContain(where)
    expect(errors).toEqual([])
    await context.close()
  }, 180_000)

  it('is no formula in what is exported', async () => {
    for (const list of ['cases', 'findings']) {
      const csv = await (await fetch(`${address}/api/exports/${list}?format=csv`, { headers })).text()
      expect(csv).toContain('onerror')
      for (const cell of csv.split(/[,\n]/)) expect(cell, cell).not.toMatch(/^"?[=+@]/)
    }
  })
})
