import { describe, expect, it } from 'vitest'
import type { RatingFileLevel } from '@/api/schema'
import { scalesOf } from '@/pages/ratings/scales'

const numbers = (...all: number[]): RatingFileLevel[] =>
  all.map((n) => ({ key: String(n), text: String(n), rows: 1, kind: 'number', ...(n ? { number: n } : {}), level: '', asked: true }))

describe('r_three: scales that numbers fit into', () => {
  it('three numbers may be of three, four or five steps, either end best', () => {
    const scales = scalesOf(numbers(1, 2, 3))
    expect(scales.map((s) => `${s.steps}${s.up ? '↑' : '↓'}`)).toEqual(['3↓', '3↑', '4↓', '4↑', '5↓', '5↑'])
    expect(scales[0]!.meaning).toEqual({ 1: 'satisfied', 2: 'fair', 3: 'dissatisfied' })
    expect(scales[1]!.meaning).toEqual({ 1: 'dissatisfied', 2: 'fair', 3: 'satisfied' })
    expect(scales[3]!.meaning).toEqual({ 1: 'dissatisfied', 2: 'fair', 3: 'satisfied' })
    expect(scales[5]!.meaning).toEqual({ 1: 'very_dissatisfied', 2: 'dissatisfied', 3: 'fair' })
  })
  it('five numbers are of five steps', () => {
    expect(scalesOf(numbers(5, 1)).map((s) => s.meaning)).toEqual([
      { 5: 'very_dissatisfied', 1: 'very_satisfied' },
      { 5: 'very_satisfied', 1: 'very_dissatisfied' },
    ])
  })
  it('stars go up', () => {
    const stars = numbers(1, 3).map((v) => ({ ...v, kind: 'stars' as const, key: `${v.number}星`, number: undefined, stars: v.number }))
    expect(scalesOf(stars).map((s) => s.up)).toEqual([true, true, true])
  })
  it('a scale may begin at zero', () => {
    const scales = scalesOf(numbers(0, 1, 2))
    expect(scales.map((s) => `${s.steps}${s.up ? '↑' : '↓'}${s.best}`)).toEqual(['3↓0', '3↑2', '4↓0', '4↑3', '5↓0', '5↑4'])
    expect(scales[0]!.meaning).toEqual({ 0: 'satisfied', 1: 'fair', 2: 'dissatisfied' })
    expect(scales[5]!.meaning).toEqual({ 0: 'very_dissatisfied', 1: 'dissatisfied', 2: 'fair' })
  })
  it('of letters A is the best', () => {
    const letters = ['a', 'b', 'c'].map((key, i) => ({
      key,
      text: key.toUpperCase(),
      rows: 1,
      kind: 'letter' as const,
      number: i + 1,
      level: '' as const,
      asked: true,
    }))
    expect(scalesOf(letters).map((s) => [s.steps, s.best, s.meaning.c])).toEqual([
      [3, 'A', 'dissatisfied'],
      [4, 'A', 'fair'],
      [5, 'A', 'fair'],
    ])
  })
  it('points and grades are steps, what has a fraction or a sign is none', () => {
    const as = (...keys: string[]): RatingFileLevel[] => numbers(1, 2, 3).map((v, i) => ({ ...v, key: keys[i]! }))
    expect(scalesOf(as('1分', '2分', '3分'))[1]!.meaning).toEqual({ '1分': 'dissatisfied', '2分': 'fair', '3分': 'satisfied' })
    expect(scalesOf(as('1.2', '2', '3'))).toEqual([])
    expect(scalesOf(as('+1', '2', '3'))).toEqual([])
  })
  it('what lies outside of one to five has no scale to choose', () => {
    expect(scalesOf(numbers(0, 5))).toEqual([])
    expect(scalesOf(numbers(90, 100))).toEqual([])
  })
})
