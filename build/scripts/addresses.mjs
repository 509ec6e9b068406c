// Writes into a lock file, from standard input to standard output, where each package
// lies at the registry given: npm asks for the list of all versions of a package whose
// address it is not told. The sums are the lock file's as before, and are checked.
import { readFileSync } from 'node:fs'

const registry = process.argv[2].replace(/\/$/, '')
const lock = JSON.parse(readFileSync(0, 'utf8'))
for (const [path, found] of Object.entries(lock.packages)) {
  if (path === '' || found.link || found.resolved) continue
  const name = found.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  found.resolved = `${registry}/${name}/-/${name.split('/').at(-1)}-${found.version}.tgz`
}
process.stdout.write(JSON.stringify(lock))
