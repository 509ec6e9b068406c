import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

interface Entry {
  version?: string
  integrity?: string
  link?: boolean
}

// npm installs a package whose hash the lock does not know without a look at what it
// brings. It leaves hashes away where it writes the file from an installed folder.
it('N7: every package of the lock has its integrity', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as { packages: Record<string, Entry> }
  const packages = Object.entries(lock.packages).filter(([path, p]) => path !== '' && !p.link)
  expect(packages.length).toBeGreaterThan(200)
  expect(packages.filter(([, p]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(p.integrity ?? '')).map(([path, p]) => `${path} ${p.version}`)).toEqual([])
})
