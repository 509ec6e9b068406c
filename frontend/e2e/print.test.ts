// What is printed: complete sheets, without the frame around the pages.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPage, readConsole, startBrowser, type Read } from './console'
import { until } from './process'
import { go } from './walk'

let console: Read
let browser: Browser
let page: Page
const kept = process.env['MINGCHA_SHOTS'] ?? mkdtempSync(join(tmpdir(), 'mingcha-paper-'))

interface Found {
  case_id: number
  name_zh: string
  name_en: string
}

beforeAll(async () => {
  mkdirSync(kept, { recursive: true })
  console = readConsole()
  browser = await startBrowser()
  const made = await newPage(browser, { viewport: { width: 1366, height: 768 }, colorScheme: 'dark', locale: 'zh-CN' })
  page = made.page
})
afterAll(async () => {
  await browser?.close()
})

/**
 * A text as it can be compared: on paper some characters come from glyphs that they
 * share with radicals and other dashes.
 */
function plain(text: string): string {
  const radicals = '⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙'
  const of = new Map([...radicals].flatMap((c, i, all) => (i % 2 === 0 ? [[c, all[i + 1]!] as const] : [])))
  return [...text.replace(/\s+/g, '').normalize('NFKC')]
    .map((c) => of.get(c) ?? c)
    .join('')
    .replace(/[‐-―]/g, '-')
}

/** Prints what is shown, as Ctrl P does, and gives the texts of its sheets. */
async function paper(name: string): Promise<string[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  writeFileSync(join(kept, `${name}.pdf`), pdf)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false })
  return text.map(plain)
}

/** What of the page would be cut on paper of this width, in px at 96 a inch. */
async function cut(width: number): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width, height: 1000 })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  const out = await page.evaluate((most) => {
    const said: string[] = []
    const shown = [...document.querySelectorAll<HTMLElement>('main *, .n-drawer *, .n-modal *')].filter((e) => e.checkVisibility() && !e.closest('.sr-only'))
    for (const e of shown) {
      const { right, width: wide, height } = e.getBoundingClientRect()
      if (wide === 0 || height === 0) continue
      const style = getComputedStyle(e)
      if (right > most + 1) said.push(`over the edge by ${Math.round(right - most)}: ${e.className} ${e.textContent?.slice(0, 40)}`)
      if (style.overflow !== 'visible' && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
        said.push(`cut: ${e.className} ${e.textContent?.slice(0, 40)}`)
    }
    return said
  }, width)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: null })
  await page.setViewportSize({ width: 1366, height: 768 })
  return out
}

/** A4 within its margins. */
const PORTRAIT = 703
const LANDSCAPE = 1032

/** The page is in this language. */
let speaks: boolean | undefined

async function open(path: string, english: boolean): Promise<void> {
  if (english !== speaks) {
    await page.goto(`${console.address}/icon.svg`) // from there, what the pages hold of the reader's likings can be set
    await page.evaluate((en) => localStorage.setItem('mingcha.prefs', JSON.stringify({ locale: en ? 'en' : 'zh-CN', theme: 'dark' })), english)
    await page.goto(`${console.address}${path}#k=${console.token}`)
    speaks = english
  } else {
    await go(page, `${console.address}${path}`)
  }
  await page.locator('main h1').first().waitFor()
}

for (const english of [false, true]) {
  const said = english ? 'en' : 'zh'

  test(`M11: a case is printed whole (${said})`, async () => {
    const findings = await console.call<{ rows: Found[] }>('/findings?state=active&level=red&limit=200')
    const count = new Map<number, Found[]>()
    for (const f of findings.rows) count.set(f.case_id, [...(count.get(f.case_id) ?? []), f])
    const [id, of] = [...count].toSorted((a, b) => b[1].length - a[1].length)[0]!
    const detail = await console.call<{
      case: { case_no: string }
      findings: { words_zh: string; words_en: string; basis_zh: string; basis_en: string }[]
      events: { seq: number }[]
    }>(`/cases/${id}`)
    await open(`/cases/${id}`, english)
    const sheets = await paper(`case-${said}`)
    const all = sheets.join('')
    expect(all).toContain(detail.case.case_no)
    for (const f of of) expect(all).toContain(plain(english ? f.name_en : f.name_zh))
    for (const f of detail.findings) {
      for (const line of (english ? f.words_en : f.words_zh).split('\n')) expect(all).toContain(plain(line))
      expect(all).toContain(plain(english ? f.basis_en : f.basis_zh))
    }
    for (const e of detail.events) expect(all).toContain(e.seq.toLocaleString('en-US'))
    expect(all).toContain(english ? 'Journalcheckpoint:signed' : plain('存证检查点：'))
    expect(all).toContain(english ? `Page1of${sheets.length}` : plain(`第1页，共${sheets.length}页`))
    for (const frame of english ? ['Settings', 'CtrlK', 'Print…'] : ['设置', 'CtrlK']) expect(all).not.toContain(frame)
    expect(await cut(PORTRAIT)).toEqual([])
  })

  test(`M11: a list is printed as far as it is shown, and says how far (${said})`, async () => {
    await open('/cases', english)
    await until('rows are there', async () => (await page.locator('[role="row"]').count()) > 5)
    const { total, rows } = await console.call<{ total: number; rows: { case_no: string }[] }>('/cases?limit=200')
    expect(total).toBeGreaterThan(200)
    const sheets = await paper(`list-${said}`)
    const all = sheets.join('')
    expect(all).toContain(english ? 'Rows1-200of' : plain('第1–200条，共'))
    expect(all).toContain(english ? 'exportthemforall' : '全部请用导出')
    const printed = rows.filter((r) => all.includes(r.case_no)).length
    expect(printed).toBeGreaterThan(150) // the city lives: some have moved in the list since
    expect(sheets.length).toBeGreaterThan(3)
    for (const sheet of sheets) expect(sheet).toContain(english ? 'Case' : '办件号') // the head is on every sheet
    expect(await cut(LANDSCAPE)).toEqual([])
  })

  test(`M11: a matter is printed with all that was done (${said})`, async () => {
    const matters = await console.call<{ rows: { id: number }[] }>('/matters?limit=1')
    const one = await console.call<{ steps: { texts: { text: string }[] }[]; fact: string }>(`/matters/${matters.rows[0]!.id}`)
    await open(`/matters/${matters.rows[0]!.id}`, english)
    const all = (await paper(`matter-${said}`)).join('')
    expect(all).toContain(`${matters.rows[0]!.id}`)
    expect(all).toContain(plain(one.fact))
    for (const s of one.steps) for (const x of s.texts) expect(all).toContain(plain(x.text))
    expect(all).not.toContain(english ? 'Whatyoucando' : '可以办理')
    expect(await cut(PORTRAIT)).toEqual([])
  })
}

test('M11: the board is one sheet: figures, all departments and what comes due, and no events', async () => {
  await open('/', false)
  await page.locator('.stream .line .cells').first().waitFor()
  const { departments } = await console.call<{ departments: { name: string }[] }>('/board')
  const sheets = await paper('board')
  expect(sheets).toHaveLength(1)
  for (const words of ['在办', '今日到期', '今日及后五个工作日到期', ...departments.map((d) => d.name)]) expect(sheets[0]).toContain(plain(words))
  expect(sheets[0]).not.toContain('事件流')
  expect(await cut(PORTRAIT)).toEqual([])
})

test('M11: paper is light in a dark theme, and the screen is dark again behind it', async () => {
  await open('/cases', false)
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  const during = await page.evaluate(async () => {
    window.dispatchEvent(new Event('beforeprint'))
    await Promise.resolve()
    const was = document.documentElement.dataset['theme']
    window.dispatchEvent(new Event('afterprint'))
    return was
  })
  expect(during).toBe('light')
  await until('it is dark', () => page.evaluate(() => document.documentElement.dataset['theme'] === 'dark'))
})
