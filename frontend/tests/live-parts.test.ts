import { describe, expect, it, vi } from 'vitest'
import type { Change } from '@/api/schema'
import { backoff } from '@/live/backoff'
import { OfficeClock } from '@/live/clock'
import { Meter } from '@/live/meter'
import { watchTyping } from '@/live/attention'
import { FrameQueue } from '@/live/queue'
import { backlog, prepend } from '@/live/ring'
import { socketURL } from '@/stores/live'

const change = (seq: number, case_id = seq): Change => ({ seq, case_id, kind: 'accepted' }) as Change

describe('backoff', () => {
  it('doubles from half a second to fifteen, half of it chance', () => {
    expect(backoff(0, () => 0)).toBe(250)
    expect(backoff(0, () => 1)).toBe(500)
    expect(backoff(3, () => 1)).toBe(4000)
    expect(backoff(4, () => 0)).toBe(4000)
    expect(backoff(1000, () => 1)).toBe(15_000)
  })
})

describe('stream rows', () => {
  it('puts the newest on top and keeps the bound', () => {
    const rows = prepend(backlog([change(3), change(2)]), [change(4), change(5)], 3)
    expect(rows.map((r) => r.seq)).toEqual([5, 4, 3])
  })

  it('leaves out what it has, and keeps every change of one journal number', () => {
    const rows = prepend(backlog([change(5)]), [change(4), change(5), change(6, 1), change(6, 2)], 10)
    expect(rows.map((r) => [r.seq, r.case_id])).toEqual([
      [6, 2],
      [6, 1],
      [5, 5],
    ])
    expect(new Set(rows.map((r) => r.key)).size).toBe(3)
  })

  it('never changes the list it was given, so a paused view stands still', () => {
    const held = backlog([change(1)])
    prepend(held, [change(2)], 10)
    expect(held.map((r) => r.seq)).toEqual([1])
  })

  it('keeps only the newest of a burst greater than the bound', () => {
    const burst = Array.from({ length: 1000 }, (_, i) => change(i + 1))
    expect(prepend([], burst, 3).map((r) => r.seq)).toEqual([1000, 999, 998])
  })
})

describe('frame queue', () => {
  it('paints all batches of a frame at once, in order', async () => {
    const painted: number[][] = []
    const queue = new FrameQueue<number>((items) => painted.push(items))
    queue.push([1, 2])
    queue.push([3])
    expect(painted).toEqual([])
    await new Promise((r) => setTimeout(r, 50))
    expect(painted).toEqual([[1, 2, 3]])
  })

  it('M20: waits while somebody types, and no longer than a moment after', async () => {
    const field = document.body.appendChild(document.createElement('input'))
    watchTyping()
    const painted: number[][] = []
    const queue = new FrameQueue<number>((items) => painted.push(items))
    const end = performance.now() + 900
    for (let n = 1; performance.now() < end; n++) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))
      queue.push([n])
      await new Promise((r) => setTimeout(r, 60))
    }
    expect(painted).toEqual([])
    await vi.waitFor(() => expect(painted).toHaveLength(1), { timeout: 5_000 })
    expect(performance.now() - end).toBeGreaterThan(400)
    field.remove()
  })

  it('M20: paints what lies under a dialog now and then', async () => {
    const dialog = document.body.appendChild(document.createElement('div'))
    dialog.setAttribute('aria-modal', 'true')
    const painted: number[][] = []
    const queue = new FrameQueue<number>((items) => painted.push(items))
    const began = performance.now()
    queue.push([1])
    await vi.waitFor(() => expect(painted).toHaveLength(1), { timeout: 10_000 })
    expect(performance.now() - began).toBeGreaterThan(1_900)
    queue.push([2])
    await new Promise((r) => setTimeout(r, 300))
    expect(painted).toHaveLength(1)
    dialog.remove() // closed: the board is true again soon
    await vi.waitFor(() => expect(painted).toEqual([[1], [2]]), { timeout: 1_500 })
  })

  it('drops the oldest beyond its bound, and says so once', async () => {
    const painted: [number[], boolean][] = []
    const queue = new FrameQueue<number>((items, overflowed) => painted.push([items, overflowed]), 3)
    queue.push([1, 2, 3, 4, 5])
    await new Promise((r) => setTimeout(r, 50))
    queue.push([6])
    await new Promise((r) => setTimeout(r, 50))
    expect(painted).toEqual([
      [[3, 4, 5], true],
      [[6], false],
    ])
  })
})

describe('meter', () => {
  it('counts events an hour over the time since the start', () => {
    const m = new Meter(0)
    m.arrived(30, 10_000)
    m.arrived(30, 50_000)
    expect(m.perHour(60_000)).toBe(3600)
  })

  it('forgets what is older than its window', () => {
    const m = new Meter(0, 60_000)
    m.arrived(500, 1_000)
    m.arrived(6, 100_000)
    expect(m.perHour(120_000)).toBe(360)
  })

  it('gives the median of the latest delays', () => {
    const m = new Meter(0)
    expect(m.delay()).toBeUndefined()
    for (const ms of [5, 900, 7]) m.delayed(ms)
    expect(m.delay()).toBe(7)
    for (let i = 0; i < 50; i++) m.delayed(40)
    expect(m.delay()).toBe(40)
  })
})

describe('office clock', () => {
  it('runs on at its speed between boards', () => {
    const clock = new OfficeClock(30)
    clock.heard(1_000_000, 500)
    expect(clock.at(1_500)).toBeCloseTo(1_030_000, 3)
  })

  it('is set by the board that was under way the shortest', () => {
    const clock = new OfficeClock(1)
    clock.heard(10_000, 10_200)
    clock.heard(11_000, 11_050) // 50 ms under way
    clock.heard(12_000, 12_400)
    expect(clock.at(13_050)).toBe(13_000)
    expect(clock.since(13_000, 13_060)).toBe(10)
  })
})

describe('address of the stream', () => {
  it('is the page’s own where the API names no host', () => {
    expect(socketURL('/api/live', 'http://127.0.0.1:8617/cases?x=1')).toBe('ws://127.0.0.1:8617/api/live')
    expect(socketURL('/api/live', 'https://desk.example/')).toBe('wss://desk.example/api/live')
  })

  it('is another one in the desktop window', () => {
    expect(socketURL('ws://127.0.0.1:43117/api/live', 'wails://wails/')).toBe('ws://127.0.0.1:43117/api/live')
  })
})
