// One demonstration city for all test files: it is read once, before them, and every
// console of theirs works on a copy of its folder; see copy.ts. Files that change
// nothing share one console.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { copyCity } from './copy'
import { answering, BIN, freePort, gone, until } from './process'

/**
 * The office's time when the city is read: a Monday with weeks behind it and no end
 * of a month or holiday near. The city is the same on whatever day and at whatever
 * hour the tests run; MINGCHA_MORNING tries another.
 */
const MORNING = process.env['MINGCHA_MORNING'] ?? '2026-11-23T09:30:00+08:00'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with the city that was read, and the office's time when its console ended. */
    city: { dir: string; office: string }
    /** A console on a copy of it, for files that change nothing. */
    reading: { address: string; token: string }
  }
}

export interface Settings {
  clock: { real: string; office: string; speed: number; skip_rest: boolean }
}

/** Makes an empty folder a demonstration city's: all of its past, with so many cases a year, is still to be read. */
export function foundCity(dir: string, cases = 155_000): void {
  const clock = { real: new Date().toISOString(), office: MORNING, speed: 1, skip_rest: true }
  const config = { seed: 20261123, start: '-45d', cases }
  writeFileSync(join(dir, 'console.json'), JSON.stringify({ demo: true, clock, adapters: [{ name: 'city', adapter: 'simulator', config }] }))
}

/** A console on a folder that waits until its city is live: the day's checkpoint is signed then. */
async function live(dir: string): Promise<{ address: string; token: string; end: () => Promise<void> }> {
  const listen = `127.0.0.1:${await freePort()}`
  const token = 'a-token-for-the-city'
  const ask = (path: string) => fetch(`http://${listen}/api${path}`, { headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined)
  const server = spawn(BIN, ['serve', '--demo', '--data', dir, '--listen', listen, '--token', token], { stdio: ['ignore', 'ignore', 'inherit'] })
  await answering(server, async () => (await ask('/session'))?.ok ?? false)
  await until('the city is read', async () => (await ask('/checkpoint'))?.ok ?? false)
  await until('the city is live', async () => ((await (await ask('/adapters'))!.json()) as { state: string }[])[0]?.state === 'live')
  return {
    address: `http://${listen}`,
    token,
    end: async () => {
      server.kill('SIGTERM')
      await gone(server)
      if (server.exitCode !== 0) throw new Error(`the console that read the city ended with ${server.exitCode}`)
    },
  }
}

/** Reads the city, before any test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(BIN)) throw new Error(`there is no console at ${BIN}: run make build, or set MINGCHA_BIN`)
  const dir = mkdtempSync(join(tmpdir(), 'mingcha-city-'))
  foundCity(dir)
  await (await live(dir)).end()
  const { clock } = JSON.parse(readFileSync(join(dir, 'console.json'), 'utf8')) as Settings
  const passed = Date.now() - Date.parse(clock.real)
  const city = { dir, office: new Date(Date.parse(clock.office) + passed).toISOString() }
  project.provide('city', city)

  const copy = mkdtempSync(join(tmpdir(), 'mingcha-read-'))
  copyCity(copy, 1, city)
  const { address, token, end } = await live(copy)
  project.provide('reading', { address, token })
  return async () => {
    await end()
    for (const d of [dir, copy]) rmSync(d, { recursive: true, force: true })
  }
}
