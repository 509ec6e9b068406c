// A year's holidays by clicking days and by pasting the notice: held against the
// Measures, tried out, and only then applied.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalendarYear } from '../src/api/schema'
import { faults, openPage, quiet, startBrowser, startConsole, type Running } from './console'
import { misfits } from './fits'
import { pictures } from './pictures'

const shot = pictures('holidays')

/** As the State Council writes it: 1 + 4 + 1 + 2 + 1 + 1 + 3 = 13 statutory days. */
const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假。
六、中秋节：9月15日（周三）放假。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。`

/** The file that was once taken for a whole year's list. */
const SHORT = JSON.stringify({
  year: 2027,
  papers: [],
  days: [
    { name: '元旦', date: '2027-01-01', isOffDay: true },
    { name: '春节', date: '2027-02-08', isOffDay: true },
    { name: '春节', date: '2027-02-20', isOffDay: false },
  ],
})

let running: Running
let browser: Browser

beforeAll(async () => {
  running = await startConsole()
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  await running?.stop()
})

const year = (): Promise<CalendarYear> => running.call<CalendarYear>('/calendar/2027')
const at = (page: Page, date: string) => page.locator(`#calendar button[data-date="${date}"]`)
/** What the day is said to be to who cannot see it. */
const label = (page: Page, date: string) => at(page, date).locator('.sr-only').textContent()

async function edit(page: Page, name: string): Promise<void> {
  await page.goto(`${running.address}/settings?year=2027#k=${running.token}`)
  await page.locator('#calendar').getByRole('button', { name, exact: true }).click()
  await at(page, '2027-01-01').waitFor()
}

describe('M14: the holidays of a year', () => {
  it('M14: are marked, told to be incomplete, read from a notice, tried out, and only then applied', async () => {
    const { context, page, errors } = await openPage(browser, 'zh-CN')
    await edit(page, '录入 2027 年放假安排')
    const calendar = page.locator('#calendar')
    // The holidays of fixed date stand there from the beginning.
    expect(await label(page, '2027-05-01')).toBe('2027-05-01 节假日 · 劳动节')
    // A weekday: rest, plain. A weekend day: rest, worked, plain.
    await at(page, '2027-02-08').click()
    await expect.poll(() => label(page, '2027-02-08')).toBe('2027-02-08 节假日 · 春节')
    await at(page, '2027-02-08').click()
    await expect.poll(() => label(page, '2027-02-08')).toBe('2027-02-08 工作日')
    await at(page, '2027-02-14').click()
    await at(page, '2027-02-14').click()
    await expect.poll(() => label(page, '2027-02-14')).toBe('2027-02-14 调休上班 · 春节')
    // By keyboard: an arrow leads to the next day.
    await at(page, '2027-02-14').press('ArrowLeft')
    await page.keyboard.press('Enter')
    await expect.poll(() => label(page, '2027-02-13')).toBe('2027-02-13 节假日 · 春节')

    // The list that was once taken as complete.
    await calendar.getByLabel(/粘贴国务院办公厅的放假通知/).fill(SHORT)
    await calendar.getByRole('button', { name: '读取到日历' }).click()
    const check = calendar.getByRole('region', { name: '核对' })
    await check.getByText('还差 12 天').waitFor()
    await check.getByText('缺少的节日：清明节（1 天）、劳动节（2 天）、端午节（1 天）、中秋节（1 天）、国庆节（3 天）').waitFor()
    await shot(page, 'incomplete-zh', { fullPage: true })
    expect(await misfits(page)).toEqual([])

    // Another year's is refused with the true reason.
    await calendar.getByLabel(/粘贴国务院办公厅的放假通知/).fill('元旦：1月1日（周四）至3日（周六）放假，共3天。')
    await calendar.getByRole('button', { name: '读取到日历' }).click()
    await calendar.getByText('2027 年 1 月 1 日是周五，这里写的是周四').waitFor()

    await calendar.getByLabel(/粘贴国务院办公厅的放假通知/).fill(NOTICE)
    await calendar.getByRole('button', { name: '读取到日历' }).click()
    await check.getByText('✓ 天数齐全').waitFor()
    await check.getByText('法定节假日 13 天').waitFor()
    await expect.poll(() => label(page, '2027-10-09')).toBe('2027-10-09 调休上班 · 国庆节')

    // Nothing can be applied that was not tried out; what was tried out changes nothing.
    expect(await calendar.getByRole('button', { name: '启用 2027 年放假安排' }).count()).toBe(0)
    await calendar.getByRole('button', { name: '试算影响' }).click()
    const trial = calendar.getByRole('region', { name: '试算结果' })
    await trial.getByText('全年工作日 259 天 → 248 天。').waitFor()
    await trial.getByText(/在办件改变到期日：\d/).waitFor()
    const apply = calendar.getByRole('button', { name: '启用 2027 年放假安排' })
    await apply.scrollIntoViewIfNeeded()
    await shot(page, 'tried-zh')
    expect(await misfits(page)).toEqual([])
    expect(await faults(page)).toEqual([])
    expect((await year()).listed).toBe(false)
    // Another mark makes the trial void.
    await at(page, '2027-06-10').click()
    await apply.waitFor({ state: 'detached' })
    await at(page, '2027-06-10').click()
    await calendar.getByRole('button', { name: '试算影响' }).click()
    await trial.waitFor()
    expect(await calendar.getByLabel('依据文件').inputValue()).toBe('国办发明电〔2026〕9号')
    await apply.click()
    await calendar.getByText(/^已启用 2027 年放假安排/).waitFor()
    const now = await year()
    expect([now.listed, now.work_days, now.applied?.basis]).toEqual([true, 248, '国办发明电〔2026〕9号'])
    await calendar.getByText('依据：国办发明电〔2026〕9号。').waitFor()
    await quiet(page)
    await shot(page, 'applied-zh')
    expect(errors.filter((e) => !/404|422/.test(e))).toEqual([])
    await context.close()
  })

  it('M14: fit in English, in the dark and on a big screen', async () => {
    const { context, page } = await openPage(browser, 'en-US', { width: 1920, height: 1080, theme: 'dark' })
    await edit(page, 'Change the holidays of 2027')
    const calendar = page.locator('#calendar')
    await calendar.getByText('✓ All days are there').waitFor()
    await at(page, '2027-12-24').click() // a day that is no holiday by law, so that something changes
    await calendar.getByText('Not whole, please check').waitFor()
    await calendar.getByRole('button', { name: 'Try it out' }).click()
    await calendar.getByRole('region', { name: 'What would change' }).waitFor()
    const apply = calendar.getByRole('button', { name: 'Apply the holidays of 2027' })
    await calendar.getByLabel('Basis').fill('a test')
    await expect.poll(() => apply.isDisabled()).toBe(true) // not whole, and no reason
    await calendar.getByLabel('Why it is applied although it is not whole').fill('a holiday given once')
    await expect.poll(() => apply.isEnabled()).toBe(true)
    await apply.scrollIntoViewIfNeeded()
    await shot(page, 'tried-en-dark')
    expect(await misfits(page)).toEqual([])
    expect(await faults(page)).toEqual([])
    await context.close()
  })
})
