// What starting any program of a test takes: where the console is, a port, and
// patience.
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The console under test, as `make build` leaves it. */
export const BIN = process.env['MINGCHA_BIN'] ?? join(import.meta.dirname, '../../build/bin/mingcha')

/** How long a page may take for one step, ms: it costs time only where something is wrong. */
export const PATIENCE = 60_000

/** Each worker has ports of its own: none is taken between the look and the console. */
const PORTS = 3_500
const FIRST_PORT = 18_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 4) * PORTS

/**
 * A port that is free, below those that the system gives to connections and among
 * those of this worker: so it is still free when the console comes, and when it
 * comes back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
}

export function gone(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))
}

/** Waits until a console that is being started answers. */
export async function answering(child: ChildProcess, answers: () => Promise<boolean>): Promise<void> {
  await until('the console answers', () => {
    if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}`)
    return answers()
  })
}

/** Waits for something that comes about by itself. */
export async function until(what: string, f: () => Promise<boolean> | boolean, ms = 2 * PATIENCE): Promise<void> {
  const end = Date.now() + ms
  while (!(await f())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`)
    await new Promise((r) => setTimeout(r, 100))
  }
}
