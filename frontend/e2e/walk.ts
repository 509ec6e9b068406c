// Every page of a console, and the way from one to another.
import type { Page } from 'playwright-core'
import type { Running } from './console'
import { until } from './process'

/** All pages by a name, with a case that is over its limit, and a department. */
export async function everyPage(running: Pick<Running, 'call'>): Promise<[name: string, path: string][]> {
  const { rows } = await running.call<{ rows: { case_id: number; department: string }[] }>('/registers/overdue?limit=1')
  const { rows: matters } = await running.call<{ rows: { id: number }[] }>('/matters?limit=1')
  const first = rows[0]!
  return [
    ['board', '/'],
    ['cases', '/cases'],
    ['case', `/cases/${first.case_id}`],
    ['findings', '/findings'],
    ['overdue', '/registers/overdue'],
    ['rejections', '/registers/rejections'],
    ['authorizations', '/registers/authorizations'],
    ['departments', '/departments'],
    ['adapters', '/departments?tab=adapters'],
    ['department', `/departments/${first.department}`],
    ['reviews', '/reviews'],
    ['visits', '/visits'],
    ['visit-plan', '/visits/plan'],
    ['matters', '/matters'],
    ...matters.map((m): [string, string] => ['matter', `/matters/${m.id}`]),
    ['ratings', '/ratings'],
    ['callbacks', '/ratings/callbacks'],
    ['volunteers', '/volunteers'],
    ['items', '/items'],
    ['quarantine', '/quarantine'],
    ['acts', '/acts'],
    ['settings', '/settings'],
    ['nowhere', '/no/such/page'],
  ]
}

/** Waits until nothing loads any more; the live stream never ends. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main :is(h1, h2)').first().waitFor({ state: 'attached' })
  await until('nothing loads', async () => (await page.locator('[aria-busy="true"]').count()) === 0)
  await page.waitForTimeout(200)
}

/** From one page to another, as a link does: the program stays, with all that it holds. */
export async function follow(page: Page, path: string): Promise<void> {
  const left = await page.evaluate((to) => {
    const shown = document.querySelector('main')!.firstElementChild!
    shown.setAttribute('data-left', to)
    const same = location.pathname === to.split('?')[0] // only its query is another: the page stays
    history.pushState({ position: history.length }, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }))
    return !same
  }, path)
  if (left) await page.locator('main > [data-left]').waitFor({ state: 'detached' })
}

/** Pages of one kind stay where only a number or a code in their address changes. */
const kind = (path: string): string => path.replace(/\/(?:\d+|[A-Z][A-Z\d]*)$/, '/:one')

/**
 * To a page of the console, as a link leads there where another page of it is shown,
 * and by its address else. Either way the page asks for what it shows; to load the
 * whole program anew is half a second's work of a core, and all that was made ready on
 * the page, such as axe, is made ready anew.
 */
export async function go(page: Page, address: string): Promise<void> {
  const [here, there] = [new URL(page.url()), new URL(address)]
  const shown = here.origin === there.origin && kind(here.pathname) !== kind(there.pathname)
  if (shown && (await page.locator('main > *').count()) > 0) await follow(page, there.pathname + there.search)
  else await page.goto(address)
}
