// Two-step sign-in: set up, signed in with, replayed in vain, recovered from; and
// asked of a role whose people are led to it.
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, OF_COLOUR, quiet, said } from './console'
import { acts, desk, PASSWORD, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { BIN } from './process'
import { go } from './walk'

const shot = pictures('factor')

let city: Office
let chief: Person
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'chen', name: '陈工作', role: 'staff' },
    { login: 'vol1', name: '监督员甲', role: 'volunteer' },
    { login: 'vol2', name: '监督员乙', role: 'volunteer' },
  ])
})
afterAll(() => city?.stop())

/** The code of RFC 6238 for a secret in base32, so many half minutes from now. */
function totp(secret: string, ahead = 0): string {
  let bits = ''
  for (const c of secret.replace(/\s/g, '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((b) => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac.at(-1)! & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

it('the code of RFC 6238 is what this test computes', () => {
  const now = Date.now
  Date.now = () => 59_000
  expect(totp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')).toBe('287082')
  Date.now = now
})

/**
 * Goes through the set-up in whatever shows it; leaves the recovery codes on screen.
 * It is looked at by all rules, by those of colour where it was seen in another theme,
 * or not any more.
 */
async function setUp(page: Page, name: string, look: 'whole' | 'colours' | 'seen' = 'whole'): Promise<{ secret: string; used: string; recovery: string[] }> {
  const isFit = async (): Promise<void> => {
    if (look !== 'seen') expect(await faults(page, look === 'colours' ? OF_COLOUR : undefined)).toEqual([])
  }
  await page.getByLabel('请先输入您的密码', { exact: true }).fill(PASSWORD)
  await shot(page, `${name}-1-password`)
  await isFit()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByAltText('供验证器应用扫描的二维码').waitFor()
  await shot(page, `${name}-2-app`)
  await isFit()
  const secret = await page.locator('.key code').innerText()
  expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  await page.getByLabel('输入应用显示的 6 位数字').fill('000000')
  await page.getByRole('button', { name: '开启两步验证' }).click()
  await page.getByText('验证码不对').waitFor()
  await shot(page, `${name}-3-wrong`)
  const used = totp(secret)
  await page.getByLabel('输入应用显示的 6 位数字').fill(`${used.slice(0, 3)} ${used.slice(3)}`)
  await page.getByRole('button', { name: '开启两步验证' }).click()
  await page.getByText('请保存恢复码').waitFor()
  await shot(page, `${name}-4-codes`)
  await isFit()
  const recovery = await page.getByRole('list', { name: '恢复码' }).getByRole('listitem').allInnerTexts()
  expect(new Set(recovery).size).toBe(10)
  return { secret, used, recovery }
}

async function password(page: Page, login: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: '我的账户' }).click()
  await page.getByText('退出登录', { exact: true }).click()
  await page.getByLabel('账号').waitFor()
}

describe('two-step sign-in', () => {
  it('is set up by oneself, asks for a code that works once, or for a recovery code', async () => {
    const { page, call, context } = await city.person('chen', desk)
    await page.goto(`${city.address}/items`)
    await page.getByRole('button', { name: '我的账户' }).click()
    await page.getByText('两步验证', { exact: true }).click()
    const { secret, used, recovery } = await setUp(page, 'desk')
    await page.emulateMedia({ media: 'print' })
    await shot(page, 'desk-5-print')
    await expect.poll(() => page.locator('[data-print]').evaluate((e) => getComputedStyle(e).visibility)).toBe('visible')
    await expect.poll(() => page.locator('main').evaluate((e) => getComputedStyle(e).visibility)).toBe('hidden')
    await page.emulateMedia({ media: 'screen' })
    await page.keyboard.press('Escape') // closes nothing that is shown once
    await page.getByRole('button', { name: '已保存，继续' }).click()
    await said(page, '两步验证已开启，其他地方的登录已结束')
    expect((await call<{ on: boolean; recovery: number }>('GET', '/second-factor')).body).toMatchObject({ on: true, recovery: 10 })

    await signOut(page)
    await password(page, 'chen')
    const field = page.getByLabel('验证码', { exact: true })
    await field.waitFor()
    expect(await field.getAttribute('inputmode')).toBe('numeric')
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
    await expect.poll(() => field.evaluate((e) => e === document.activeElement)).toBe(true)
    expect((await call('GET', '/cases')).status, 'the password alone opens nothing').toBe(401)
    await shot(page, 'sign-in-code')
    expect(await faults(page)).toEqual([])

    await field.fill(used) // a replay
    await page.keyboard.press('Enter')
    await page.getByText('验证码不对或已经用过').waitFor()
    await shot(page, 'sign-in-replayed')
    const next = totp(secret, 1)
    await field.evaluate(
      (e, code) => {
        const data = new DataTransfer()
        data.setData('text/plain', code)
        ;(e as HTMLInputElement).focus()
        document.execCommand('insertText', false, data.getData('text/plain'))
      },
      `${next.slice(0, 3)} ${next.slice(3)}`,
    )
    await page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
    expect((await call('GET', '/cases')).status).toBe(200)

    await signOut(page)
    await password(page, 'chen')
    await page.getByRole('button', { name: '手机不在身边，用恢复码' }).click()
    await page.getByLabel('恢复码', { exact: true }).fill(recovery[0]!)
    await shot(page, 'sign-in-recovery')
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByLabel('恢复码', { exact: true }).waitFor({ state: 'detached' })
    expect((await call<{ recovery: number }>('GET', '/second-factor')).body.recovery).toBe(9)
    const again = await call<{ code: string }>('POST', '/sign-in', { login: 'chen', password: PASSWORD, code: recovery[0] })
    expect([again.status, again.body.code]).toEqual([401, 'wrong_code'])

    await page.getByRole('button', { name: '我的账户' }).click()
    await page.getByText('两步验证', { exact: true }).click()
    await page.getByText('剩余恢复码').waitFor()
    await shot(page, 'desk-6-on')
    expect(await faults(page)).toEqual([])
    await page.getByLabel('当前密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: '关闭两步验证' }).click()
    await said(page, '两步验证已关闭')
    expect((await call<{ on: boolean }>('GET', '/second-factor')).body.on).toBe(false)
    await context.close()
  })

  it('is asked of a role, whose people are led to it, and taken off by the head', async () => {
    const { address } = city
    const head = await city.person('zhuren', desk)
    const busy = await city.person('vol2', phone)
    await head.page.goto(`${address}/settings`)
    await head.page.getByText('须用两步验证的角色').waitFor()
    await head.page.getByRole('group', { name: '须用两步验证的角色' }).getByText('义务监督员', { exact: true }).click()
    await head.page.getByRole('button', { name: '保存', exact: true }).click()
    await head.page.getByRole('dialog').getByText('要先设置两步验证才能继续工作').waitFor()
    await head.page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await head.page.getByText('须用，未开启').first().waitFor()
    await quiet(head.page)
    await shot(head.page, 'people')
    expect(await faults(head.page)).toEqual([])

    // Somebody new: after the first password.
    const fresh = await city.byHand('vol1', phone)
    await fresh.page.getByText('请先设置两步验证').waitFor()
    expect((await fresh.call<{ code: string }>('GET', '/my/reviews')).body.code).toBe('must_set_up')
    await setUp(fresh.page, 'phone')
    expect(await fresh.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await fresh.page.getByRole('button', { name: '已保存，继续' }).click()
    await fresh.page.locator('main').getByRole('heading').first().waitFor()
    expect((await fresh.call('GET', '/my/reviews')).status).toBe(200)

    // Somebody at work: at the next step.
    await busy.page.goto(`${address}/my/reviews`)
    await busy.page.getByText('请先设置两步验证').waitFor()
    await busy.page.emulateMedia({ colorScheme: 'dark' })
    await setUp(busy.page, 'phone-dark', 'colours')
    await busy.page.getByRole('button', { name: '已保存，继续' }).click()
    await busy.page.locator('main').getByRole('heading').first().waitFor()

    // A lost phone.
    await head.page.reload()
    await head.page.getByRole('button', { name: '管理 监督员甲' }).click()
    await head.page.getByText('解除两步验证', { exact: true }).click()
    await head.page.getByRole('dialog').getByText('请先当面或电话核实是本人').waitFor()
    await head.page.getByRole('dialog').getByRole('button', { name: '解除两步验证' }).click()
    await said(head.page, '监督员甲 的两步验证已解除')
    expect((await fresh.call('GET', '/my/reviews')).status).toBe(401)
    await head.page.getByRole('heading', { name: '操作记录' }).scrollIntoViewIfNeeded()
    const done = await acts(head)
    expect(done.filter((a) => a.type === 'access.factor_removed')).toHaveLength(1)
    expect(done.find((a) => a.type === 'access.factor_required')!.zh).toBe('须用两步验证的角色：义务监督员')
    for (const p of [busy, fresh]) await p.context.close()
    chief = head
  })

  it('of the head who has lost everything is taken off at the machine', async () => {
    const head = await city.hire(chief, { login: 'second', name: '李主任', role: 'head' }, desk)
    await head.page.goto(`${city.address}/items`)
    await head.page.getByRole('button', { name: '我的账户' }).click()
    await head.page.getByText('两步验证', { exact: true }).click()
    const { recovery } = await setUp(head.page, 'head', 'seen')
    await head.page.getByRole('button', { name: '已保存，继续' }).click()
    await said(head.page, '两步验证已开启')
    await quiet(head.page)

    // In English and in the dark.
    await head.page.emulateMedia({ colorScheme: 'dark' })
    await head.page.getByRole('button', { name: /语言/ }).click()
    await head.page.getByRole('button', { name: 'my account' }).waitFor()
    await go(head.page, `${city.address}/settings`)
    await head.page.getByText('Roles that need two-step sign-in').waitFor()
    await shot(head.page, 'people-en-dark')
    expect(await faults(head.page)).toEqual([])
    await head.page.getByRole('button', { name: 'my account' }).click()
    await head.page.getByText('Two-step sign-in', { exact: true }).click()
    await head.page.getByText('Recovery codes left').waitFor()
    await shot(head.page, 'on-en-dark')
    expect(await faults(head.page)).toEqual([])

    await city.kill()
    const told = execFileSync(BIN, ['account', 'reset', 'SECOND', '--second-factor', '--data', city.dir, '--json'], { encoding: 'utf8' })
    expect(JSON.parse(told)).toEqual({ second_factor_removed: 'second' })
    expect(told).not.toContain(recovery[0])
    expect(() => execFileSync(BIN, ['account', 'reset', 'second', '--second-factor', '--data', city.dir], { stdio: 'pipe' })).toThrow('没有开启两步验证')
    await city.start()
    await head.page.goto(city.address)
    await head.page.getByLabel('Login').fill('second')
    await head.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await head.page.getByRole('button', { name: 'Sign in' }).click()
    await head.page.getByLabel('Password', { exact: true }).waitFor({ state: 'detached' })
    expect((await head.call<{ on: boolean }>('GET', '/second-factor')).body.on).toBe(false)
    expect((await acts(head)).filter((a) => a.type === 'access.factor_removed' && a.by === 0)).toHaveLength(1)
    await head.context.close()
  })
})
