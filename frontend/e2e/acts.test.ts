// Who opened whose particulars, and why: the head sees an applicant, and finds it
// among the acts where one looks for it; a file of it leaves; who has no business
// there sees neither the page nor what it shows.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults } from './console'
import { desk, startOffice, type Office } from './office'
import { pictures } from './pictures'
import { until } from './process'
import { go } from './walk'

const shot = pictures('acts')
const REASON = '群众来电催办，核对联系电话'

let city: Office
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'zhiban', name: '陈值班', role: 'duty' },
  ])
})
afterAll(() => city?.stop())

interface Act {
  seq: number
  type: string
  name: string
  reason?: string
  about?: { kind: string; id: number; name: string }
}

describe('the record of acts', () => {
  it('tells who saw an applicant and why, to those whom it concerns', async () => {
    const { address } = city
    const head = await city.person('zhuren', desk)
    let found: { id: number; case_no: string } | undefined
    await until('the city has cases', async () => {
      found = (await head.call<{ rows: { id: number; case_no: string }[] }>('GET', '/cases?limit=1')).body.rows[0]
      return found !== undefined
    })
    const { id, case_no } = found!

    // The head sees an applicant's particulars, for a reason.
    await head.page.goto(`${address}/cases/${id}`)
    await head.page.getByRole('button', { name: '查看申请人' }).click()
    const dialog = head.page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(REASON)
    await dialog.getByRole('button', { name: '查看', exact: true }).click()
    await dialog.getByText(REASON).waitFor()
    const applicant = await dialog.locator('dd').first().innerText()
    expect(applicant).not.toBe('')
    await head.page.keyboard.press('Escape')

    // It stands among the openings, with the case and the reason.
    await go(head.page, `${address}/settings`)
    await head.page.getByRole('link', { name: '全部操作记录' }).click()
    await head.page.getByText('登录与账户').first().waitFor()
    await shot(head.page, 'all')
    await head.page.getByLabel('类别', { exact: true }).first().click()
    await head.page.locator('.n-base-select-option', { hasText: '查看受保护信息' }).click()
    const row = head.page.getByRole('row').filter({ hasText: REASON })
    await row.waitFor()
    expect(new URL(head.page.url()).search).toBe('?group=opening')
    expect(await row.innerText()).toContain('王主任')
    expect(await row.innerText()).toContain('查看申请人信息')
    expect(await row.innerText()).not.toContain(applicant)
    expect(await head.page.getByRole('row').count()).toBe(2)
    await shot(head.page, 'openings')
    expect(await faults(head.page)).toEqual([])

    // By keyboard: the first row in full, and from it to the case.
    await head.page.getByRole('grid').focus()
    await head.page.keyboard.press('ArrowDown')
    await head.page.keyboard.press('Enter')
    const sheet = head.page.getByRole('dialog')
    await sheet.getByText(REASON).waitFor()
    await shot(head.page, 'sheet')
    expect(await faults(head.page)).toEqual([])
    await sheet.getByRole('link', { name: case_no }).click()
    await until('the case is shown', () => head.page.url().endsWith(`/cases/${id}`))

    // The address alone finds it again, as does the case's number.
    for (const search of ['?group=opening', `?text=${encodeURIComponent(case_no)}`, `?text=${encodeURIComponent('核对联系')}`]) {
      await head.page.goto(`${address}/acts${search}`)
      await row.waitFor()
    }
    await head.page.goto(`${address}/acts?group=opening&to=2020-01-01`)
    await head.page.getByText('没有符合条件的记录').waitFor()
    await shot(head.page, 'empty')

    // As a file, which is an act itself.
    await head.page.goto(`${address}/acts?group=opening`)
    await row.waitFor()
    const got = head.page.waitForEvent('download')
    await head.page.getByRole('button', { name: '导出', exact: true }).click()
    await head.page.getByText('CSV 表格').click()
    const lines = readFileSync(await (await got).path(), 'utf8')
      .trim()
      .split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(`,account,王主任,`)
    expect(lines[1]).toContain(`,${case_no},${REASON},`)
    const left = (await head.call<Act[]>('GET', '/acts?group=export')).body
    expect(left.map((a) => [a.type, a.name])).toEqual([['access.exported', '王主任']])

    // Who has the watch has no business here.
    const duty = await city.person('zhiban', desk)
    await duty.page.goto(`${address}/acts`)
    await duty.page.getByRole('heading', { name: '您的角色看不到这个页面' }).waitFor({ state: 'attached' })
    expect(await duty.page.getByRole('link', { name: '操作记录' }).count()).toBe(0)
    for (const path of ['/acts', '/acts?group=opening', '/acts/people', '/exports/acts?format=csv']) {
      expect((await duty.call<unknown>('GET', path)).status, path).toBe(403)
    }
    for (const p of [head, duty]) await p.context.close()
  })
})
