// The office plans a route for a pair; both have it on their phones, one files a
// stop without a network, one cannot go and is replaced. A matter is re-visited.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, OF_COLOUR, said } from './console'
import { cityRead, desk, officeNow, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { until } from './process'
import { go } from './walk'

const picture = pictures('routes')

let city: Office
let head: Person
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    ...['赵红', '孙平', '周敏', '吴强'].map((name, i) => ({ login: `vol${i + 1}`, name: `监督员${name}`, role: 'volunteer' })),
  ])
  head = await city.person('zhuren', desk)
  await cityRead(head)
})
afterAll(() => city?.stop())

/** In both themes, which differ in their colours alone; nothing is wider than the screen. */
async function shot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForTimeout(300)
    await picture(page, `${name}-${colorScheme}`)
    expect(await faults(page, colorScheme === 'dark' ? OF_COLOUR : undefined), `${name}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0)
}

interface Plan {
  id: number
  version: number
  state: string
  members: { name: string; declined: string }[]
  stops: { stop: number; department: string; item: string; filed: boolean }[]
}
const plans = async (): Promise<Plan[]> => (await head.call<Plan[]>('GET', '/visits/plans')).body
/** What a page learns by asking again and again. */
const BY_ITSELF = { timeout: 180_000 }
const stop = (page: Page, n: number) => page.getByRole('listitem', { name: `第 ${n} 站` })

describe('a route', () => {
  it('is planned from what is due, for whom it is the turn of, and done by two on their phones', async () => {
    const { page } = head
    await page.goto(`${city.address}/visits`)
    await page.getByRole('button', { name: '安排暗访' }).click()
    await page.getByRole('heading', { name: '建议走访部门' }).waitFor()
    await page.getByText('轮到').first().waitFor()
    await shot(page, 'plan-empty')

    // Three that are due, in the order of their points; then by keys another order.
    const names = page.locator('section', { has: page.getByRole('heading', { name: '建议走访部门' }) }).locator('li strong')
    await names.nth(2).waitFor()
    const due = (await names.allInnerTexts()).slice(0, 3)
    await page.getByRole('button', { name: '选取 3 个' }).click()
    await stop(page, 3).waitFor()
    await stop(page, 1).getByLabel('第 1 站：窗口').fill('12 号')
    await stop(page, 1).getByLabel('第 1 站：想办的事项').click()
    await page.locator('.n-auto-complete-menu .n-base-select-option, .n-base-select-option').first().click()
    await stop(page, 1).getByLabel('第 1 站：看什么').fill('是否一次说清要交的材料')
    await stop(page, 3).getByLabel('第 3 站：地点').fill('政务大厅二楼')
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => stop(page, 2).getByLabel('第 2 站：地点').inputValue()).toBe('政务大厅二楼')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('第 2 站：地点')
    await stop(page, 2).getByRole('button', { name: '第 2 站往后移' }).click()
    await expect.poll(() => stop(page, 3).getByLabel('第 3 站：地点').inputValue()).toBe('政务大厅二楼')
    await page.locator('label.day', { hasText: '今天' }).click()
    await page.getByText('请监督员赵红、监督员孙平于').waitFor()
    await shot(page, 'plan-filled')
    await expect.poll(() => page.getByLabel('监督员周敏').isDisabled()).toBe(true) // two are chosen
    await page.getByRole('button', { name: '保存安排' }).click()
    await page.getByRole('dialog', { name: '已安排的暗访' }).getByText('已提交 0 / 3 站').waitFor()
    await shot(page, 'planned')
    const [plan] = (await plans()) as [Plan]
    const { body: departments } = await head.call<{ code: string; name: string }[]>('GET', '/departments')
    expect(plan.stops.map((s) => departments.find((d) => d.code === s.department)!.name)).toEqual(due)
    expect(plan.stops[0]!.item).not.toBe('')
    expect(plan.state).toBe('today')

    // Both see it, and that they go together.
    const first = await city.person('vol1', phone)
    const second = await city.person('vol2', phone)
    for (const [p, partner] of [
      [first, '孙平'],
      [second, '赵红'],
    ] as const) {
      await p.page.goto(`${city.address}/my/visits`)
      await p.page.getByText('已记 0 / 3 站').waitFor()
      await p.page.getByText(`同行：监督员${partner}`).waitFor()
      await p.page.getByText('没有网络也能打开').waitFor()
    }
    await shot(first.page, 'phone-today')

    // In the hall the network is gone, and the page is opened anew: the route is
    // there, and so is what stands at the stop.
    await first.context.setOffline(true)
    await first.page.goto(`${city.address}/my/visits`)
    await first.page.getByText('已记 0 / 3 站').waitFor()
    await first.page.getByRole('button', { name: '开始第一站' }).click()
    await first.page.getByText('是否一次说清要交的材料').waitFor()
    await expect.poll(() => first.page.getByLabel('窗口', { exact: true }).inputValue()).toBe('12 号')
    await expect.poll(() => first.page.getByLabel('想办的事项').inputValue()).toBe(plan.stops[0]!.item)
    await expect.poll(() => first.page.getByRole('combobox', { name: '部门' }).inputValue()).toBe(plan.stops[0]!.department)
    await first.page.getByText('我和这个部门没有利害关系').click()
    await first.page.getByText('一次说清了', { exact: true }).click()
    await shot(first.page, 'phone-sheet')
    await first.page.getByRole('button', { name: '提交给效能办' }).click()
    await first.page.getByRole('dialog').getByRole('button', { name: '提交给效能办' }).click()
    await first.page.getByText('已写好，存在本机待提交').waitFor()
    await first.page.getByRole('button', { name: '下一站' }).waitFor()
    await shot(first.page, 'phone-offline')
    expect((await plans())[0]!.stops[0]!.filed).toBe(false)

    // Back online it is sent by itself; the partner and the office see it.
    await first.context.setOffline(false)
    await first.page.getByText('您已提交').waitFor(BY_ITSELF)
    await until('it is done', async () => (await plans())[0]!.stops[0]!.filed)
    await second.page.getByText('同行已提交').waitFor(BY_ITSELF)
    await second.page.getByText('已记 1 / 3 站').waitFor()
    await shot(second.page, 'phone-partner')
    await page.getByRole('dialog', { name: '已安排的暗访' }).getByText('已提交 1 / 3 站').waitFor(BY_ITSELF)

    // The second cannot go on, and says so where there is no network: it waits on
    // the phone, can be taken back, and is told by itself.
    await second.context.setOffline(true)
    await second.page.getByRole('button', { name: '这次去不了' }).click()
    await second.page.getByText('应当回避', { exact: true }).click()
    await second.page
      .locator('.chip', {
        hasText: await second.page
          .locator('.stop')
          .nth(1)
          .locator('strong')
          .evaluate((e) => e.lastChild!.textContent!),
      })
      .click()
    await second.page.getByLabel('说明（可不填）').fill('女儿在那里上班')
    await second.page.getByRole('button', { name: '告诉效能办' }).scrollIntoViewIfNeeded()
    await shot(second.page, 'phone-decline')
    await second.page.getByRole('button', { name: '告诉效能办' }).click()
    await second.page.getByText('待发送：这次去不了（应当回避）').waitFor()
    await second.page.getByText('现在连不上网络').waitFor()
    expect(await second.page.getByRole('button', { name: /我也记一份|下一站|开始记录/ }).count()).toBe(0)
    await second.page.getByRole('button', { name: '收回，还是能去' }).scrollIntoViewIfNeeded()
    await shot(second.page, 'phone-declined-offline')
    await second.page.getByRole('button', { name: '收回，还是能去' }).click()
    await second.page.getByRole('button', { name: '下一站' }).waitFor()
    await second.context.setOffline(false)
    await second.page.waitForTimeout(1000)
    expect((await plans())[0]!.members.map((m) => m.declined)).toEqual(['', ''])
    await second.context.setOffline(true)
    await second.page.getByRole('button', { name: '这次去不了' }).click()
    await second.page.getByText('应当回避', { exact: true }).click()
    await second.page
      .locator('.chip', {
        hasText: await second.page
          .locator('.stop')
          .nth(1)
          .locator('strong')
          .evaluate((e) => e.lastChild!.textContent!),
      })
      .click()
    await second.page.getByLabel('说明（可不填）').fill('女儿在那里上班')
    await second.page.getByRole('button', { name: '告诉效能办' }).click()
    await second.page.getByText('待发送：这次去不了（应当回避）').waitFor()
    await second.page.goto(`${city.address}/my/visits`) // it outlives the page
    await second.page.getByText('待发送：这次去不了（应当回避）').waitFor()
    await second.context.setOffline(false)
    await said(second.page, '已告诉效能办')
    await until('the route is gone', async () => (await second.page.getByText('今天的路线').count()) === 0)
    await page.getByText('去不了：应当回避（女儿在那里上班）').waitFor(BY_ITSELF)
    await page.getByLabel('次暗访安排要处理').waitFor({ state: 'attached', ...BY_ITSELF })
    await shot(page, 'declined')
    await page.getByRole('button', { name: '换人' }).click()
    await page.getByText('请监督员赵红、监督员周敏于').waitFor()
    await page.getByText('应当回避').first().waitFor()
    await expect.poll(() => page.getByLabel('监督员孙平').isDisabled()).toBe(true)
    await stop(page, 2).getByRole('button', { name: '去掉第 2 站' }).waitFor()
    expect(await stop(page, 1).getByRole('button', { name: '去掉第 1 站' }).count()).toBe(0) // it was filed
    await shot(page, 'replace')
    await page.getByRole('button', { name: '保存安排' }).click()
    await page.getByRole('dialog', { name: '已安排的暗访' }).getByText('监督员周敏').waitFor()
    const third = await city.person('vol3', phone)
    await third.page.goto(`${city.address}/my/visits`)
    await third.page.getByText('已记 1 / 3 站').waitFor()
    await third.page.getByText('同行已提交').waitFor()

    // Cancelled with a reason, it is gone from the phones; who says without a
    // network that they cannot go is told so afterwards.
    await third.context.setOffline(true)
    await third.page.getByRole('button', { name: '这次去不了' }).click()
    await third.page.getByText('有别的事', { exact: true }).click()
    await third.page.getByRole('button', { name: '告诉效能办' }).click()
    await third.page.getByText('待发送：这次去不了（有别的事）').waitFor()
    await page.getByRole('button', { name: '取消安排' }).click()
    await page.getByLabel('取消的原因').fill('下午停电，改日再去')
    await page.locator('form.ask').getByRole('button', { name: '取消安排' }).click()
    await page.getByText('取消原因：下午停电，改日再去').waitFor()
    await shot(page, 'cancelled')
    await third.context.setOffline(false)
    await third.page.getByText('您说过去不了，没有发成').waitFor()
    await third.page.getByText('这次安排已经取消').waitFor()
    await until('the route is gone', async () => (await third.page.getByText('今天的路线').count()) === 0)
    await shot(third.page, 'phone-decline-refused')
    await third.page.getByRole('button', { name: '知道了' }).click()
    await third.page.getByText('还没有提交过').waitFor()
  })

  it('is planned from a matter that is to be re-visited, which then tells whether a sheet came in', async () => {
    const vol = await city.person('vol4', phone)
    const liaison = await city.hire(head, { login: 'lianluo', name: '联络员陈静', role: 'liaison', department: 'GH' }, desk)
    const at = new Date(await officeNow(vol)).toISOString()
    const sheet = { mode: 'unannounced', department: 'GH', arrived_at: at, left_at: at }
    const finding = { category: 'unmanned', severity: 'serious', fact: '12 号窗口没有人' }
    expect(
      (
        await vol.call('POST', '/my/visits', {
          ...sheet,
          key: 'sheet-00000001',
          place: '政务大厅',
          window: '12 号',
          item: '建设工程规划许可',
          findings: [finding],
        })
      ).status,
    ).toBe(200)
    const { body: matters } = await head.call<{ rows: { id: number }[] }>('GET', '/matters?state=assess&department=GH')
    const id = matters.rows[0]!.id
    const step = (p: Person, key: string, version: number, action: string, fields: Record<string, string>) =>
      p.call('POST', `/matters/${id}/steps`, { key, version, action, fields })
    expect((await step(head, 'step-0000001', 0, 'assign', { task: '12 号窗口有时无人，请核查。' })).status).toBe(200)
    expect((await step(liaison, 'step-0000002', 1, 'reply', { reply: '情况属实，已增设替岗。' })).status).toBe(200)
    expect((await step(head, 'step-0000003', 2, 'arrange', { note: '请监督员再去看' })).status).toBe(200)

    const { page } = head
    await go(page, `${city.address}/matters/${id}`)
    await page.getByText('还没有安排。').waitFor()
    await page.getByRole('link', { name: '安排复访' }).click()
    await page.getByText(`复访督办 #${id}`).waitFor()
    await expect.poll(() => stop(page, 1).getByLabel('第 1 站：地点').inputValue()).toBe('政务大厅 12 号')
    await expect.poll(() => stop(page, 1).getByLabel('第 1 站：看什么').inputValue()).toBe('复访“无人在岗”：看整改是否到位')
    await page.locator('label.day', { hasText: '今天' }).click()
    // The office asks another than whose turn it is, and one alone.
    await page.getByText('请监督员').waitFor()
    const proposed = page.getByRole('checkbox', { checked: true })
    for (let n = await proposed.count(); n > 0; n--) {
      await proposed.first().click()
      await expect.poll(() => proposed.count()).toBe(n - 1)
    }
    await page.getByLabel('监督员吴强').check()
    await page.getByText('请监督员吴强于').waitFor()
    await shot(page, 'plan-matter')
    await page.getByRole('button', { name: '保存安排' }).click()
    await page
      .getByRole('dialog', { name: '已安排的暗访' })
      .getByRole('link', { name: `复访督办 #${id}` })
      .click()
    await page.getByRole('heading', { name: '复访', exact: true }).waitFor()
    await page
      .locator('section', { has: page.getByRole('heading', { name: '复访', exact: true }) })
      .getByText('今天')
      .waitFor()

    const plan = (await plans()).find((p) => p.members.length === 1)!
    expect(plan.members.map((m) => m.name)).toEqual(['监督员吴强'])
    const filed = await vol.call('POST', '/my/visits', { ...sheet, key: 'sheet-00000002', plan: plan.id, stop: 1, staff_present: 3, staff_required: 3 })
    expect(filed.status).toBe(200)
    await page.getByText('已提交记录，0 个问题').waitFor(BY_ITSELF)
    await shot(page, 'matter')

    // The department is told nothing of it.
    await liaison.page.goto(`${city.address}/matters/${id}`)
    await liaison.page.getByRole('heading', { name: `#${id}` }).waitFor()
    expect(await liaison.page.getByText('复访').count()).toBe(0)
    expect((await liaison.call('GET', `/matters/${id}/visits`)).status).toBe(403)
  })
})
