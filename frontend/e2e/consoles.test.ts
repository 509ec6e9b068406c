// One origin shows one console and then another, as the desktop window does: what
// somebody wrote for one is neither seen nor sent at the other, although both know
// them by the same number.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, phone, startOffice, type Office, type Person } from './office'

let offices: Office[]
beforeAll(async () => {
  offices = []
  // Copies of one city would be the same console.
  for (const name of ['监督员赵红', '监督员孙平'])
    offices.push(
      await startOffice(
        [
          { login: 'zhuren', name: '王主任', role: 'head' },
          { login: 'vol1', name, role: 'volunteer' },
        ],
        { anew: true },
      ),
    )
})
afterAll(async () => {
  for (const o of offices ?? []) await o.stop()
})

const filed = async (p: Person): Promise<number> => (await p.call<{ filed: unknown[] }>('GET', '/my/visits')).body.filed.length
const session = async (p: Person) => (await p.call<{ console: string; account: { id: number } }>('GET', '/session')).body

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('账号').fill('vol1')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('button', { name: '记一次暗访' }).waitFor()
}

describe('a sheet', () => {
  it('stays with the console that it was written for', async () => {
    const [here, there] = offices as [Office, Office]
    const zhao = await here.person('vol1', phone)
    const sun = await there.person('vol1', phone)
    const [a, b] = [await session(zhao), await session(sun)]
    expect(a.account.id).toBe(b.account.id)
    expect(a.console).not.toBe(b.console)

    const context = await here.browser.newContext({ ...phone, locale: 'zh-CN', reducedMotion: 'reduce', serviceWorkers: 'block', ignoreHTTPSErrors: true })
    let shown: Office | undefined = here
    await context.route('**/api/**', async (route) => {
      if (!shown) return route.abort('internetdisconnected')
      const url = route.request().url().replace(here.address, shown.address)
      await route.fulfill({ response: await route.fetch({ url, headers: { ...route.request().headers(), origin: shown.address } }) })
    })
    const page = await context.newPage()
    await page.goto(`${here.address}/my/visits`)
    await signIn(page)
    await page.getByRole('button', { name: '记一次暗访' }).click()
    await page.getByLabel('部门').selectOption({ index: 3 })
    await page.getByText('我和这个部门没有利害关系').click()
    await page.getByText('没戴', { exact: true }).click()
    shown = undefined
    await page.getByRole('button', { name: '提交给效能办' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '提交给效能办' }).click()
    await page.getByText('现在连不上网络').waitFor()

    shown = there
    await page.goto(`${here.address}/my/visits`)
    await signIn(page)
    await page.getByText('还没有提交过').waitFor()
    await page.waitForTimeout(2000) // what waited here would have been sent
    expect(await page.getByText('待提交').count()).toBe(0)
    expect([await filed(zhao), await filed(sun)]).toEqual([0, 0])

    shown = here
    await page.goto(`${here.address}/my/visits`)
    await signIn(page)
    await page.getByText('已提交').waitFor()
    expect([await filed(zhao), await filed(sun)]).toEqual([1, 0])
    await context.close()
  })
})
