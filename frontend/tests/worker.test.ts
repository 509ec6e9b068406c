import { afterEach, expect, it, vi } from 'vitest'
import { keepPages, keepStored, pages } from '@/offline/worker'

afterEach(() => vi.unstubAllGlobals())

// Row: a phone on the console's own certificate has no service worker, and sheets lie in its storage all the same.
it('case of a phone without a service worker: persist() is asked all the same', async () => {
  const persist = vi.fn(() => Promise.resolve(true))
  vi.stubGlobal('navigator', { storage: { persist } })
  await keepStored()
  await keepPages()
  expect(persist).toHaveBeenCalledTimes(1)
  expect(pages.value).toBe('never')
})

it('a service worker that fails, or a browser that refuses or cannot be asked, stops nothing', async () => {
  const persist = vi.fn(() => Promise.reject(new Error('no')))
  vi.stubGlobal('navigator', { storage: { persist }, serviceWorker: { register: () => Promise.reject(new Error('certificate')) } })
  await keepStored()
  await keepPages()
  expect(persist).toHaveBeenCalledTimes(1)
  expect(pages.value).toBe('never')
  vi.stubGlobal('navigator', {})
  await keepStored()
})
