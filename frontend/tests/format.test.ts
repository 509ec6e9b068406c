import { describe, expect, it } from 'vitest'
import { fileName } from '@/api/download'
import { search } from '@/api/http'
import { bytes, count, percent, seqNo } from '@/format/number'
import { spanOf } from '@/format/span'
import {
  addDays,
  day,
  established,
  feedTime,
  minute,
  officeTime,
  pickedDate,
  pickerValue,
  rowTime,
  second,
  shortDate,
  shortMinute,
  shortSecond,
  timeOfDay,
  weekday,
} from '@/format/time'
import { rootSize } from '@/stores/prefs'

describe("M6: the year is shown where it is not the office's", () => {
  it('goes by the clock and the zone of the office, not of the machine', () => {
    officeTime('2026-12-31T15:59:59Z') // 23:59:59 in the office
    expect(shortMinute('2026-12-31T09:30:00Z')).toBe('12-31 17:30')
    expect(shortMinute('2015-08-31T09:30:00Z')).toBe('2015-08-31 17:30')
    expect(shortSecond('2027-01-01T00:00:00Z')).toBe('2027-01-01 08:00:00')
    officeTime('2026-12-31T16:00:00Z') // midnight in the office: the new year
    expect(shortMinute('2026-12-31T09:30:00Z')).toBe('2026-12-31 17:30')
    expect(shortSecond('2027-01-01T00:00:00Z')).toBe('01-01 08:00:00')
  })

  it('in lists, feeds and dates', () => {
    officeTime('2026-11-30T01:30:00Z')
    expect(rowTime('2026-02-26T01:05:00Z')).toBe('02-26 09:05')
    expect(rowTime('2015-02-25T16:00:00Z')).toBe('2015-02-26')
    expect(feedTime('2026-11-30T01:05:09Z')).toBe('09:05:09')
    expect(feedTime('2026-11-29T01:05:09Z')).toBe('11-29 09:05')
    expect(feedTime('2015-11-30T01:05:09Z')).toBe('2015-11-30')
    expect(shortDate('2026-09-22')).toBe('09-22')
    expect(shortDate('2025-09-22')).toBe('2025-09-22')
    expect(rowTime(undefined)).toBe('')
  })
})

describe('times are shown in the office’s zone', () => {
  it('whatever offset they come with', () => {
    expect(second('2026-09-22T00:51:04Z')).toBe('2026-09-22 08:51:04')
    expect(second('2026-09-22T08:51:04+08:00')).toBe('2026-09-22 08:51:04')
    expect(minute('2026-12-31T16:30:00Z')).toBe('2027-01-01 00:30')
    expect(day('2026-12-31T15:59:59Z')).toBe('2026-12-31')
    expect(timeOfDay('2026-09-21T16:00:00Z')).toBe('00:00:00')
    expect(shortSecond('2026-09-22T00:51:04.987Z')).toBe('09-22 08:51:04')
  })

  it('in the years of summer time too', () => {
    expect(minute('1988-07-01T00:00:00Z')).toBe('1988-07-01 09:00')
    expect(minute('1988-12-01T00:00:00Z')).toBe('1988-12-01 08:00')
    expect(second('1991-12-31T15:59:59Z')).toBe('1991-12-31 23:59:59')
    expect(second('1992-01-01T00:00:00Z')).toBe('1992-01-01 08:00:00')
  })

  it('and nothing where there is none', () => {
    expect(minute(undefined)).toBe('')
    expect(minute('')).toBe('')
    expect(minute('not a time')).toBe('')
  })

  it('with the weekday of that zone', () => {
    expect(weekday('2026-10-10T01:00:00Z')).toBe(6) // Saturday, a make-up working day
    expect(weekday('2026-10-10T16:30:00Z')).toBe(0) // Sunday there already
  })

  it('days are added by the calendar', () => {
    expect(addDays('2026-09-30', 1)).toBe('2026-10-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  })

  it('a date that is picked stays that date', () => {
    for (const date of ['2026-01-01', '2026-06-15', '2026-12-31']) expect(pickedDate(pickerValue(date))).toBe(date)
  })
})

describe('numbers', () => {
  it('read the same in both languages', () => {
    expect(count(184203)).toBe('184,203')
    expect(seqNo(184203)).toBe('#184,203')
    expect(percent(0.9784)).toBe('97.8%')
    expect(bytes(999)).toBe('999 B')
    expect(bytes(10 * 1024 * 1024)).toBe('10.0 MB')
  })

  it('spans take the unit that says it shortest', () => {
    expect(spanOf(41 * 60)).toEqual({ unit: 'minutes', n: 41 })
    expect(spanOf(89)).toEqual({ unit: 'seconds', n: 89 })
    expect(spanOf(13 * 86400)).toEqual({ unit: 'days', n: 13 })
    expect(spanOf(-5)).toEqual({ unit: 'seconds', n: 0 })
  })
})

describe('addresses', () => {
  it('leave out what is not set', () => {
    expect(search({ a: '', b: undefined, c: false, d: 0, e: 'x y' })).toBe('d=0&e=x+y')
    expect(search({})).toBe('')
  })

  it('a download is named as the server says, in Chinese where it can', () => {
    expect(fileName(`attachment; filename="cases.csv"; filename*=UTF-8''%E5%8A%9E%E4%BB%B6.csv`)).toBe('办件.csv')
    expect(fileName('attachment; filename="cases.csv"')).toBe('cases.csv')
    expect(fileName(null)).toBeUndefined()
  })
})

describe('size', () => {
  it('grows with the window from a desk to a wall', () => {
    expect(rootSize(1366)).toBe(14)
    expect(rootSize(1920)).toBe(16.5)
    expect(rootSize(3840)).toBe(26)
    expect(rootSize(8000)).toBe(28)
  })
})

describe('minor 7: when it stood that a limit had run out', () => {
  it('is the day after a last day that is in time to midnight', () => {
    expect(minute(established('2026-11-13T15:59:59Z'))).toBe('2026-11-14 00:00')
    expect(minute(established('2026-11-13T09:30:00Z'))).toBe('2026-11-13 17:30') // the close of business is of its day
  })
})
