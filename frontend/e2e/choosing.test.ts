// What the office chooses for review: shares by a plan, and single things by hand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, said } from './console'
import { acts, cityRead, desk, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { go } from './walk'

const shot = pictures('choosing')
let city: Office
let office: Person
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'v1', name: '监督员甲', role: 'volunteer' },
    { login: 'v2', name: '监督员乙', role: 'volunteer' },
  ])
  office = await city.person('zhuren', desk)
  await cityRead(office)
})
afterAll(() => city?.stop())

describe('the office', () => {
  it('sets which share of what goes to volunteers, and sees how much that would be', async () => {
    const { page } = office
    await go(page, `${city.address}/reviews`)
    await page.getByRole('button', { name: '评议计划' }).click()
    const dialog = page.getByRole('dialog', { name: '评议计划' })
    await dialog.getByText('还没有定过计划').waitFor()
    expect(await faults(page)).toEqual([])
    await dialog.getByText('每月', { exact: true }).click()
    await dialog.getByLabel('超时 比例（%）').fill('0')
    await dialog.getByRole('button', { name: '执行计划' }).click()
    await dialog.getByText('各项都是 0').waitFor()
    await dialog.getByLabel('超时 比例（%）').fill('100')
    await dialog.getByText(/每期约抽 [1-9]\d* 项；现有监督员 2 人/).waitFor()
    await dialog.getByRole('button', { name: '另定部门比例' }).click()
    await shot(page, 'plan')
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: '删除' }).click()
    await dialog.getByRole('button', { name: '执行计划' }).click()
    await said(page, '评议计划已生效')
    const plan = await office.call<{ every: string; shares: unknown[] }>('GET', '/reviews/plan')
    expect(plan.body).toMatchObject({ every: 'month', shares: [{ kind: 'overdue', percent: 100, at_least: 0 }] })
    expect((await acts(office)).map((a) => a.zh)).toContain('设定评议计划：每月抽取')
  })

  it('puts one thing up by hand, with a reason, once', async () => {
    const { page } = office
    const { body } = await office.call<{ rows: { case_id: number }[] }>('GET', '/registers/overdue?limit=5')
    const { case_id } = body.rows.find((r) => r.case_id > 0)! // a department's report may come before its case
    await go(page, `${city.address}/cases/${case_id}`)
    const panel = page.getByRole('region', { name: '监督员评议' })
    await panel.scrollIntoViewIfNeeded()
    await panel.getByRole('button', { name: '送评议：超时' }).click()
    const send = panel.getByRole('button', { name: '送交评议' })
    await expect.poll(() => send.isDisabled()).toBe(true)
    await panel.getByLabel('送评理由').fill('群众来电反映拖延')
    await shot(page, 'by-hand')
    expect(await faults(page)).toEqual([])
    await send.click()
    await panel.getByText('评议中').waitFor()
    await shot(page, 'put-up')
    const { body: reviews } = await office.call<{ rows: { reason?: string }[] }>('GET', '/reviews')
    expect(reviews.rows.filter((r) => r.reason === '群众来电反映拖延')).toMatchObject([{ kind: 'overdue', case_id, wanting: 0 }])
    await go(page, `${city.address}/reviews`)
    await page.locator('[role="row"] >> text=超时').first().click()
    await page.getByRole('dialog').getByText('送评理由：群众来电反映拖延').waitFor()
    await shot(page, 'review')
    expect(await faults(page)).toEqual([])
  })

  it('puts an authorization up from its register', async () => {
    const { page } = office
    await go(page, `${city.address}/registers/authorizations`)
    await page.locator('[role="row"]').nth(1).click()
    const panel = page.getByRole('region', { name: '监督员评议' })
    await panel.getByRole('button', { name: '送评议：首席代表授权' }).click()
    await panel.getByLabel('送评理由').fill('授权事项是否公布')
    await shot(page, 'authorization')
    expect(await faults(page)).toEqual([])
    await panel.getByRole('button', { name: '送交评议' }).click()
    await panel.getByText('评议中').waitFor()
  })
})
