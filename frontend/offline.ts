// Which of the pages the service worker keeps: what volunteers need without a
// network, and nothing else.
import { VitePWA } from 'vite-plugin-pwa'
import type { Plugin, Rolldown } from 'vite'

/** Modules whose chunks are kept, with all that these import. What was seen of a journal is told without a network, too. */
const KEPT = /\/src\/(main\.ts|pages\/(visits\/My|visits\/VisitSheetPage|reviews\/My|settings\/SettingsPage|NotFoundPage)|witness\/|shell\/WitnessBar)|^$/

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

/** Builds src/sw.ts with the list of what it keeps. */
export function offline(): Plugin[] {
  let kept = new Set<string>()
  const look: Plugin = {
    name: 'mingcha-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => void (kept = needed(bundle).add('index.html')),
    },
  }
  return [
    look,
    ...VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      // Registered for who needs it, and never in the desktop window; see src/offline/worker.ts.
      injectRegister: false,
      manifest: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*'],
        globIgnores: ['sw.js'],
        // What has its contents' hash in its name never changes under it.
        dontCacheBustURLsMatching: /^assets\//,
        manifestTransforms: [(entries) => ({ manifest: entries.filter((e) => kept.has(e.url)).map((e) => ({ ...e, url: `/${e.url}` })) })],
      },
    }),
  ]
}
