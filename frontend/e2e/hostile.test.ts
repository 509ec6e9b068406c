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
import { openPage, startBrowser } from './console'
import { pictures } from './pictures'
import { answering, BIN, freePort, gone, until } from './process'
import { go } from './walk'

const shot = pictures('hostile')
const root = join(import.meta.dirname, '../..')
const token = 'a-token-for-this-test-run'

let dir: string
let address: string
let server: ChildProcess
let browser: Browser

const headers = { Authorization: `Bearer ${token}` }
const call = async <T>(path: string): Promise<T> => (await (await fetch(`${address}/api${path}`, { headers })).json()) as T

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mingcha-hostile-'))
  const adapters = join(dir, 'adapters')
  mkdirSync(adapters)
  execFileSync('go', ['build', '-o', join(adapters, 'hostile'), './app/internal/acceptance/testdata/hostile'], {
    cwd: root,
    env: { ...process.env, GOFLAGS: '-trimpath -buildvcs=false' },
  })
  const sha256 = createHash('sha256')
    .update(readFileSync(join(adapters, 'hostile')))
    .digest('hex')
  writeFileSync(join(adapters, 'adapters.json'), JSON.stringify([{ name: 'hostile', file: 'hostile', sha256 }]))
  const data = join(dir, 'data')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(data, 'console.json'), JSON.stringify({ adapters: [{ name: 'hostile', adapter: 'hostile', config: {} }] }))
  const listen = `127.0.0.1:${await freePort()}`
  address = `http://${listen}`
  server = spawn(BIN, ['serve', '--data', data, '--listen', listen, '--token', token, '--adapters', adapters], { stdio: ['ignore', 'inherit', 'inherit'] })
  await answering(server, async () => (await fetch(`${address}/api/session`, { headers }).catch(() => undefined))?.ok ?? false)
  await until('all of it has come', async () => {
    const lists = ['/quarantine', '/registers/overdue', '/registers/authorizations', '/registers/rejections']
    const got = await Promise.all(lists.map((p) => call<{ total: number }>(`${p}?limit=1`)))
    return got.every((list) => list.total > 0)
  })
  // Every page asks for the checkpoint; that there is none yet would stand in the browser's log.
  await until('the day is signed', async () => (await fetch(`${address}/api/checkpoint`, { headers })).ok)
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  if (server) await gone(server)
  rmSync(dir, { recursive: true, force: true })
})

/** Where the texts stand: their fields' names on each page, and on what opens from its first row. */
const PLACES: [path: string, shown: string[], opened?: string[]][] = [
  ['cases', ['name', 'case_no'], ['name', 'window', 'project_name']],
  ['findings', ['name', 'case_no'], ['name', 'reason', 'explanation', 'text']],
  ['registers/overdue', ['name', 'case_no', 'over_by'], ['name', 'case_no', 'over_by']],
  ['registers/rejections', ['name', 'case_no', 'reason', 'filing_no'], ['legal_basis', 'notice_no', 'leader_opinion']],
  ['registers/authorizations', ['name', 'auth_no'], ['post', 'seal_no', 'signer']],
  ['departments', ['name'], ['name', 'case_no']],
  ['departments/EV', ['name', 'case_no']],
  ['items', ['name'], ['name', 'case_no']],
  ['quarantine', ['source_id', 'reason_zh'], ['raw']],
  ['reviews', []],
  ['visits', []],
  ['settings', []],
]

describe('hostile data', () => {
  it('is text on every page', async () => {
    const { page, context, errors } = await openPage(browser, 'zh-CN')
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))
    })
    page.on('dialog', (d) => errors.push(`dialog: ${d.message()}`))
    const { rows } = await call<{ rows: { id: number; case_no: string }[] }>('/cases?limit=10')
    const evil = rows.find((r) => r.case_no.includes('<img'))!
    const look = async (name: string, shown: string[]): Promise<void> => {
      await page.locator('main :is(h1, h2)').first().waitFor({ state: 'attached' })
      // The test would say nothing if the texts were nowhere to be seen.
      for (const field of shown)
        await expect.poll(() => page.evaluate(() => document.body.innerText), { message: name }).toContain(`onerror=window.ran='${field}'`)
      await page.waitForTimeout(600) // what would run has had the time to
      expect(await page.evaluate(() => (window as unknown as { ran?: string }).ran), name).toBeUndefined()
      expect(await page.locator('main img[src="x"], [role="dialog"] img[src="x"]').count(), name).toBe(0)
      await shot(page, `${name}`)
    }
    await page.goto(`${address}/#k=${token}`)
    await look('board', ['name', 'case_no', 'kind'])
    for (const [path, shown, opened] of PLACES) {
      const name = path.replaceAll('/', '-')
      await go(page, `${address}/${path}`)
      await look(name, shown)
      if (!opened) continue
      await page.locator('[role="row"][aria-rowindex="2"]').first().click()
      await until(`something opens on ${path}`, async () => page.url() !== `${address}/${path}` || (await page.getByRole('dialog').count()) > 0)
      await look(`${name}-opened`, opened)
    }
    await go(page, `${address}/cases/${evil.id}`)
    await look('case', ['name', 'reason', 'explanation', 'text'])
    for (const event of await page.locator('main tbody .seq button').all()) await event.click()
    await look('case-opened', ['facts', 'missing_materials', 'legal_article', 'approver'])
    await go(page, `${address}/cases`)
    await page.locator('[role="row"][aria-rowindex="2"]').first().waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '全局搜索' }).fill('EV-1')
    await page.getByRole('option').first().waitFor()
    await look('search', ['name', 'case_no'])
    expect(errors).toEqual([])
    await context.close()
  })

  it('is no formula in what is exported', async () => {
    for (const list of ['cases', 'findings']) {
      const csv = await (await fetch(`${address}/api/exports/${list}?format=csv`, { headers })).text()
      expect(csv).toContain('onerror')
      for (const cell of csv.split(/[,\n]/)) expect(cell, cell).not.toMatch(/^"?[=+@]/)
    }
  })
})
