// A step of the build: writes dist/sw.js, which keeps the pages that volunteers
// need without a network.
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

/** Modules whose chunks are kept, with all that these import. */
const KEPT = /\/src\/(main\.ts|pages\/(visits\/My|visits\/VisitSheetPage|reviews\/My|settings\/SettingsPage|NotFoundPage))|^$/

interface Entry {
  url: string
  revision: string | null
}

/** The chunks that a page needs: its own, what it imports, and their styles. */
function needed(bundle: Rolldown.OutputBundle): Set<string> {
  const out = new Set<string>()
  const add = (file: string): void => {
    const chunk = bundle[file]
    if (out.has(file) || chunk?.type !== 'chunk') return
    out.add(file)
    for (const css of chunk.viteMetadata?.importedCss ?? []) out.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) out.add(asset)
    chunk.imports.forEach(add)
  }
  for (const [file, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && (chunk.isEntry || chunk.moduleIds.some((id) => KEPT.test(id)))) add(file)
  }
  return out
}

export function offline(): Plugin {
  let entries: Entry[] = []
  return {
    name: 'mingcha-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        entries = [...needed(bundle)].sort().map((url) => ({ url: `/${url}`, revision: null }))
        const page = bundle['index.html']
        if (page?.type === 'asset') entries.push({ url: '/index.html', revision: createHash('sha256').update(page.source).digest('hex').slice(0, 16) })
      },
    },
    async closeBundle() {
      if (entries.length === 0) return // a build that failed
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __PAGES__: JSON.stringify(entries), 'process.env.NODE_ENV': '"production"' },
        build: {
          target: ['es2022', 'safari16'],
          outDir: 'dist',
          emptyOutDir: false,
          lib: { entry: fileURLToPath(new URL('./src/sw.ts', import.meta.url)), formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
        },
      })
    },
  }
}
