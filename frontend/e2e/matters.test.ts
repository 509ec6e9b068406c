// What comes of a finding: a volunteer notes it, the office assigns it, the
// department's liaison replies, the office visits again and closes it, and the
// volunteer reads what became of it.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, inEnglishAndDark } from './console'
import { acts, cityRead, desk, officeNow, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { until } from './process'
import { go } from './walk'

const shot = pictures('matters')
const DEPARTMENT = 'GH'
const NOTED = '我是隔壁赵记面馆的，九点到九点半 12 号窗口没有人'
const TASK = '11 月某日上午 12 号窗口无人值守约半小时，请核查并答复。'

let city: Office
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'vol1', name: '监督员赵红', role: 'volunteer' },
  ])
})
afterAll(() => city?.stop())

/** Opens an action's form, fills it in and sends it. */
async function step(page: Page, name: string, fields: Record<string, string>): Promise<void> {
  const panel = page.getByRole('region', { name: '现在可以办理' })
  await panel.getByRole('button', { name, exact: true }).click()
  const form: Locator = page.getByRole('form', { name })
  for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text)
  await form.getByRole('button', { name, exact: true }).click()
  await form.waitFor({ state: 'detached' })
}

interface Followed {
  category: string
  fact: string
  state: string
  words_zh: string
  reply?: string
  conclusion?: string
}
async function told(p: Person): Promise<Followed> {
  const { body } = await p.call<{ filed: { findings: Followed[] }[] }>('GET', '/my/visits')
  return body.filed[0]!.findings[0]!
}

describe('a finding', () => {
  it('goes to the department and back, and its volunteer reads what became of it', async () => {
    const office = await city.person('zhuren', desk)
    await cityRead(office)
    // The city has bad ratings, which are with their departments.
    await office.page.goto(`${city.address}/matters?state=assess`)
    await office.page.getByText('没有符合条件的记录').waitFor()
    await shot(office.page, 'empty')
    expect(await faults(office.page)).toEqual([])

    // A volunteer files a visit.
    const volunteer = await city.person('vol1', phone)
    const now = await officeNow(volunteer)
    const filed = await volunteer.call<{ id: number }>('POST', '/my/visits', {
      key: '0b8f5c1e-1111-4222-8333-444455556666',
      mode: 'unannounced',
      department: DEPARTMENT,
      place: '政务大厅',
      window: '12 号',
      arrived_at: new Date(now - 3_600_000).toISOString(),
      left_at: new Date(now - 1_800_000).toISOString(),
      findings: [{ category: 'unmanned', severity: 'serious', fact: NOTED }],
    })
    expect(filed.status).toBe(200)
    expect(await told(volunteer)).toMatchObject({ state: 'assess', fact: NOTED })

    // The head's list, which is open, shows it by itself; they hand it over in other words.
    const { page } = office
    await page.locator('[role="row"] >> text=无人在岗').first().waitFor()
    await page.getByRole('link', { name: /督办/ }).getByText('1', { exact: false }).first().waitFor()
    await shot(page, 'office-list')
    expect(await faults(page)).toEqual([])
    await page.locator('[role="row"] >> text=无人在岗').first().click()
    await page.waitForURL(/\/matters\/\d+$/) // the list tells what was noted, too
    await page.getByText(NOTED).waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    await shot(page, 'office-assess')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: '交办', exact: true }).click()
    const form = page.getByRole('form', { name: '交办' })
    await expect.poll(() => form.getByLabel('交办内容').inputValue()).toBe(NOTED)
    await shot(page, 'office-assign')
    expect(await faults(page)).toEqual([])
    await form.getByLabel('交办内容').fill('查')
    await form.getByRole('button', { name: '交办', exact: true }).click()
    await form.getByText('至少 4 字').waitFor()
    await form.getByLabel('交办内容').fill(TASK)
    await form.getByRole('button', { name: '交办', exact: true }).click()
    await page.getByText('部门须在').waitFor()
    await shot(page, 'office-assigned')
    expect((await told(volunteer)).words_zh).toMatch(/^已转部门，5 个工作日内答复（至 \d+ 月 \d+ 日）。$/)

    // The liaison signs in, sees the office's words and nobody's name, and replies.
    const liaison = await city.hire(office, { login: 'ghlian', name: '规划局联络员', role: 'liaison', department: DEPARTMENT }, desk)
    await liaison.page.goto(`${city.address}/matters`)
    await liaison.page.locator('[role="row"] >> text=12 号窗口无人值守').first().waitFor()
    await shot(liaison.page, 'liaison-list')
    expect(await faults(liaison.page)).toEqual([])
    await liaison.page.locator('[role="row"] >> text=12 号窗口无人值守').first().click()
    await liaison.page.getByText('交办的问题').waitFor()
    const seen = JSON.stringify((await liaison.call('GET', `/matters/${id}`)).body) + (await liaison.page.innerText('main'))
    for (const secret of ['赵记', '赵红', '王主任']) expect(seen).not.toContain(secret)
    await shot(liaison.page, 'liaison-matter')
    expect(await faults(liaison.page)).toEqual([])
    await step(liaison.page, '申请延期', { 延长几个工作日: '3', 理由: '当班人员出差，需要核实' })

    // Both decide at once: who is second is told what the other did.
    await page.reload()
    await page.getByRole('button', { name: '不同意延期' }).click()
    const refusing = page.getByRole('form', { name: '不同意延期' })
    await refusing.getByLabel('理由').fill('五个工作日足够核实')
    expect((await office.call('POST', `/matters/${id}/steps`, { key: 'from-another-window', version: 2, action: 'grant', fields: { days: '3' } })).status).toBe(
      200,
    )
    await refusing.getByRole('button', { name: '不同意延期' }).click()
    await refusing.getByText('效能办已于').waitFor()
    await shot(page, 'office-second')
    expect(await faults(page)).toEqual([])
    await refusing.getByRole('button', { name: '刷新' }).click()
    await page.getByText('期限 8 个工作日').waitFor()

    await liaison.page.reload()
    await step(liaison.page, '答复', { 核查情况和整改措施: '情况属实，当班人员擅自离岗，已批评教育；增设替岗一名。' })
    await liaison.page.getByText('现在没有要您办理的').waitFor()

    // The office visits again; the department sees nothing of it before there is a result.
    await page.reload()
    await shot(page, 'office-replied')
    await step(page, '安排复访', { 安排: '下周二上午 9 点，小李去' })
    await liaison.page.reload()
    await liaison.page.getByText('已答复，待核实').first().waitFor()
    expect(await liaison.page.innerText('main')).not.toContain('复访')
    await step(page, '登记复访结果', { 复访看到的情况: '12 号窗口有人，替岗名单已公示' })
    await step(page, '销号', { 结论: '整改到位，予以销号。' })
    await page.getByText('这件督办已经办结').waitFor()
    await shot(page, 'office-closed')
    expect(await faults(page)).toEqual([])
    // Found by its number among all, the most urgent first, and taken away as a file.
    await go(page, `${city.address}/matters`)
    await page.getByRole('button', { name: /期限/ }).click()
    await until('those that are due first stand first', async () => new URL(page.url()).search === '?sort=due&ascending=true')
    await page.goto(`${city.address}/matters`)
    await page.getByPlaceholder('编号、情况、地点或工作人员').fill(`#${id}`)
    await page.getByText('共 1 条').waitFor()
    await shot(page, 'office-found')
    const got = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出', exact: true }).click()
    await page.getByText('CSV 表格').click()
    const file = readFileSync(await (await got).path(), 'utf8')
      .trim()
      .split('\n')
    expect(file).toHaveLength(2)
    expect(file[1]).toContain(`${id},visit,${DEPARTMENT},`)
    expect(file[1]).toContain(',closed,')
    expect(file[1]).toContain('整改到位，予以销号。')
    await inEnglishAndDark(page)
    for (const [name, path] of [
      ['matter', `/matters/${id}`],
      ['list', '/matters'],
    ] as const) {
      await go(page, `${city.address}${path}`)
      await page.getByText('Closed', { exact: true }).first().waitFor()
      await shot(page, `${name}-en-dark`)
      expect(await faults(page)).toEqual([])
    }

    expect(await told(volunteer)).toMatchObject({
      category: 'unmanned',
      fact: NOTED,
      state: 'closed',
      words_zh: '已办结。',
      reply: '情况属实，当班人员擅自离岗，已批评教育；增设替岗一名。',
      conclusion: '整改到位，予以销号。',
    })
    expect(
      (await acts(office))
        .map((a) => a.zh.split(`督办 #${id}：`)[1])
        .filter(Boolean)
        .reverse(),
    ).toEqual(['交办', '申请延期', '同意延期', '答复', '安排复访', '登记复访结果', '销号'])
    await liaison.page.reload()
    await liaison.page.getByText('这件督办已经办结').waitFor()
    await shot(liaison.page, 'liaison-closed')
    expect(await liaison.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    for (const p of [office, volunteer, liaison]) await p.context.close()
  })
})
