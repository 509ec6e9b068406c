import { createRouter, createWebHashHistory, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'board', component: () => import('@/pages/board/BoardPage.vue') },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/pages/NotFoundPage.vue') },
]

/**
 * The router; it reads the address when it is made, so the token must be off it.
 * In the desktop window of Linux the pages come from wails://, where addresses
 * are nobody's to share and a history entry is safest in the fragment.
 */
export function makeRouter(): Router {
  const history = location.protocol.startsWith('http') ? createWebHistory() : createWebHashHistory()
  return createRouter({ history, routes })
}
