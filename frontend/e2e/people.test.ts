// People sign in over the network, on phones and office PCs: first passwords,
// roles, and a review from the draw to a third verdict.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, quiet } from './console'
import { acts, cityRead, desk, phone, startOffice, type Office, type Person } from './office'
import { pictures } from './pictures'
import { until } from './process'
import { go } from './walk'

const shot = pictures('people')
const VOLUNTEERS = ['vol1', 'vol2', 'vol3'] as const

let city: Office
beforeAll(async () => {
  city = await startOffice([{ login: 'zhuren', name: '王主任', role: 'head' }, ...VOLUNTEERS.map((v) => ({ login: v, name: `监督员${v}`, role: 'volunteer' }))])
})
afterAll(() => city?.stop())

interface MyReview {
  id: number
  state: string
  outcome: string
}

/** Of a case that is overdue it is asked whether its explanation holds. */
const WORDS = { proper: /^(适当|成立)$/, improper: /^(不当|不成立)$/ } as const

describe('reviews', () => {
  it('go from the draw, which anybody can make again, over two that differ to a third', async () => {
    const { address, dir } = city
    const office = await city.byHand('zhuren', desk, (page) => shot(page, 'sign-in-1366'))
    await cityRead(office)

    // The office draws.
    await go(office.page, `${address}/reviews`)
    await office.page.getByText('还没有评议').waitFor()
    await office.page.getByRole('button', { name: '抽取', exact: true }).click()
    await office.page.getByRole('dialog').getByText('抽取评议样本').waitFor()
    await shot(office.page, 'draw')
    await office.page.getByRole('dialog').getByRole('button', { name: '抽取', exact: true }).click()
    await office.page.locator('.draws li').first().waitFor()
    await shot(office.page, 'reviews')
    await quiet(office.page)
    expect(await faults(office.page)).toEqual([])

    // A separate program makes the draw again from its certificate.
    const got = office.page.waitForEvent('download')
    await office.page.getByRole('button', { name: '证书' }).first().click()
    const certificate = await (await got).path()
    const redraw = (file: string): number => {
      try {
        execFileSync('go', ['run', './sdk/cmd/mingcha-redraw', file], { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8', stdio: 'pipe' })
        return 0
      } catch (err) {
        return (err as { status: number }).status
      }
    }
    expect(redraw(certificate)).toBe(0)
    const draws = await office.call<{ id: number }[]>('GET', '/draws')
    const { body } = await office.call<{ sample: string[] }>('GET', `/draws/${draws.body[0]!.id}/certificate`)
    const forged = join(dir, 'forged.json')
    writeFileSync(forged, JSON.stringify({ ...body, sample: body.sample.toReversed() }))
    expect(redraw(forged)).toBe(1)

    // Volunteers review on their phones. Nobody sees anything before a declaration.
    const people = new Map<string, Person>()
    for (const v of VOLUNTEERS) people.set(v, v === 'vol1' ? await city.byHand(v, phone, (page) => shot(page, 'sign-in-390')) : await city.person(v, phone))
    const lists = new Map<string, MyReview[]>()
    for (const [v, p] of people) lists.set(v, (await p.call<MyReview[]>('GET', '/my/reviews')).body)
    // Every review is with two of the three, as the draw chose.
    const both = [...lists.values()].flat()[0]!
    const [a, b] = [...people].filter(([v]) => lists.get(v)!.some((r) => r.id === both.id)).map(([, p]) => p) as [Person, Person]
    const third = [...people.values()].find((p) => p !== a && p !== b)!
    expect(both.state).toBe('declare')
    const before = await a.call<{ story: unknown[]; papers: unknown[] }>('GET', `/my/reviews/${both.id}`)
    expect([before.body.story, before.body.papers]).toEqual([[], []])
    for (const path of ['/cases', '/board', '/findings', '/acts', '/reviews']) expect((await a.call('GET', path)).status, path).toBe(403)

    async function review(p: Person, verdict: keyof typeof WORDS, name: string): Promise<void> {
      await go(p.page, `${address}/my/reviews`)
      await p.page.locator('.card').first().waitFor()
      await shot(p.page, `${name}-list`)
      await go(p.page, `${address}/my/reviews/${both.id}`)
      await p.page.getByText('您与这件事有没有关系').waitFor()
      await shot(p.page, `${name}-interest`)
      expect(await faults(p.page)).toEqual([])
      await p.page.getByRole('button', { name: '没有关系，开始评议' }).click()
      await p.page.getByText('事情的经过').waitFor()
      await shot(p.page, `${name}-page`, { fullPage: true })
      expect(await faults(p.page)).toEqual([])
      await p.page.getByText(WORDS[verdict]).click()
      if (verdict !== 'proper') await p.page.getByLabel('补充说明').fill('部门的说明与经过对不上')
      await p.page.getByRole('button', { name: '提交评议' }).click()
      await p.page.getByRole('dialog').getByRole('button', { name: '提交评议' }).click()
      await p.page.getByText('已提交，谢谢您').waitFor()
      expect(await p.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    }
    await review(a, 'improper', 'first')
    const outcome = async (p: Person): Promise<string> => (await p.call<MyReview[]>('GET', '/my/reviews')).body.find((r) => r.id === both.id)!.outcome
    expect(await outcome(a)).toBe('')
    await review(b, 'proper', 'second')
    expect(await outcome(b)).toBe('')
    await until('the third has it', async () => (await third.call<MyReview[]>('GET', '/my/reviews')).body.some((r) => r.id === both.id))
    await review(third, 'improper', 'third')
    for (const p of [a, b, third]) expect(await outcome(p)).toBe('improper')

    // The office sees what they said, and no names before it says why.
    await go(office.page, `${address}/reviews?state=done`)
    await office.page.locator('[role="row"] >> text=已评定').first().click()
    const dialog = office.page.getByRole('dialog')
    await dialog.getByText('监督员甲').waitFor()
    expect(await dialog.innerText()).not.toContain('监督员vol')
    await shot(office.page, 'result')
    await dialog.getByRole('button', { name: '查看监督员姓名' }).click()
    await dialog.getByLabel('事由').fill('核实一处书写')
    await dialog.getByRole('button', { name: '查看监督员姓名' }).click()
    for (const v of VOLUNTEERS) await dialog.getByText(`监督员${v}`).waitFor()
    expect((await acts(office)).filter((x) => x.type === 'access.unsealed')).toHaveLength(1)
    for (const p of [office, ...people.values()]) await p.context.close()
  })
})
