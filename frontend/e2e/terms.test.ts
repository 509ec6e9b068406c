// A volunteer supervisor's term: the office appoints, trains, appraises and ends
// it; whoever is out of term gets nothing new; a department rates a note without
// knowing whose; and the volunteer reads the own record on a phone.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, quiet } from './console'
import { cityRead, desk, officeNow, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { go } from './walk'

const shot = pictures('terms')
const DEPARTMENT = 'GH'

let city: Office
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'vol1', name: '赵红', role: 'volunteer' },
    { login: 'vol2', name: '钱进', role: 'volunteer' },
    { login: 'vol3', name: '孙立', role: 'volunteer' },
  ])
})
afterAll(() => city?.stop())

const hangsOver = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

interface Roll {
  today: string
  next_certificate: string
  volunteers: { id: number; name: string; state: string; term?: { id: number; certificate: string; until: string } }[]
}
const dayAfter = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Chooses in a list of the component library. */
async function pick(within: Locator, label: string, option: string): Promise<void> {
  const page = within.page()
  await within.locator(`.n-select[aria-label="${label}"]`).click()
  await page.locator('.n-base-select-option', { hasText: option }).click()
}

/** Types a date as a clerk does. */
async function date(within: Locator, label: string, day: string): Promise<void> {
  await within.getByLabel(label).fill(day)
  await within.page().keyboard.press('Enter')
}

describe('a term', () => {
  it('goes from the appointment to its end', async () => {
    const office = await city.person('zhuren', desk)
    const { page } = office
    await cityRead(office)
    const roll = async (): Promise<Roll> => (await office.call<Roll>('GET', '/volunteers')).body
    const { today, next_certificate } = await roll()
    const idOf = async (name: string): Promise<number> => (await roll()).volunteers.find((v) => v.name === name)!.id

    // After an account is made a link leads to the appointment.
    await go(page, `${city.address}/settings`)
    await page.getByRole('button', { name: '添加人员' }).first().click()
    const adding = page.getByRole('dialog')
    await adding.getByLabel('姓名').fill('李记者')
    await adding.getByLabel('账号').fill('lijizhe')
    await pick(adding, '角色', '义务监督员')
    await adding.getByRole('button', { name: '添加人员' }).click()
    await page.getByText('李记者 的初始密码').waitFor()
    await page.waitForTimeout(400)
    await shot(page, 'first-password')
    await page.getByRole('link', { name: '已记下，去登记聘任' }).click()
    await page.getByText('还没有登记聘任。登记之前').waitFor()
    await page.waitForTimeout(400)
    await shot(page, 'unregistered')
    expect(await faults(page)).toEqual([])

    // Appointed, with a proposed certificate.
    await page.getByRole('button', { name: '登记聘任', exact: true }).click()
    const appointing = page.getByRole('dialog', { name: '聘任 李记者' })
    await expect.poll(() => appointing.getByLabel('证书编号').inputValue()).toBe(next_certificate)
    await pick(appointing, '类别', '新闻记者')
    await appointing.getByLabel('职业与单位').fill('市日报社记者')
    await date(appointing, '截止日期', dayAfter(today, 6 * 365))
    await appointing.getByRole('button', { name: '登记聘任' }).click()
    await appointing.getByText('任期至多五年').waitFor()
    await shot(page, 'appoint-refused')
    expect(await faults(page)).toEqual([])
    await date(appointing, '截止日期', dayAfter(today, 729))
    await pick(appointing, '应当回避的部门', '规划')
    await page.keyboard.press('Escape')
    await shot(page, 'appoint')
    await appointing.getByRole('button', { name: '登记聘任' }).click()
    await appointing.waitFor({ state: 'detached' })
    await page.getByText('市日报社记者').first().waitFor()

    // The others over the API: one with a term that ends soon, one for two years.
    const vol1 = await idOf('赵红')
    const vol2 = await idOf('钱进')
    const appoint = (id: number, n: string, group: string, last: string) =>
      office.call('POST', `/volunteers/${id}/terms`, { key: `appoint-${n}`, certificate: `旧-${n}`, group, first: dayAfter(today, -40), last })
    expect((await appoint(vol1, '001', 'trader', dayAfter(today, 20))).status).toBe(204)
    expect((await appoint(vol2, '002', 'deputy', dayAfter(today, 600))).status).toBe(204)

    // A training of all who serve.
    await go(page, `${city.address}/volunteers`)
    await page.getByText('30 天内期满 1 人').waitFor()
    await page.getByRole('button', { name: '登记培训' }).click()
    const training = page.getByRole('dialog', { name: '登记培训' })
    await training.getByLabel('培训内容').fill('暗访要领与回避规定')
    await training.getByRole('button', { name: '选中全部在任' }).click()
    await training.getByText('已选 4 人').waitFor()
    await shot(page, 'training')
    expect(await faults(page)).toEqual([])
    await training.getByRole('button', { name: '登记', exact: true }).click()
    await training.waitFor({ state: 'detached' })

    // An appraisal.
    await page.locator('[role="row"] >> text=赵红').click()
    const sheet = page.getByRole('dialog', { name: '赵红' })
    await sheet.getByText('暗访要领与回避规定').waitFor()
    await sheet.getByRole('button', { name: '履职评价' }).click()
    const appraising = page.getByRole('dialog', { name: '赵红 的履职评价' })
    await appraising.getByText('优秀', { exact: true }).click()
    await appraising.getByLabel('评语').fill('每次评议都按时提交，说理清楚。')
    await shot(page, 'appraise')
    expect(await faults(page)).toEqual([])
    await appraising.getByRole('button', { name: '提交评价' }).click()
    await appraising.waitFor({ state: 'detached' })
    await sheet.getByText('每次评议都按时提交').waitFor()
    await quiet(page)
    await shot(page, 'sheet')
    expect(await faults(page)).toEqual([])

    // One leaves with yesterday.
    await go(page, `${city.address}/volunteers?account=${vol2}`)
    await page.getByRole('button', { name: '提前结束' }).click()
    const ending = page.getByRole('dialog', { name: '提前结束 钱进 的任期' })
    await date(ending, '最后一天', dayAfter(today, -1))
    await pick(ending, '原因', '工作或住处变动')
    await ending.getByLabel('理由').fill('调往外地工作')
    await shot(page, 'end')
    expect(await faults(page)).toEqual([])
    await ending.getByRole('button', { name: '提前结束' }).click()
    await ending.waitFor({ state: 'detached' })
    await page.getByText('任期已结束').first().waitFor()
    await page.getByText('聘任经过').scrollIntoViewIfNeeded()
    await shot(page, 'ended')

    // Whoever is out of term gets no review and no visit; the others do.
    expect((await office.call('POST', '/draws', { kind: 'overdue', from: dayAfter(today, -60), to: today, percent: 10, at_least: 1 })).status).toBe(200)
    const plan = (who: number) =>
      office.call('POST', '/visits', { key: `asked-of-${who}-here`, date: today, mode: 'unannounced', members: [who], stops: [{ department: 'JS' }] })
    expect((await plan(vol2)).status).toBe(422)
    expect((await plan(vol1)).status).toBe(200)
    const volunteer = await city.person('vol1', phone)
    const left = await city.person('vol2', phone)
    const reviewsOf = async (p: Person): Promise<number> => (await p.call<unknown[]>('GET', '/my/reviews')).body.length
    expect(await reviewsOf(left)).toBe(0)
    expect(await reviewsOf(volunteer)).toBeGreaterThan(0)

    // A note goes to its department, which rates it once it is done.
    const now = await officeNow(volunteer)
    const note = (key: string) => ({
      key,
      mode: 'unannounced',
      department: DEPARTMENT,
      window: '12 号',
      arrived_at: new Date(now - 3_600_000).toISOString(),
      left_at: new Date(now - 1_800_000).toISOString(),
      findings: [{ category: 'unmanned', severity: 'serious', fact: '九点到九点半 12 号窗口没有人' }],
    })
    expect((await volunteer.call('POST', '/my/visits', note('0b8f5c1e-1111-4222-8333-444455556666'))).status).toBe(200)
    expect((await left.call('POST', '/my/visits', note('0b8f5c1e-1111-4222-8333-444455557777'))).status).toBe(422)
    const liaison = await city.hire(office, { login: 'ghlian', name: '规划局联络员', role: 'liaison', department: DEPARTMENT }, desk)
    const { body: matters } = await office.call<{ rows: { id: number }[] }>('GET', `/matters?state=assess&department=${DEPARTMENT}`)
    const { id } = matters.rows[0]!
    const step = (p: Person, version: number, action: string, fields: Record<string, string>) =>
      p.call('POST', `/matters/${id}/steps`, { key: `step-of-${action}`, version, action, fields })
    expect((await step(office, 0, 'assign', { task: '12 号窗口有时无人，请核查。' })).status).toBe(200)
    expect((await step(liaison, 1, 'reply', { reply: '情况属实，已增设替岗一名。' })).status).toBe(200)
    await go(liaison.page, `${city.address}/matters/${id}`)
    await liaison.page.getByText('现在没有要您办理的').waitFor()
    expect(await liaison.page.getByText('对监督记录的评价').count()).toBe(0)
    expect((await step(office, 2, 'close', { conclusion: '整改到位，予以销号。' })).status).toBe(200)
    await liaison.page.reload()
    const rating = liaison.page.getByRole('form', { name: '对监督记录的评价' })
    await rating
      .getByRole('group', { name: /事实清楚/ })
      .getByText('4', { exact: true })
      .click()
    await rating
      .getByRole('group', { name: /态度公允/ })
      .getByText('5', { exact: true })
      .click()
    await rating.getByLabel('想说的话').fill('时间、窗口都写得清楚')
    await shot(liaison.page, 'rate')
    expect(await faults(liaison.page)).toEqual([])
    await rating.getByRole('button', { name: '提交评价' }).click()
    await liaison.page.getByText('4 / 5').waitFor()
    await shot(liaison.page, 'rated')
    expect(await faults(liaison.page)).toEqual([])
    expect(await liaison.page.innerText('main')).not.toContain('赵红')
    await go(page, `${city.address}/matters/${id}`)
    await page.getByText('时间、窗口都写得清楚').waitFor()
    await shot(page, 'rated-office')

    // The volunteer reads the own record at once, of a single rating nothing.
    await volunteer.page.goto(`${city.address}/my/term`)
    await volunteer.page.getByText('提交 1 份').waitFor()
    await shot(volunteer.page, 'my-term', { fullPage: true })
    const read = () => volunteer.page.innerText('main')
    for (const told of ['旧-001', '个体工商户', '即将期满', '暗访要领与回避规定', '优秀', '每次评议都按时提交', '满三次评价后才显示'])
      await expect.poll(read).toContain(told)
    for (const secret of ['王主任', '时间、窗口都写得清楚']) expect(await read()).not.toContain(secret)
    expect(await faults(volunteer.page)).toEqual([])
    expect(await hangsOver(volunteer.page)).toBe(0)

    await go(left.page, `${city.address}/my/term`)
    await left.page.getByText('不再分派新的评议和暗访').waitFor()
    await shot(left.page, 'my-term-over')
    expect(await faults(left.page)).toEqual([])
    await go(left.page, `${city.address}/my/visits`)
    await left.page.getByText('您现在不在任期内').waitFor()
    await shot(left.page, 'my-visits-over')
    expect(await faults(left.page)).toEqual([])

    // Renewed: from the day after, with the group as it was; then set right.
    await go(page, `${city.address}/volunteers?account=${vol1}`)
    await page.getByRole('button', { name: '续聘' }).click()
    const renewing = page.getByRole('dialog', { name: '续聘 赵红' })
    await expect.poll(() => renewing.getByLabel('起始日期').inputValue()).toBe(dayAfter(today, 21))
    await expect.poll(() => renewing.innerText()).toContain('个体工商户')
    await renewing.getByRole('button', { name: '续聘' }).click()
    await renewing.waitFor({ state: 'detached' })
    await page.getByText('历次聘任').waitFor()
    await page.getByRole('button', { name: /^更正 \d/ }).click()
    const correcting = page.getByRole('dialog', { name: '更正 赵红 的聘任' })
    await correcting.getByLabel('职业与单位').fill('赵记面馆')
    await correcting.getByLabel('更正理由').fill('补填职业与单位')
    await shot(page, 'correct')
    expect(await faults(page)).toEqual([])
    await correcting.getByRole('button', { name: '更正', exact: true }).click()
    await correcting.waitFor({ state: 'detached' })
    await page.getByText('补填职业与单位').scrollIntoViewIfNeeded()
    await quiet(page)
    await shot(page, 'history')
    expect(await faults(page)).toEqual([])

    // A training that was recorded wrongly counts no more.
    await go(page, `${city.address}/volunteers`)
    await page.getByRole('button', { name: '培训记录' }).click()
    const trainings = page.getByRole('dialog', { name: '培训记录' })
    await trainings.getByText('李记者').waitFor()
    await trainings.getByRole('button', { name: '撤销培训：暗访要领与回避规定' }).click()
    const withdrawing = page.getByRole('dialog', { name: '撤销培训：暗访要领与回避规定' })
    await withdrawing.getByLabel('理由').fill('参加的人填错了')
    await withdrawing.getByRole('button', { name: '撤销' }).click()
    await trainings.getByText('已撤销：参加的人填错了').waitFor()
    await quiet(page)
    await shot(page, 'trainings')
    expect(await faults(page)).toEqual([])

    // The list as a whole, and as a file.
    await go(page, `${city.address}/volunteers`)
    await page.locator('[role="row"] >> text=李记者').waitFor()
    await shot(page, 'list')
    expect(await faults(page)).toEqual([])
    const got = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByText('CSV 表格').click()
    expect((await got).suggestedFilename()).toMatch(/^义务监督员-\d{4}-\d\d-\d\d\.csv$/)
    await page.getByRole('button', { name: /政协委员/ }).click()
    await page.getByText('没有符合条件的记录').waitFor()
    await shot(page, 'list-none')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate(() => localStorage.setItem('mingcha.prefs', JSON.stringify({ locale: 'en', theme: 'dark' })))
    for (const [name, path] of [
      ['list', '/volunteers'],
      ['sheet', `/volunteers?account=${vol1}`],
    ] as const) {
      await page.goto(`${city.address}${path}`)
      await page
        .getByText(name === 'list' ? '1 never appointed' : 'Departments’ ratings')
        .first()
        .waitFor()
      await page.waitForTimeout(400)
      await shot(page, `${name}-en-dark`)
      expect(await faults(page)).toEqual([])
    }
    for (const p of [office, volunteer, left, liaison]) await p.context.close()
  })
})
