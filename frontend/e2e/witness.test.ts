// Every page is a witness: what the console's owner does to its past, with its own
// key, is told by the browsers that saw it before; what is honest is not.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, quiet } from './console'
import { cityRead, desk, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { BIN, until } from './process'

const root = join(import.meta.dirname, '../..')
const shot = pictures('witness')
const flags = { ...process.env, GOFLAGS: process.env['GOFLAGS'] ?? '-trimpath' }

let office: Office
let work: string
let head: Person
let volunteer: Person
let older: string
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'mingcha-witness-'))
  office = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'vol1', name: '监督员赵红', role: 'volunteer' },
  ])
  head = await office.person('zhuren', desk)
  volunteer = await office.person('vol1', phone)
  await cityRead(head)
  for (const { page } of [head, volunteer]) await page.goto(`${office.address}/items`)
})
afterAll(async () => {
  await office?.stop()
  if (work) rmSync(work, { recursive: true, force: true })
})

interface Kept {
  size: number
  agreed: number
  differs?: { kind: string }
}

/** What the browser keeps of the console. */
const kept = (p: Person): Promise<Kept | undefined> =>
  p.page.evaluate(
    () =>
      new Promise<Kept | undefined>((resolve, reject) => {
        const opening = indexedDB.open('mingcha')
        opening.onerror = () => reject(new Error('no database'))
        opening.onsuccess = () => {
          const db = opening.result
          if (!db.objectStoreNames.contains('witnessed')) return resolve(undefined)
          const asked = db.transaction('witnessed').objectStore('witnessed').getAll()
          asked.onsuccess = () => {
            db.close()
            resolve((asked.result as Kept[])[0])
          }
        }
      }),
  )

/** Opens the settings anew, and waits until the page has looked at the journal. */
async function look(p: Person): Promise<Kept> {
  const before = await kept(p)
  await p.page.goto(`${office.address}/settings`)
  let now: Kept | undefined
  await until('the page has looked', async () => {
    now = await kept(p)
    return now !== undefined && (now.agreed !== before?.agreed || now.differs !== undefined)
  })
  return now!
}

const sign = async (): Promise<number> => {
  const { status, body } = await head.call<{ size: number }>('POST', '/checkpoint')
  expect(status).toBe(200)
  return body.size
}

/** Records of somebody's doing, which make the journal grow. */
async function grow(): Promise<void> {
  expect((await head.call('POST', '/accounts', { login: `more${Date.now()}`, name: '李四', role: 'staff' })).status).toBe(200)
}

const bar = (p: Person) => p.page.getByRole('alert', { name: '存证核对' })

/** Saves what the bar offers, and has the auditors' program look at it. */
async function saved(p: Person): Promise<{ file: string; said: string; status: number; evidence: { kind: string; zh: string } }> {
  const got = p.page.waitForEvent('download')
  await bar(p).getByRole('button', { name: '保存证据' }).click()
  const download = await got
  expect(download.suggestedFilename()).toMatch(/^mingcha-evidence-\d{4}-\d\d-\d\d\.json$/)
  const file = join(work, download.suggestedFilename())
  await download.saveAs(file)
  const evidence = JSON.parse(readFileSync(file, 'utf8')) as { kind: string; zh: string }
  try {
    const args = ['run', './sdk/cmd/mingcha-audit', '--evidence', file, '--key', join(office.dir, 'checkpoint.pub')]
    return { file, evidence, status: 0, said: execFileSync('go', args, { cwd: root, env: flags, encoding: 'utf8', stdio: 'pipe' }) }
  } catch (err) {
    const { status, stdout } = err as { status: number; stdout: string }
    return { file, evidence, status, said: stdout }
  }
}

describe('every page is a witness', () => {
  it('J2: is silent while the journal grows', async () => {
    const first = await look(head)
    expect(first.differs).toBeUndefined()
    await look(volunteer)
    older = join(work, 'older')
    await office.kill()
    cpSync(office.dir, older, { recursive: true })
    await office.start()
    await grow()
    const size = await sign()
    expect(size).toBeGreaterThan(first.size)
    for (const p of [head, volunteer]) {
      expect(await look(p)).toMatchObject({ size })
      expect(await bar(p).count()).toBe(0)
    }
    // Quietly: since when, how much, and when it was compared.
    await head.page.getByText(/起记着本台的存证。最近核对 .+ 条记录，与以前看到的一致/).waitFor()
    await shot(head.page, 'about')
  })

  it('J2: is silent where a backup of the newest state is restored', async () => {
    const { size } = (await kept(head))!
    const file = join(work, 'newest.zip')
    execFileSync(BIN, ['backup', file, '--data', office.dir], { stdio: 'pipe' })
    await office.kill()
    const anew = join(work, 'restored')
    execFileSync(BIN, ['restore', file, '--data', anew], { stdio: 'pipe' })
    // Sessions and passwords are in no backup.
    for (const name of readdirSync(office.dir).filter((n) => n === 'tls' || n.startsWith('accounts.db')))
      cpSync(join(office.dir, name), join(anew, name), { recursive: true })
    renameSync(office.dir, join(work, 'gone'))
    cpSync(anew, office.dir, { recursive: true })
    await office.start()
    for (const p of [head, volunteer]) {
      expect((await look(p)).size).toBeGreaterThanOrEqual(size)
      expect(await bar(p).count()).toBe(0)
    }
  })

  it('J2: tells that the folder was rolled back, and saves evidence', async () => {
    const { size } = (await kept(head))!
    const newest = join(work, 'newest')
    await office.kill()
    renameSync(office.dir, newest)
    cpSync(older, office.dir, { recursive: true })
    await office.start()
    for (const p of [head, volunteer]) {
      expect((await look(p)).differs?.kind).toBe('fewer')
      await bar(p).getByText('存证比您上次看到的少').waitFor()
    }
    await quiet(head.page)
    expect(await faults(head.page)).toEqual([])
    await shot(head.page, 'rolled-back')
    await shot(volunteer.page, 'rolled-back-390')
    expect(await volunteer.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    const { evidence, status, said } = await saved(head)
    expect([evidence.kind, status]).toEqual(['fewer', 1])
    expect(said).toContain('账簿的记录变少了')
    // The newest state is back: it agrees again, and the evidence stays.
    await office.kill()
    rmSync(office.dir, { recursive: true })
    renameSync(newest, office.dir)
    await office.start()
    for (const p of [head, volunteer]) {
      await p.page.goto(`${office.address}/settings`)
      await until('it agrees', async () => (await kept(p))?.differs === undefined)
      await until('the bar is gone', async () => (await bar(p).count()) === 0)
      expect((await kept(p))!.size).toBeGreaterThanOrEqual(size)
      await p.page.getByRole('list', { name: '曾经不一致' }).getByText('存证比您上次看到的少').waitFor()
    }
  })

  it('J2: tells that the past was rewritten with the folder’s own key, and saves evidence', async () => {
    await office.kill()
    execFileSync('go', ['run', './app/internal/officetest/rewritten', office.dir], { cwd: root, env: flags, stdio: 'pipe' })
    await office.start()
    for (const p of [head, volunteer]) {
      expect((await look(p)).differs?.kind).toBe('changed')
      await bar(p).getByText('存证与您上次看到的不一致').waitFor()
    }
    await shot(head.page, 'rewritten')
    const { evidence, status, said } = await saved(head)
    expect([evidence.kind, status]).toEqual(['changed', 1])
    expect(evidence.zh).toMatch(/^存证与您上次看到的不一致：.+请先保存证据/)
    expect(said).toContain('不一致')
    // It goes on saying so after the journal has grown honestly, and whoever signs in there.
    await grow()
    await sign()
    expect((await look(head)).differs?.kind).toBe('changed')
    expect((await saved(head)).status).toBe(1)
    await head.page.evaluate(() => fetch('/api/sign-out', { method: 'POST' }))
    await head.page.goto(`${office.address}/settings`)
    await head.page.getByLabel('账号').fill('vol1')
    await head.page.getByLabel('密码', { exact: true }).fill('four grey horses at noon')
    await head.page.getByRole('button', { name: '登录' }).click()
    await bar(head).getByText('存证与您上次看到的不一致').waitFor()
    // Somebody who has never been here sees nothing: there is nothing to hold it against.
    const stranger = await office.again('zhuren', desk)
    await stranger.page.goto(`${office.address}/settings`)
    await stranger.page.getByText(/起记着本台的存证。最近核对/).waitFor()
    expect(await bar(stranger).count()).toBe(0)
    await stranger.context.close()
  })

  it('goes on from what there is once somebody has made sure of the reason', async () => {
    const { page } = volunteer
    await page.goto(`${office.address}/settings`)
    await bar(volunteer).getByRole('button', { name: '已核实原因' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '以现在的为准' }).click()
    await until('the bar is gone', async () => (await bar(volunteer).count()) === 0)
    expect((await look(volunteer)).differs).toBeUndefined()
    await page.getByRole('list', { name: '曾经不一致' }).getByText('存证与您上次看到的不一致').first().waitFor()
  })
})
