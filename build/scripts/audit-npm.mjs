// The pages' packages against a folder of advisories: npm/PACKAGE/ID.yml, as
// GitLab's open advisory database has them. For where the registry does not
// answer `npm audit`. Ends with 1 when one of them is about an installed version.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const folder = process.argv[2]
const frontend = join(import.meta.dirname, '../../frontend')
const require = createRequire(join(frontend, 'package.json'))
const { load } = require('js-yaml')
const { satisfies } = require('semver')

const lock = JSON.parse(readFileSync(join(frontend, 'package-lock.json'), 'utf8'))
const installed = new Map()
for (const [path, { version }] of Object.entries(lock.packages)) {
  if (path) installed.set(`${path.split('node_modules/').pop()}@${version}`, version)
}

let read = 0
const affected = []
for (const [id, version] of installed) {
  const name = id.slice(0, id.lastIndexOf('@'))
  const dir = join(folder, 'npm', name)
  if (!existsSync(dir)) continue
  for (const file of readdirSync(dir).filter((f) => f.endsWith('.yml'))) {
    const a = load(readFileSync(join(dir, file), 'utf8'))
    read++
    if (satisfies(version, a.affected_range, { includePrerelease: true })) affected.push(`${id}: ${a.identifier} ${a.title}`)
  }
}
// A folder that speaks of none of them is the wrong folder.
if (read === 0) {
  console.error(`${folder} 里没有关于这些软件包的公告。  ${folder} has no advisories about these packages.`)
  process.exit(1)
}
for (const line of affected) console.log(line)
console.log(`${installed.size} packages, ${read} advisories about them, ${affected.length} affected`)
process.exit(affected.length ? 1 : 0)
