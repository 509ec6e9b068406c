import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api'
import { holdBy } from '@/api/hold'
import { Problem } from '@/api/problem'
import type { Session } from '@/api/schema'
import { homeOf, makeRouter } from '@/router'
import { useBadges } from '@/stores/badges'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'

const CITY = ['session', 'rules', 'departments', 'items', 'board', 'cases', 'adapters', 'live', 'overdueRegister', 'rejectionRegister']

/** The console's side: who has signed in, and every call that came. */
let signedIn: Session | undefined
let asked: string[]
let sockets: string[]

function session(role: Session['account']['role'], may: string[], extra: Partial<Session> = {}): Session {
  return {
    account: { id: 7, login: 'zhou', name: '周明', role, department: role === 'liaison' ? 'gh' : '' },
    clock: { now: '2026-11-23T01:00:00Z', speed: 1 },
    data_folder: '',
    demo: false,
    live_token: '',
    live_url: '/api/live',
    may,
    mode: 'serve',
    must_change: false,
    must_set_up: false,
    signs_in: true,
    version: '1',
    zone: 'Asia/Shanghai',
    ...extra,
  } as Session
}

function refusal(status: number, code: string): Response {
  return new Response(JSON.stringify({ code, zh: '不行。', en: 'No.' }), { status })
}

/** The account that the next right password signs in. */
let next: Session
/** The code that it needs besides; '' where it has no second factor. */
let coded: string

function answer(path: string, init: RequestInit): Response {
  if (path === '/api/sign-in') {
    const { password, code } = JSON.parse(String(init.body)) as { password: string; code?: string }
    if (password !== 'right') return refusal(401, 'wrong_sign_in')
    if (coded && !code) return refusal(401, 'second_factor')
    if (coded && code !== coded) return refusal(401, 'wrong_code')
    signedIn = next
    return new Response(null, { status: 204 })
  }
  if (!signedIn) return refusal(401, 'sign_in')
  if (path === '/api/session') return Response.json(signedIn)
  if (path === '/api/password') {
    signedIn = { ...signedIn, must_change: false }
    return new Response(null, { status: 204 })
  }
  if (signedIn.must_change) return refusal(403, 'must_change')
  if (path === '/api/second-factor/confirm') {
    signedIn = { ...signedIn, must_set_up: false }
    return Response.json({ codes: ['a'] })
  }
  if (signedIn.must_set_up) return refusal(403, 'must_set_up')
  if (path === '/api/board') return Response.json({ now: '2026-09-22T00:51:00Z', departments: [], warnings: [], city: {}, due: [] })
  return Response.json(path.startsWith('/api/registers') ? { rows: [], total: 3, capped: false } : [])
}

const count = (path: string): number => asked.filter((a) => a.startsWith(path)).length
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  asked = []
  sockets = []
  signedIn = undefined
  coded = ''
  next = session('staff', CITY)
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(path)
    return Promise.resolve(answer(path, init))
  })
  vi.stubGlobal(
    'WebSocket',
    class {
      constructor(url: string, protocols: string[]) {
        sockets.push(`${new URL(url).pathname} ${protocols.join(' ')}`)
      }
      close(): void {}
    },
  )
})

afterEach(() => {
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  holdBy(undefined)
})

describe('signing in', () => {
  it('lets what waited for it go on, at the address that was asked for', async () => {
    history.replaceState(null, '', '/nowhere?level=red')
    const router = makeRouter()
    await router.push('/nowhere?level=red')
    const sessions = useSession()
    const started = useLive().start()
    await settle()
    expect(sessions.asked).toBe('sign_in')
    expect(sessions.refused).toBe(false)
    await sessions.signIn('zhou', 'right')
    await started
    expect(sessions.asked).toBeUndefined()
    expect(useLive().board?.now).toBe('2026-09-22T00:51:00Z')
    expect(router.currentRoute.value.fullPath).toBe('/nowhere?level=red')
  })

  it('with a wrong password is a problem for the card, and nothing goes on', async () => {
    const sessions = useSession()
    void sessions.load()
    await settle()
    const err = await sessions.signIn('zhou', 'wrong').catch((e: unknown) => e)
    expect((err as Problem).code).toBe('wrong_sign_in')
    expect(sessions.asked).toBe('sign_in')
    expect(sessions.session).toBeUndefined()
  })

  it('is not asked for where the console wants its token', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(refusal(401, 'no_token')))
    const sessions = useSession()
    await expect(sessions.load()).rejects.toThrow('no_token')
    expect(sessions.refused).toBe(true)
    expect(sessions.asked).toBeUndefined()
  })

  it('comes back when the session ends, and the same call is answered afterwards', async () => {
    signedIn = next
    const sessions = useSession()
    await sessions.load()
    signedIn = undefined
    const waiting = api.departments()
    await settle()
    expect(sessions.asked).toBe('sign_in')
    await sessions.signIn('zhou', 'right')
    expect(await waiting).toEqual([])
    expect(count('/api/departments')).toBe(2)
  })

  it('as somebody else, or with other rights, begins with an empty page', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined)
    signedIn = next
    const sessions = useSession()
    await sessions.load()
    signedIn = undefined
    const waiting = vi.fn()
    void api.departments().then(waiting)
    await settle()
    next = session('leader', CITY)
    await sessions.signIn('zhou', 'right')
    await settle()
    expect(reload).toHaveBeenCalledOnce()
    expect(waiting).not.toHaveBeenCalled()
    expect(sessions.session?.account.role).toBe('staff')
    reload.mockRestore()
  })

  it('with a first password leads to the change of it, and only then on', async () => {
    next = session('staff', CITY, { must_change: true })
    const sessions = useSession()
    const started = vi.fn()
    void useLive().start().then(started)
    await settle()
    await sessions.signIn('zhou', 'right')
    await settle()
    expect(sessions.asked).toBe('must_change')
    expect(count('/api/board')).toBe(0)
    await sessions.changePassword('right', 'four words of one sentence')
    await settle()
    expect(sessions.asked).toBeUndefined()
    expect(started).toHaveBeenCalledOnce()
    expect(count('/api/board')).toBe(1)
  })

  it('asks for a code where there is a second factor, and begins nothing before', async () => {
    coded = '123456'
    const sessions = useSession()
    void sessions.load()
    await settle()
    await expect(sessions.signIn('zhou', 'right')).rejects.toThrow('second_factor')
    await expect(sessions.signIn('zhou', 'right', '000000')).rejects.toThrow('wrong_code')
    expect(sessions.session).toBeUndefined()
    await sessions.signIn('zhou', 'right', '123456')
    expect(sessions.asked).toBeUndefined()
    expect(sessions.session?.account.login).toBe('zhou')
  })

  it('leads to the second factor that a role needs, after the password, and only then on', async () => {
    next = session('staff', CITY, { must_change: true, must_set_up: true })
    const sessions = useSession()
    const started = vi.fn()
    void useLive().start().then(started)
    await settle()
    await sessions.signIn('zhou', 'right')
    expect(sessions.asked).toBe('must_change')
    await sessions.changePassword('right', 'four words of one sentence')
    await settle()
    expect(sessions.asked).toBe('must_set_up')
    expect(count('/api/board')).toBe(0)
    await sessions.own(() => api.confirmFactor('123456'))
    await settle()
    expect(sessions.asked).toBe('must_set_up') // until the recovery codes were noted
    await sessions.goOn()
    await settle()
    expect(sessions.asked).toBeUndefined()
    expect(started).toHaveBeenCalledOnce()
  })

  it('stands in the way of who is at work when the role comes to need a second factor', async () => {
    signedIn = session('staff', CITY)
    const sessions = useSession()
    await sessions.load()
    signedIn = { ...signedIn, must_set_up: true }
    const board = vi.fn()
    void api.board().then(board)
    await settle()
    expect(sessions.asked).toBe('must_set_up')
    await sessions.own(() => api.confirmFactor('123456'))
    await sessions.goOn()
    await settle()
    expect(board).toHaveBeenCalledOnce()
  })

  it('is asked for again when the session ends while the password is changed', async () => {
    signedIn = session('staff', CITY, { must_change: true })
    const sessions = useSession()
    void sessions.load()
    await settle()
    signedIn = undefined
    await expect(sessions.changePassword('a', 'b')).rejects.toThrow('sign_in')
    expect(sessions.asked).toBe('sign_in')
  })
})

describe('what a role may not see is not asked for', () => {
  it('by a volunteer: neither board nor adapters, and no stream', async () => {
    signedIn = session('volunteer', ['session', 'rules', 'departments', 'items'])
    await useLive().start()
    useBadges().start()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(asked).toEqual(['/api/session'])
    expect(sockets).toEqual([])
    expect(homeOf(useSession().may)).toBe('items')
  })

  it('by a liaison: no adapters; the own board every 5 s, and not while nobody has signed in', async () => {
    signedIn = session(
      'liaison',
      CITY.filter((op) => op !== 'adapters'),
    )
    await useLive().start()
    await settle()
    expect(count('/api/adapters')).toBe(0)
    expect(sockets).toEqual(['/api/live mingcha.live.v1'])
    expect(count('/api/board')).toBe(1)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(count('/api/board')).toBe(4)
    signedIn = undefined
    await vi.advanceTimersByTimeAsync(60_000)
    expect(count('/api/board')).toBe(5) // the one that found out
  })

  it('by the office: everything once, the rest comes by the stream', async () => {
    signedIn = session('staff', CITY, { live_token: 's' })
    await useLive().start()
    await settle()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(count('/api/board')).toBe(1)
    expect(count('/api/adapters')).toBe(1)
    expect(sockets).toEqual(['/api/live mingcha.live.v1 token.s'])
  })

  it('in the badges: only the registers that the role sees', async () => {
    signedIn = session('staff', ['overdueRegister'])
    await useSession().load()
    useBadges().start()
    await settle()
    expect(useBadges().overdue).toBe(3)
    expect(count('/api/registers/overdue')).toBe(1)
    expect(count('/api/registers/rejections')).toBe(0)
  })
})

describe('the first page', () => {
  it('is the first of the rail that shows the person something', () => {
    const may =
      (...ops: string[]) =>
      (op: string) =>
        ops.includes(op)
    expect(homeOf(may('board', 'cases', 'items'))).toBe('board')
    expect(homeOf(may('cases', 'items'))).toBe('cases')
    expect(homeOf(may())).toBe('settings')
  })
})
