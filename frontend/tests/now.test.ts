import { beforeEach, describe, expect, it, vi } from 'vitest'

const PHONE = Date.parse('2026-11-24T02:00:00Z')

/** The module as a page that is just opened has it. */
async function opened() {
  vi.resetModules()
  return import('@/offline/now')
}

describe('the office’s time on a phone', () => {
  beforeEach(() => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (k: string) => kept.get(k) ?? null,
      setItem: (k: string, v: string) => kept.set(k, v),
      removeItem: (k: string) => kept.delete(k),
    })
    vi.useFakeTimers({ now: PHONE })
    return () => vi.useRealTimers()
  })

  it('is the phone’s own before the console said anything, and where they differ by less than a minute', async () => {
    const { heardNow, officeNow } = await opened()
    expect(officeNow()).toBe(PHONE)
    heardNow('2026-11-24T02:00:59Z')
    expect(officeNow()).toBe(PHONE)
  })

  it('is what the console said, and goes on without a network and on a page opened anew', async () => {
    const { heardNow, officeNow } = await opened()
    heardNow('2026-11-24T01:30:00Z') // the phone is half an hour fast
    vi.setSystemTime(PHONE + 3_600_000)
    expect(new Date(officeNow()).toISOString()).toBe('2026-11-24T02:30:00.000Z')
    const again = await opened()
    expect(new Date(again.officeNow()).toISOString()).toBe('2026-11-24T02:30:00.000Z')
  })

  it('is the phone’s own again once somebody set it right', async () => {
    const { heardNow, officeNow } = await opened()
    heardNow('2026-11-24T01:30:00Z')
    heardNow('2026-11-24T02:00:00Z')
    expect(officeNow()).toBe(PHONE)
    expect((await opened()).officeNow()).toBe(PHONE)
  })
})
