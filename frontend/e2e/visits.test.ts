// A volunteer files a visit on a phone in a hall without a network, and the
// office sees it.
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asTaken } from '../tests/camera'
import { faults } from './console'
import { acts, desk, officeNow, PASSWORD, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { until } from './process'

const shot = pictures('visits')

let city: Office
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'vol1', name: '监督员赵红', role: 'volunteer' },
    { login: 'zhuren2', name: '李主任', role: 'head' },
    { login: 'vol2', name: '监督员孙平', role: 'volunteer' },
  ])
})
afterAll(() => city?.stop())

interface Filed {
  id: number
  sheet: { department: string; findings: { category: string; severity: string; fact: string }[]; attitude: number; disclosed: string[]; staff_present: number }
  photos: { sha256: string; at?: string; lat?: number; lon?: number }[]
  supplements: { text: string }[]
}
const filed = async (p: Person): Promise<Filed[]> => (await p.call<{ filed: Filed[] }>('GET', '/my/visits')).body.filed

/** How many taps the writer of a sheet needed so far. */
const taps = (page: Page): Promise<number> => page.evaluate(() => Number(sessionStorage.getItem('taps')))

/** Whether the phone itself holds a sheet with these words and so many photographs. */
const held = (page: Page, words: string, photos: number): Promise<boolean> =>
  page.evaluate(
    ([w, n]) =>
      new Promise<boolean>((resolve, reject) => {
        const open = indexedDB.open('mingcha')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const reading = open.result.transaction(['drafts', 'photos'])
          const drafts = reading.objectStore('drafts').getAll()
          const pictures = reading.objectStore('photos').count()
          reading.oncomplete = () => {
            open.result.close()
            resolve(pictures.result === n && JSON.stringify(drafts.result).includes(w))
          }
        }
      }),
    [words, photos] as const,
  )

const within = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** A picture as a phone takes it: large, with time and place in it. */
async function photo(page: Page, hue: number, at: string): Promise<Buffer> {
  const base64 = await page.evaluate(async (h) => {
    const canvas = document.createElement('canvas')
    canvas.width = 4000
    canvas.height = 3000
    const ink = canvas.getContext('2d')!
    for (let i = 0; i < 400; i++) {
      ink.fillStyle = `hsl(${h + i / 8} 60% ${30 + (i % 50)}%)`
      ink.fillRect((i % 20) * 200, Math.floor(i / 20) * 150, 200, 150)
    }
    ink.fillStyle = '#fff'
    ink.font = '400px sans-serif'
    ink.fillText('12 号窗口', 400, 1600)
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!
  }, hue)
  return asTaken(Buffer.from(base64, 'base64'), at, '+08:00', [32, 55, 12], [117, 23, 24])
}

describe('a visit', () => {
  it('is noted without a network, sent once when there is one, and seen by the office', async () => {
    const v = await city.person('vol1', phone)
    const { page, context } = v
    await page.addInitScript(() => addEventListener('pointerdown', () => sessionStorage.setItem('taps', `${Number(sessionStorage.getItem('taps')) + 1}`), true))
    await page.goto(`${city.address}/my/visits`)
    await page.getByText('没有网络也能打开').waitFor()
    await shot(page, 'mine-empty')
    expect(await faults(page)).toEqual([])
    const pictures = [await photo(page, 0, '2026:11:20 09:01:00'), await photo(page, 120, '2026:11:20 09:03:00'), await photo(page, 240, '2026:11:20 09:04:30')]

    // In the hall: no network, and the page is opened anew.
    await context.setOffline(true)
    await page.goto(`${city.address}/my/visits`)
    await page.getByText('现在没有网络，看不到已经提交的').waitFor()
    await shot(page, 'mine-offline')
    await page.getByRole('button', { name: '记一次暗访' }).click()
    await page.getByRole('heading', { name: '暗访记录' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByLabel('部门').selectOption({ index: 3 })
    await page.getByText('我和这个部门没有利害关系').click()
    await page.getByLabel('窗口', { exact: true }).fill('12 号')
    await shot(page, 'sheet-where')
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '增加：在岗人数' }).click()
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: '增加：应有人数' }).click()
    await page.getByText('没戴', { exact: true }).click()
    await page.getByText('20 分钟', { exact: true }).click()
    await page.getByText('2 较差', { exact: true }).click()
    await page.getByText('没说清', { exact: true }).click()
    await page.getByText('4 较好', { exact: true }).click()
    await page.getByText('4 较好', { exact: true }).click() // thought better of it
    await page.getByText('2 较差', { exact: true }).click()
    await page.locator('h2', { hasText: '窗口上看到的' }).scrollIntoViewIfNeeded()
    await shot(page, 'sheet-window')
    for (const d of ['办事机构', '所需材料', '承诺时限']) await page.getByText(d, { exact: true }).click()
    await page.getByRole('button', { name: '+ 聊天、玩手机' }).click()
    await page.getByText('严重', { exact: true }).click()
    await page.getByLabel('看到的事实').fill('12 号窗口两人看视频，九点至九点十分')
    await page.locator('h2', { hasText: '发现的问题' }).scrollIntoViewIfNeeded()
    await shot(page, 'sheet-findings')
    await page.getByLabel('从相册选').setInputFiles(pictures.map((buffer, i) => ({ name: `IMG_${i}.jpg`, mimeType: 'image/jpeg', buffer })))
    await page.getByRole('img', { name: '照片 3' }).waitFor()
    await page.locator('h2', { hasText: '照片' }).scrollIntoViewIfNeeded()
    await shot(page, 'sheet-photos')
    expect(await faults(page)).toEqual([])
    expect(await within(page)).toBe(0)

    // The phone is closed and opened again: all of it is still there.
    const FACT = '12 号窗口两人看视频，九点至九点十分'
    await page.getByText('已存在本机').waitFor()
    await until('it is all on the phone', () => held(page, FACT, 3))
    await page.reload()
    await page.getByRole('img', { name: '照片 3' }).waitFor()
    await expect.poll(() => page.getByLabel('看到的事实').inputValue()).toBe(FACT)
    await page.getByRole('button', { name: '提交给效能办' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '提交给效能办' }).click()
    await page.getByText('现在连不上网络').waitFor()
    expect(await taps(page)).toBeLessThan(30) // with the words that are typed, two minutes of a person
    await shot(page, 'mine-waiting')
    expect(await faults(page)).toEqual([])

    // Back online, while the console is down for a moment: it is filed once.
    await city.kill()
    const tried = page.waitForEvent('requestfailed', (r) => r.url().includes('/api/my/'))
    await context.setOffline(false)
    await tried
    await page.getByText('现在连不上网络').waitFor()
    await city.start()
    await page.getByText('已提交').first().waitFor({ timeout: 180_000 }) // by itself
    await until('it is filed', async () => (await filed(v)).length > 0)
    const sent = await filed(v)
    expect(sent).toHaveLength(1)
    const [visit] = sent as [Filed]
    expect(visit.sheet).toMatchObject({ attitude: 2, staff_present: 2, disclosed: ['body', 'materials', 'limit'] })
    expect(visit.sheet.findings).toEqual([{ category: 'chatting', severity: 'serious', fact: '12 号窗口两人看视频，九点至九点十分' }])
    expect(visit.photos.map(({ at, lat, lon }) => ({ at, lat, lon }))).toEqual([
      { at: '2026-11-20T01:01:00Z', lat: 32.92, lon: 117.39 },
      { at: '2026-11-20T01:03:00Z', lat: 32.92, lon: 117.39 },
      { at: '2026-11-20T01:04:30Z', lat: 32.92, lon: 117.39 },
    ])
    await shot(page, 'mine-filed')
    expect(await page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name))).toContain('mingcha')
    await page.getByRole('link', { name: /个问题/ }).click()
    await page.getByRole('img', { name: '照片 3' }).waitFor()
    await page.getByText('效能办正在研判').waitFor()
    await shot(page, 'mine-one')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: '补充', exact: true }).click()
    await page.getByLabel('补充说明').fill('十点再去，仍是如此')
    await page.getByRole('button', { name: '提交补充' }).click()
    await page.getByText('十点再去，仍是如此').waitFor()
    await expect.poll(async () => (await filed(v))[0]!.supplements.map((s) => s.text)).toEqual(['十点再去，仍是如此'])

    // The office sees it, pictures and all, and not whose it is.
    const office = await city.person('zhuren', desk)
    await office.page.goto(`${city.address}/visits`)
    await office.page.locator('[role="row"] >> text=聊天、玩手机').first().waitFor()
    await shot(office.page, 'office-list')
    expect(await faults(office.page)).toEqual([])
    await office.page.locator('[role="row"] >> text=聊天、玩手机').first().click()
    const sheet = office.page.getByRole('dialog')
    await sheet.getByText('十点再去，仍是如此').waitFor()
    await sheet.getByRole('img', { name: '照片 3' }).waitFor()
    await shot(office.page, 'office-sheet')
    expect(await faults(office.page)).toEqual([])
    const text = await sheet.innerText()
    expect(text).toContain('32.92000, 117.39000')
    expect(text).not.toContain('赵红')
    for (const p of visit.photos) {
      const bytes = await office.page.evaluate(
        async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())],
        `/api/visits/${visit.id}/photos/${p.sha256}`,
      )
      const picture = Buffer.from(bytes)
      expect(createHash('sha256').update(picture).digest('hex')).toBe(p.sha256)
      expect(picture.includes('Exif')).toBe(false) // neither time nor place is in it
      expect(picture.length).toBeLessThan(800_000)
    }
    await sheet.getByRole('button', { name: '查看监督员姓名' }).click()
    await sheet.getByLabel('事由').fill('核实现场情况')
    await sheet.getByRole('button', { name: '查看监督员姓名' }).click()
    await sheet.getByText('监督员赵红').waitFor()
    expect((await acts(office)).filter((x) => x.type === 'access.unsealed')).toHaveLength(1)
  })

  it('waits while its writer is signed out, and comes back to them when it is refused', async () => {
    const v = await city.person('vol2', phone)
    const office = await city.person('zhuren2', desk)
    const { page, context } = v
    await page.goto(`${city.address}/my/visits`)
    await page.getByText('没有网络也能打开').waitFor()
    await context.setOffline(true)
    await page.getByRole('button', { name: '记一次暗访' }).click()
    await page.getByRole('button', { name: '提交给效能办' }).click()
    await page.getByText('请选择部门。').waitFor()
    await page.getByText('请至少记下一点看到的情况。').waitFor()
    await page.getByLabel('部门').selectOption({ index: 5 })
    await page.getByText('5 很好', { exact: true }).click()
    await page.getByRole('button', { name: '提交给效能办' }).click()
    await page.getByText('请确认与该部门没有利害关系').waitFor()
    await shot(page, 'sheet-wrong')
    await page.getByText('我和这个部门没有利害关系').click()
    await page.getByRole('button', { name: '提交给效能办' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '提交给效能办' }).click()
    await page.getByText('现在连不上网络').waitFor()

    // Its phone lay in a drawer for longer than the office takes sheets.
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const open = indexedDB.open('mingcha')
          open.onsuccess = () => {
            const drafts = open.result.transaction('drafts', 'readwrite').objectStore('drafts')
            const all = drafts.getAll()
            all.onsuccess = () => {
              const [d] = all.result
              d.sheet.arrived_at = d.sheet.left_at = new Date(Date.parse(d.sheet.left_at) - 31 * 86_400_000).toISOString()
              drafts.put(d).onsuccess = () => resolve()
            }
          }
          open.onerror = () => reject(open.error)
        }),
    )
    const { body: accounts } = await office.call<{ id: number; login: string }[]>('GET', '/accounts')
    expect((await office.call('POST', `/accounts/${accounts.find((a) => a.login === 'vol2')!.id}/revoke`)).status).toBeLessThan(300)
    await context.setOffline(false)
    await page.getByText('登录已过期').waitFor()
    await shot(page, 'mine-signed-out')
    await page.locator('section', { hasText: '登录已过期' }).getByRole('button', { name: '登录' }).click()
    await page.getByLabel('账号').fill('vol2')
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('dialog').getByRole('button', { name: '登录' }).click()
    await page.getByText('没有提交成功，请更正后再提交').waitFor()
    await shot(page, 'mine-refused')
    await page.getByRole('link', { name: /没有提交成功/ }).click()
    await page.getByText('超过 30 天的暗访不能再提交，请联系效能办').waitFor()
    expect(await faults(page)).toEqual([])
    const today = new Date((await officeNow(office)) + 8 * 3_600_000).toISOString().slice(0, 10)
    await page.getByLabel('到达时间').fill(`${today}T00:01`)
    await page.getByLabel('离开时间').fill(`${today}T00:02`)
    await page.getByRole('button', { name: '提交给效能办' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '提交给效能办' }).click()
    await page.getByText('已提交').first().waitFor()
    await expect.poll(async () => (await filed(v)).map((x) => x.sheet.attitude)).toEqual([5])
  })
})
