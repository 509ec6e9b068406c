// Where one is signed in, and signing out everywhere else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, said } from './console'
import { desk, PASSWORD, phone, startOffice, type Office } from './office'
import { pictures } from './pictures'

const shot = pictures('sessions')

let city: Office
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'chen', name: '陈工作', role: 'staff' },
  ])
})
afterAll(() => city?.stop())

describe('signed-in devices', () => {
  it('are seen by their person, who signs the others out at once', async () => {
    const elsewhere = await city.byHand('chen', phone)
    const { page, call } = await city.again('chen', desk)
    await page.getByRole('button', { name: '我的账户' }).click()
    await page.getByText('登录的设备', { exact: true }).click()
    const devices = page.getByRole('list', { name: '登录的设备' }).getByRole('listitem')
    await devices.nth(1).waitFor()
    expect(await devices.count()).toBe(2)
    expect(await devices.filter({ hasText: '本机当前' }).count()).toBe(1)
    expect(await faults(page)).toEqual([])
    await shot(page, 'desk-light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await shot(page, 'desk-dark')
    await page.getByLabel('当前密码', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: '让其他设备退出' }).click()
    await page.getByText('当前密码不对').waitFor()
    await page.getByLabel('当前密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: '让其他设备退出' }).click()
    await said(page, '其他设备已全部退出登录')
    expect((await call<unknown[]>('GET', '/my/sessions')).body).toHaveLength(1)
    expect((await elsewhere.call('GET', '/session')).status).toBe(401)
  })
})
