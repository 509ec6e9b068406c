// Ratings: an electronic rater's export is imported, its bad one goes to its
// department and back; a sample is called back, and the draw made again.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, inEnglishAndDark, quiet, said } from './console'
import { acts, cityRead, desk, officeNow, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { until } from './process'
import { go } from './walk'

const shot = pictures('ratings')
const DEPARTMENT = 'GH'
const RATER = '欧阳明日'
const PHONE = '13855512345'
const SAID = '窗口没有说清要哪些材料，跑了三趟'

let city: Office
let office: Person
beforeAll(async () => {
  city = await startOffice([{ login: 'zhuren', name: '王主任', role: 'head' }])
  office = await city.person('zhuren', desk)
  await cityRead(office)
})
afterAll(() => city?.stop())

/** A text in GB18030, by what its decoder says of each pair of bytes. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const pairs = new Map<string, number[]>()
  for (let hi = 0x81; hi <= 0xfe; hi++) for (let lo = 0x40; lo <= 0xfe; lo++) pairs.set(decoder.decode(new Uint8Array([hi, lo])), [hi, lo])
  return Buffer.from([...text].flatMap((c) => (c < '\x80' ? [c.charCodeAt(0)] : pairs.get(c)!)))
}

/** The office's time some minutes ago, as a rater writes it. */
async function written(minutes: number): Promise<string> {
  return new Date((await officeNow(office)) - minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

async function step(page: Page, name: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name, exact: true }).click()
  const form = page.getByRole('form', { name })
  for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text)
  await form.getByRole('button', { name, exact: true }).click()
  await form.waitFor({ state: 'detached' })
}

describe('ratings', () => {
  it('of a file are imported, and a bad one goes to its department and back', async () => {
    const { page } = office
    await go(page, `${city.address}/ratings`)
    await page.locator('[role="row"]').nth(1).waitFor()
    await page.getByRole('region', { name: '评价统计' }).getByText('目标 ≥ 98%').waitFor()
    await shot(page, 'list')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: '各部门' }).click()
    const departments = page.getByRole('dialog', { name: '各部门' })
    await departments.getByRole('row').nth(1).waitFor()
    await shot(page, 'departments')
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await departments.waitFor({ state: 'detached' })

    const lines = [
      '流水号,部门,窗口号,工号,姓名,业务,满意度,评价时间,意见,评价人,联系电话',
      `P-1,规划局,3,0107,李窗口,,非常满意,${await written(50)},,,`,
      `P-2,规划局,3,0107,李窗口,,非常不满意,${await written(40)},${SAID},${RATER},${PHONE}`,
      `P-3,规划局,3,0107,李窗口,,还行吧,${await written(30)},,,`,
      `P-4,园林处,3,0107,李窗口,,满意,${await written(20)},,,`,
    ]
    const file = join(city.dir, '9月评议器.csv')
    writeFileSync(file, gb18030(lines.join('\r\n') + '\r\n'))
    await page.getByRole('button', { name: '导入评议器数据' }).click()
    const dialog = page.getByRole('dialog', { name: '导入电子评议器导出的评价' })
    await shot(page, 'import-empty')
    expect(await faults(page)).toEqual([])
    await dialog.locator('input[type="file"]').setInputFiles(file)
    await dialog.getByText('共 4 行，能用 2 行，不能用 2 行').waitFor()
    await dialog.getByText('看不懂满意度“还行吧”').waitFor()
    await dialog.getByText('没有部门“园林处”').waitFor()
    await expect.poll(() => dialog.innerText()).toContain('GB18030')
    for (const secret of [RATER, PHONE]) expect(await dialog.innerText()).not.toContain(secret)
    await shot(page, 'import-preview')
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: '导入 2 条' }).click()
    await dialog.getByText('新增 2 条').waitFor()
    await shot(page, 'import-done')
    await dialog.getByRole('button', { name: '换一份文件' }).click()
    await dialog.locator('input[type="file"]').setInputFiles(file)
    await dialog.getByText('已由 王主任 导入过').waitFor()
    await dialog.getByRole('button', { name: '导入 2 条' }).click()
    await dialog.getByText('新增 0 条，更正 0 条，早已有 2 条').waitFor()
    await dialog.getByRole('button', { name: '完成' }).click()

    // Who rated is seen for a reason; the list and the sheet say nothing of it.
    await go(page, `${city.address}/ratings?text=${encodeURIComponent('跑了三趟')}`)
    const row = page.locator('[role="row"]', { hasText: SAID })
    await row.getByText('待联系').waitFor()
    await row.click()
    const sheet = page.getByRole('dialog').last()
    await sheet.getByText('部门 ').first().waitFor()
    await page.getByRole('link', { name: /去督办办理/ }).waitFor()
    expect(await page.locator('body').innerText()).not.toContain(RATER)
    await shot(page, 'sheet')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: '查看评价人' }).click()
    const asking = page.getByRole('dialog', { name: '查看评价人' })
    await asking.getByLabel('查看理由').fill('部门说没有号码，核对')
    await asking.getByRole('button', { name: '查看', exact: true }).click()
    await asking.getByText(PHONE).waitFor()
    await shot(page, 'rater')
    expect(await faults(page)).toEqual([])

    // The liaison reads what was said, contacts the rater and replies.
    const liaison = await city.hire(office, { login: 'ghlian', name: '规划局联络员', role: 'liaison', department: DEPARTMENT }, desk)
    await liaison.page.goto(`${city.address}/ratings?show=waiting`)
    await liaison.page.locator('[role="row"]', { hasText: SAID }).click()
    await shot(liaison.page, 'liaison-sheet')
    await liaison.page.getByRole('link', { name: /去督办办理/ }).click()
    await liaison.page.getByText('群众的评价').waitFor()
    await liaison.page.getByText('期限 1 个工作日').waitFor()
    await shot(liaison.page, 'liaison-matter')
    expect(await faults(liaison.page)).toEqual([])
    await liaison.page.waitForURL(/\/matters\/\d+$/)
    const id = Number(new URL(liaison.page.url()).pathname.split('/').at(-1))
    const seen =
      JSON.stringify([await liaison.call('GET', `/matters/${id}`), await liaison.call('GET', '/ratings?bad=true')]) + (await liaison.page.innerText('main'))
    for (const secret of [RATER, PHONE, '王主任']) expect(seen).not.toContain(secret)
    expect(seen).toContain(SAID)
    await step(liaison.page, '已联系评价人', { 评价人说了什么: '说材料清单没有写全，已当面致歉' })
    await liaison.page.getByText('期限 5 个工作日').waitFor()

    // It cannot be put right at once: the liaison asks for more time, the office sees until when that would be.
    await liaison.page.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name: '申请延期' }).click()
    const extending = liaison.page.getByRole('form', { name: '申请延期' })
    await extending.getByText('连同原来的 5 个工作日不超过 15 个').waitFor()
    await extending.getByLabel('延长几个工作日').fill('11')
    await extending.getByLabel('理由').fill('清单要由省里统一修订')
    await extending.getByRole('button', { name: '申请延期' }).click()
    await extending.getByText('应为 1 至 10 的整数').waitFor()
    await extending.getByLabel('延长几个工作日').fill('10')
    await extending.getByText('期限将到').waitFor()
    await shot(liaison.page, 'liaison-more-time')
    expect(await faults(liaison.page)).toEqual([])
    await extending.getByRole('button', { name: '申请延期' }).click()
    await liaison.page.getByText('部门申请延期 10 个工作日，等效能办决定').waitFor()
    await go(page, `${city.address}/matters?state=extension`)
    await page.locator('[role="row"]', { hasText: SAID }).click()
    await page.getByText('部门申请延期 10 个工作日，等效能办决定').waitFor()
    await page.getByText('部门没有用系统').waitFor()
    await page.getByRole('button', { name: '同意延期', exact: true }).click()
    const granting = page.getByRole('form', { name: '同意延期' })
    expect(await granting.getByLabel('延长几个工作日').inputValue()).toBe('10')
    await granting.getByText('期限将到').waitFor()
    await shot(page, 'more-time')
    expect(await faults(page)).toEqual([])
    await granting.getByRole('button', { name: '同意延期' }).click()
    await page.getByText('期限 15 个工作日').waitFor()
    await liaison.page.reload()
    await liaison.page.getByText('期限 15 个工作日').waitFor()
    await step(liaison.page, '答复', { 核查情况和整改措施: '清单已补全并张贴，窗口逐条讲解。' })
    await liaison.page.getByText('现在没有要您办理的').waitFor()

    // The office closes it.
    await go(page, `${city.address}/matters/${id}`)
    await step(page, '销号', { 结论: '已看过新清单，予以销号。' })
    await page.getByText('这件督办已经办结').waitFor()
    await shot(page, 'closed')
    expect(await faults(page)).toEqual([])
    await page.getByRole('link', { name: '查看评价' }).click()
    await page.getByRole('dialog').getByText('已销号').first().waitFor()
    await liaison.context.close()
  })

  it('are called back by a draw that anybody can make again', async () => {
    const { page } = office
    await go(page, `${city.address}/ratings`)
    await page.getByRole('link', { name: '回访' }).click()
    await page.getByText('还没有抽取过').waitFor()
    await shot(page, 'calls-empty')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: '抽取回访' }).click()
    const dialog = page.getByRole('dialog', { name: '抽取要回访的评价' })
    await dialog.getByLabel('每个部门抽取（%）').fill('1')
    await shot(page, 'calls-draw')
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: '抽取回访' }).click()
    await dialog.waitFor({ state: 'detached' })
    const list = page.getByRole('region', { name: '要回访的评价' })
    await list.getByRole('button').first().waitFor()
    await quiet(page)
    await shot(page, 'calls')
    expect(await faults(page)).toEqual([])

    // One whom the file says was satisfied is called: by keyboard, once the number is seen.
    await list
      .getByRole('button')
      .filter({ hasText: /非常满意|满意/ })
      .filter({ hasNotText: '不满意' })
      .first()
      .click()
    await page.getByRole('button', { name: '查看号码' }).click()
    await page.getByText('打给').waitFor()
    await shot(page, 'call')
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('4')
    await page.getByText('按差评办理').waitFor()
    await page.getByLabel('说了什么（不写对方姓名）').fill('工作人员让按的满意，其实等了一上午')
    await page.keyboard.press('Control+Enter')
    await said(page, '已登记')
    const draws = page.getByRole('region', { name: '历次抽取' })
    await until('the draw counts it', async () => /\s1\s+0\s+0\s+1\s+0\s/.test((await draws.getByRole('row').nth(1).innerText()).replaceAll('\t', ' ')))
    await page.getByRole('button', { name: '查看号码' }).click()
    await page.getByText('打给').waitFor()
    await page.keyboard.press('0')
    await page.keyboard.press('Control+Enter')
    await list.getByText('已打 1 次').waitFor()
    await draws.getByRole('row').nth(1).getByRole('button').first().click()
    await list.getByText('与当时不一致').waitFor()
    await quiet(page)
    await shot(page, 'calls-result')
    expect(await faults(page)).toEqual([])

    const [saved] = await Promise.all([page.waitForEvent('download'), draws.getByRole('button', { name: '下载证书' }).first().click()])
    const certificate = join(city.dir, 'draw.json')
    await saved.saveAs(certificate)
    for (const secret of [RATER, PHONE]) expect(readFileSync(certificate, 'utf8')).not.toContain(secret)
    const redrawn = execFileSync('go', ['run', './sdk/cmd/mingcha-redraw', certificate], {
      cwd: join(import.meta.dirname, '../..'),
      encoding: 'utf8',
      stdio: 'pipe',
    })
    expect(redrawn).toContain('AGREES')

    const done = (await acts(office)).map((a) => a.zh)
    for (const words of [
      /^导入评价：9月评议器\.csv，新增 2 条$/,
      /^抽取回访：\d+ 条/,
      /^回访 #\d+：已接通$/,
      /^回访 #\d+：第 1 次没有接通$/,
      /^差评 #\d+ 转部门处理：规划局$/,
    ]) {
      expect(
        done.some((a) => words.test(a)),
        String(words),
      ).toBe(true)
    }
    expect(done.filter((a) => a === '查看评价人信息' || a === '为回访查看评价人电话')).toHaveLength(3)
  })

  it('stand on the page of their case, and in English and dark alike', async () => {
    const { page } = office
    const { body } = await office.call<{ rows: { case_id?: number }[] }>('GET', '/ratings?limit=50')
    const rated = body.rows.find((r) => r.case_id)!.case_id
    await go(page, `${city.address}/cases/${rated}`)
    const panel = page.getByRole('region', { name: '群众评价' })
    await panel.scrollIntoViewIfNeeded()
    await shot(page, 'case')
    expect(await faults(page)).toEqual([])
    await inEnglishAndDark(page)
    for (const [name, path, words] of [
      ['list', '/ratings', 'goal ≥ 98%'],
      ['calls', '/ratings/callbacks', 'Draw call-backs'],
    ] as const) {
      await go(page, `${city.address}${path}`)
      await page.getByText(words).first().waitFor()
      await shot(page, `${name}-en-dark`)
      expect(await faults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    }
  })
})
