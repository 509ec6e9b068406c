// What the roles find on their first pages, and what the phone leads to.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cityRead, desk, phone, startOffice, type Office, type Person } from './office'
import { go } from './walk'

let city: Office
let head: Person
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'ling', name: '分管领导', role: 'leader' },
    { login: 'ga', name: '公安局联络员', role: 'liaison', department: 'GA' },
    { login: 'ga2', name: '公安局副联络员', role: 'liaison', department: 'GA' },
    { login: 'vol', name: '监督员甲', role: 'volunteer' },
  ])
  head = await city.person('zhuren', desk)
  await cityRead(head)
})
afterAll(() => city?.stop())

test('M13: the missing holiday list is for who can import it, leads to its year, and can be laid aside', async () => {
  const { page } = head
  await page.goto(`${city.address}/items`)
  const bar = page.getByRole('alert').filter({ hasText: '2027 年的节假日安排尚未导入' })
  await bar.waitFor()
  await bar.getByRole('link').click()
  await page.locator('#calendar strong', { hasText: '2027' }).waitFor()
  expect(page.url()).toContain('year=2027')
  for (const login of ['ling', 'ga']) {
    const other = await city.person(login, desk)
    await other.page.goto(`${city.address}/`)
    await other.page.locator('main h1, main h2').first().waitFor()
    await other.page.waitForTimeout(1000) // a board has come
    expect(await other.page.getByText('节假日安排尚未导入').count(), login).toBe(0)
    await other.context.close()
  }
  await bar.getByRole('button').click()
  await bar.waitFor({ state: 'detached' })
  await page.reload()
  await page.locator('main').waitFor()
  await page.waitForTimeout(1000)
  expect(await bar.count()).toBe(0)
})

test('M21: all roles stand over the dialog, none of them cut', async () => {
  const { page } = head
  await go(page, `${city.address}/settings`)
  await page.getByRole('button', { name: '添加人员' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('.n-base-selection').first().click()
  const options = page.locator('.n-base-select-option')
  await options.first().waitFor()
  expect(await options.count()).toBe(6)
  await page.waitForTimeout(500) // it has opened
  const cut = await options.evaluateAll((all) =>
    all
      .filter((o) => {
        const { left, top, right, bottom } = o.getBoundingClientRect()
        return ![top + 4, bottom - 4].every((y) => o.contains(document.elementFromPoint((left + right) / 2, y)))
      })
      .map((o) => o.textContent),
  )
  expect(cut).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
})

test('M22: a liaison begins at the own department, with what is to be done first', async () => {
  const liaison = await city.person('ga2', desk)
  const { page } = liaison
  await page.goto(`${city.address}/`)
  await page.getByRole('heading', { name: '公安局' }).first().waitFor()
  const panels = page.locator('main section.panel h2')
  await panels.first().waitFor()
  expect(await panels.first().innerText()).toContain('待办')
  expect(await page.getByText('按异常').count()).toBe(0)
  expect(await page.getByText('全部部门').count()).toBe(0)
  await liaison.context.close()
})

test('minor 16: on a phone the page goes to the field that is missing', async () => {
  const volunteer = await city.person('vol', phone)
  const { page } = volunteer
  await page.goto(`${city.address}/my/visits`)
  await page
    .getByRole('button', { name: /记录一次|新的|暗访/ })
    .last()
    .click()
  await page.getByRole('button', { name: '提交给效能办' }).click()
  const field = page.locator('[name="department"]')
  await expect.poll(() => field.evaluate((e) => e === document.activeElement)).toBe(true)
  const { top, bottom } = await field.evaluate((e) => e.getBoundingClientRect().toJSON() as { top: number; bottom: number })
  expect(top).toBeGreaterThan(0)
  expect(bottom).toBeLessThan(844)
  const cut = await page.locator('.rail .cut').evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent))
  expect(cut).toEqual([])
  await volunteer.context.close()
})
