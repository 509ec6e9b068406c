// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { instant, takenOf } from '@/offline/photo'
import { asTaken } from './camera'

const bare = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 4, 1, 2]), Buffer.alloc(2000), Buffer.from([0xff, 0xd9])])
const taken = (b: Buffer) => takenOf(new Uint8Array(b).buffer)

describe('what a camera wrote', () => {
  it('is the time with its offset and the place in degrees', async () => {
    // Bengbu: 32°55′12″ N, 117°23′24″ E.
    const photo = asTaken(bare, '2026:09:22 08:51:04', '+08:00', [32, 55, 12], [117, 23, 24])
    expect(await taken(photo)).toEqual({ at: '2026-09-22T00:51:04.000Z', lat: 32.92, lon: 117.39 })
  })

  it('is nothing where there is nothing, or nonsense', async () => {
    expect(await taken(bare)).toEqual({})
    expect(await taken(Buffer.from('no picture at all'))).toEqual({})
    expect(await taken(asTaken(bare, '0000:00:00 00:00:00', '+08:00', [0, 0, 0], [0, 0, 0]))).not.toHaveProperty('at')
  })

  it('is the city’s time where the camera does not say whose', () => {
    expect(instant('2026:01:01 00:30:00', undefined)).toBe('2025-12-31T16:30:00.000Z')
    expect(instant('2026:01:01 00:30:00', '+09:00')).toBe('2025-12-31T15:30:00.000Z')
    expect(instant('2026:13:40 00:30:00', undefined)).toBeUndefined()
  })
})
