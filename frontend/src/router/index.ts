import { createRouter, createWebHashHistory, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'board', component: () => import('@/pages/board/BoardPage.vue') },
  { path: '/cases', name: 'cases', component: () => import('@/pages/cases/CasesPage.vue') },
  { path: '/cases/:id(\\d+)', name: 'case', component: () => import('@/pages/case/CasePage.vue') },
  { path: '/findings', name: 'findings', component: () => import('@/pages/findings/FindingsPage.vue') },
  { path: '/registers/overdue', name: 'overdue', component: () => import('@/pages/registers/OverduePage.vue') },
  {
    path: '/registers/rejections',
    name: 'rejections',
    component: () => import('@/pages/registers/RejectionsPage.vue'),
  },
  {
    path: '/registers/authorizations',
    name: 'authorizations',
    component: () => import('@/pages/registers/AuthorizationsPage.vue'),
  },
  { path: '/departments', name: 'departments', component: () => import('@/pages/departments/DepartmentsPage.vue') },
  {
    path: '/departments/:code',
    name: 'department',
    component: () => import('@/pages/departments/DepartmentPage.vue'),
  },
  { path: '/items', name: 'items', component: () => import('@/pages/items/ItemsPage.vue') },
  { path: '/quarantine', name: 'quarantine', component: () => import('@/pages/quarantine/QuarantinePage.vue') },
  { path: '/settings', name: 'settings', component: () => import('@/pages/settings/SettingsPage.vue') },
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
