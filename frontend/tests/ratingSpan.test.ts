import { describe, expect, it } from 'vitest'
import { asked, spanOf } from '@/pages/ratings/span'

const today = '2026-12-01'

describe('M3: the time that ratings are listed of', () => {
  const of = (query: Record<string, string>) => asked(query, spanOf(query, today))

  it('is the last 30 days where nobody chose one', () => {
    expect(of({})).toEqual({ from: '2026-11-02', to: '2026-12-02' })
    expect(of({ show: 'late', department: 'GH' })).toEqual({ from: '2026-11-02', to: '2026-12-02', late: 'true', department: 'GH' })
  })

  it('is all of it where it was asked for, and figures are of as much', () => {
    expect(of({ span: 'all', text: '三趟' })).toEqual({ text: '三趟' })
    expect(spanOf({ span: 'all' }, today)).toEqual({ from: '1970-01-01', to: '2026-12-02', by: 'all' })
  })

  it('hides nobody who is still to be contacted, however long ago they rated', () => {
    expect(of({ show: 'waiting' })).toEqual({ waiting: 'true' })
  })

  it('is that of the dates which were chosen, one of them being enough', () => {
    expect(of({ show: 'waiting', from: '2026-10-01', to: '2026-11-01' })).toEqual({ waiting: 'true', from: '2026-10-01', to: '2026-11-01' })
    expect(of({ span: 'all', from: '2026-10-01' })).toEqual({ from: '2026-10-01' })
    expect(spanOf({ to: '2026-11-01' }, today)).toMatchObject({ from: '1970-01-01', to: '2026-11-01', by: 'dates' })
  })

  it('is all of it for the ratings of one case', () => {
    expect(of({ case_id: '7' })).toEqual({ case_id: '7' })
  })
})
