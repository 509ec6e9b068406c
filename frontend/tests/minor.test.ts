import { describe, expect, it } from 'vitest'
import { Meter } from '@/live/meter'
import { ofThePresent } from '@/live/present'

describe('minor 9: the rate in the head', () => {
  const departments = [
    { code: 'GA', adapter: 'city' },
    { code: 'GD', adapter: 'power' },
  ]
  const changes = [{ department: 'GA' }, { department: 'GA' }, { department: 'GD' }]

  it('counts nothing that an adapter catches up with', () => {
    expect(
      ofThePresent(
        changes,
        [
          { name: 'city', state: 'catching_up' },
          { name: 'power', state: 'live' },
        ],
        departments,
      ),
    ).toBe(1)
    expect(
      ofThePresent(
        changes,
        [
          { name: 'city', state: 'live' },
          { name: 'power', state: 'live' },
        ],
        departments,
      ),
    ).toBe(3)
    expect(ofThePresent(changes, [{ name: 'city', state: 'starting' }], [])).toBe(0)
    expect(ofThePresent(changes, [], [])).toBe(3) // who sees no adapters
  })

  it('so that forty days in ten seconds are no 14,013,634 events an hour', () => {
    const meter = new Meter(0)
    const past = Array.from({ length: 120_000 }, () => ({ department: 'GA' }))
    meter.arrived(ofThePresent(past, [{ name: 'city', state: 'catching_up' }], departments), 10_000)
    meter.arrived(ofThePresent(changes, [{ name: 'city', state: 'live' }], departments), 60_000)
    expect(meter.perHour(60_000)).toBe(180) // three within a minute
  })
})
