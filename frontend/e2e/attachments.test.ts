// A paper that comes with a department's reply, from the liaison's file to the office's.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, quiet } from './console'
import { misfits } from './fits'
import { cityRead, desk, officeNow, phone, startOffice, type Office } from './office'
import { pictures } from './pictures'

const shot = pictures('attachments')

let city: Office
beforeAll(async () => {
  city = await startOffice([
    { login: 'zhuren', name: '王主任', role: 'head' },
    { login: 'vol1', name: '监督员赵红', role: 'volunteer' },
    { login: 'gh', name: '规划局联络员', role: 'liaison', department: 'GH' },
  ])
})
afterAll(() => city?.stop())

/** A PDF as programs write it. */
function paper(): string {
  const body = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n'
  return `${body}xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
}

describe('minor 15: a reply', () => {
  it('minor 15: brings a file, known by its content, that the office can keep', async () => {
    const head = await city.person('zhuren', desk)
    await cityRead(head)
    const volunteer = await city.person('vol1', phone)
    const now = await officeNow(volunteer)
    await volunteer.call('POST', '/my/visits', {
      key: '0b8f5c1e-1111-4222-8333-444455557777',
      mode: 'unannounced',
      department: 'GH',
      window: '12 号',
      arrived_at: new Date(now - 3_600_000).toISOString(),
      left_at: new Date(now - 1_800_000).toISOString(),
      findings: [{ category: 'unmanned', severity: 'serious', fact: '12 号窗口没有人' }],
    })
    const { body: list } = await head.call<{ rows: { id: number }[] }>('GET', '/matters?state=assess')
    const id = list.rows[0]!.id
    const assigned = await head.call('POST', `/matters/${id}/steps`, {
      key: 'assign-0001',
      version: 0,
      action: 'assign',
      fields: { task: '请核查 12 号窗口。' },
    })
    expect(assigned.status).toBe(200)

    const { page } = await city.person('gh', desk)
    await page.goto(`${city.address}/matters/${id}`)
    await page.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name: '答复', exact: true }).click()
    const form = page.getByRole('form', { name: '答复' })
    await form.getByLabel('核查情况和整改措施').fill('情况属实，已增设替岗，见附件。')
    const good = join(city.dir, '整改报告.pdf')
    const bad = join(city.dir, '网页.pdf')
    writeFileSync(good, paper())
    writeFileSync(bad, '<!doctype html><script>alert(1)</script>')
    await form.locator('input[type=file]').setInputFiles(bad)
    await form.getByText('只接受 PDF、JPEG、PNG').waitFor()
    await form.locator('input[type=file]').setInputFiles(good)
    await form.getByText('整改报告.pdf').waitFor()
    await form.getByRole('button', { name: '答复', exact: true }).scrollIntoViewIfNeeded()
    await shot(page, 'reply-zh')
    expect(await misfits(page)).toEqual([])
    expect(await faults(page)).toEqual([])
    await form.getByRole('button', { name: '答复', exact: true }).click()
    await form.waitFor({ state: 'detached' })

    await head.page.emulateMedia({ colorScheme: 'dark' })
    await head.page.setViewportSize({ width: 1920, height: 1080 })
    await head.page.goto(`${city.address}/matters/${id}`)
    const link = head.page.getByRole('button', { name: '整改报告.pdf' })
    await link.waitFor()
    await quiet(head.page)
    await shot(head.page, 'office-dark')
    expect(await misfits(head.page)).toEqual([])
    expect(await faults(head.page)).toEqual([])
    const [kept] = await Promise.all([head.page.waitForEvent('download'), link.click()])
    expect(kept.suggestedFilename()).toBe('整改报告.pdf')
    expect(readFileSync((await kept.path())!, 'latin1')).toBe(paper())
  })
})
