// A test file's own copy of the city that was read before all of them.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, type ProvidedContext } from 'vitest'
import type { Settings } from './prepared'

/** Makes an empty folder a copy of the city that was read; its time goes on from there, so fast. */
export function copyCity(dir: string, speed: number, { dir: city, office }: ProvidedContext['city'] = inject('city')): void {
  cpSync(city, dir, { recursive: true })
  const file = join(dir, 'console.json')
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Settings
  settings.clock = { ...settings.clock, real: new Date().toISOString(), office, speed }
  writeFileSync(file, JSON.stringify(settings))
}
