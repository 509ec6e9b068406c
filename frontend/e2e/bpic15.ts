// An office filled with real permits: two logs of the BPI Challenge 2015, as of the
// day on which they end.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Running } from './console'
import { answering, BIN, freePort, gone } from './process'

const shared = process.env['MINGCHA_SHARED'] ?? join(import.meta.dirname, '../../../shared')
const log = (n: number): string => join(shared, `data/bpic15/BPIC15_${n}.xes.gz`)

/** The logs lie outside the repository: they are others'. */
export const hasLogs = (): boolean => [1, 2].every((n) => existsSync(log(n)))

/** Reads both logs into a folder of its own, and starts a console on it. */
export async function startPermits(): Promise<Omit<Running, 'kill' | 'start'>> {
  const dir = mkdtempSync(join(tmpdir(), 'mingcha-permits-'))
  for (const n of [1, 2]) {
    const config = join(dir, `log${n}.yaml`)
    writeFileSync(config, `file: ${JSON.stringify(log(n))}\nmapping: bpic15\ndepartment: M${n}\n`)
    execFileSync(BIN, ['ingest', '--data', dir, '--adapter', 'xes', '--name', `m${n}`, '--config', config, '--as-of', '2015-08-31'], { stdio: 'ignore' })
  }
  const listen = `127.0.0.1:${await freePort()}`
  const token = 'a-token-for-this-test-run'
  const ask = (path: string, method = 'GET') => fetch(`http://${listen}/api${path}`, { method, headers: { Authorization: `Bearer ${token}` } })
  const child = spawn(BIN, ['serve', '--data', dir, '--listen', listen, '--token', token], { stdio: ['ignore', 'ignore', 'inherit'] })
  await answering(child, async () => (await ask('/session').catch(() => undefined))?.ok ?? false)
  return {
    address: `http://${listen}`,
    token,
    call: async <T>(path: string, method?: string) => {
      const text = await (await ask(path, method)).text()
      return (text ? JSON.parse(text) : null) as T
    },
    stop: async () => {
      child.kill('SIGTERM')
      await gone(child)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
