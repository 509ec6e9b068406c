// npm audit where the registry does not answer it: a folder of advisories
// (npm/PACKAGE/ID.yml, as GitLab's open advisory database has them) is served to
// it on loopback. Ends as npm audit does.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = process.argv[2]
const frontend = join(import.meta.dirname, '../../frontend')
const { load } = createRequire(join(frontend, 'package.json'))('js-yaml')

let asked = 0
let read = 0

/** The advisories about a package, as npm's bulk endpoint words them. */
function advisories(name) {
  const dir = join(folder, 'npm', name)
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .filter((f) => f.endsWith('.yml'))
    .map((f) => load(readFileSync(join(dir, f), 'utf8')))
    .map((a) => ({ id: ++read, url: a.urls?.[0] ?? '', title: `${a.identifier} ${a.title}`, severity: 'high', vulnerable_versions: a.affected_range }))
}

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const c of request) chunks.push(c)
  if (!request.url.endsWith('/security/advisories/bulk')) {
    response.writeHead(404).end('{}')
    return
  }
  const body = Buffer.concat(chunks)
  const names = Object.keys(JSON.parse(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body))
  asked += names.length
  const about = names.map((n) => [n, advisories(n)]).filter(([, all]) => all.length > 0)
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(Object.fromEntries(about)))
})

server.listen(0, '127.0.0.1', () => {
  const audit = spawn('npm', ['audit', `--registry=http://127.0.0.1:${server.address().port}/`], { cwd: frontend, stdio: 'inherit' })
  audit.on('exit', (code) => {
    server.close()
    console.log(`${asked} packages, ${read} advisories about them`)
    // A folder that speaks of none of them is the wrong folder.
    if (read === 0) console.error(`${folder} 里没有关于这些软件包的公告。  ${folder} has no advisories about these packages.`)
    process.exitCode = read === 0 ? 1 : code
  })
})
