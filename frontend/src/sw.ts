// The service worker: keeps the pages of people who work without a network, and
// nothing of what the console answers. See offline.ts.
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: {
  /** Written in by the build. */
  __WB_MANIFEST: PrecacheEntry[]

  skipWaiting: () => void
  addEventListener: (type: 'activate', f: (e: { waitUntil: (p: Promise<unknown>) => void }) => void) => void
  clients: { claim: () => Promise<void> }
}

/** A hall's network that has not answered after so long counts as none, ms. */
const PATIENCE = 4000

self.skipWaiting()
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()))
cleanupOutdatedCaches()
precacheAndRoute(self.__WB_MANIFEST)

// The page from the console where it answers, so that a new version is seen at once.
registerRoute(
  new NavigationRoute(
    async ({ request }) => {
      try {
        return await fetch(request.url, { credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE) })
      } catch {
        return (await matchPrecache('/index.html')) ?? Response.error()
      }
    },
    { denylist: [/^\/api(\/|$)/] },
  ),
)
