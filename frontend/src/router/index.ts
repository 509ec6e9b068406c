import { createRouter, createWebHashHistory, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** The API's operation without which the page has nothing to show; none: everybody's. */
    needs?: string
    /** The group of the side rail that lists the page after those which it places itself. */
    rail?: 'city' | 'registers' | 'people' | 'office'
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'board', meta: { needs: 'board' }, component: () => import('@/pages/board/BoardPage.vue') },
  { path: '/cases', name: 'cases', meta: { needs: 'cases' }, component: () => import('@/pages/cases/CasesPage.vue') },
  { path: '/cases/:id(\\d+)', name: 'case', meta: { needs: 'case' }, component: () => import('@/pages/case/CasePage.vue') },
  { path: '/findings', name: 'findings', meta: { needs: 'findings' }, component: () => import('@/pages/findings/FindingsPage.vue') },
  { path: '/registers/overdue', name: 'overdue', meta: { needs: 'overdueRegister' }, component: () => import('@/pages/registers/OverduePage.vue') },
  {
    path: '/registers/rejections',
    name: 'rejections',
    meta: { needs: 'rejectionRegister' },
    component: () => import('@/pages/registers/RejectionsPage.vue'),
  },
  {
    path: '/registers/authorizations',
    name: 'authorizations',
    meta: { needs: 'authorizationRegister' },
    component: () => import('@/pages/registers/AuthorizationsPage.vue'),
  },
  { path: '/my/reviews', name: 'myReviews', meta: { needs: 'myReviews' }, component: () => import('@/pages/reviews/MyReviewsPage.vue') },
  { path: '/my/reviews/:id(\\d+)', name: 'myReview', meta: { needs: 'myReview' }, component: () => import('@/pages/reviews/MyReviewPage.vue') },
  { path: '/reviews', name: 'reviews', meta: { needs: 'reviews' }, component: () => import('@/pages/reviews/ReviewsPage.vue') },
  { path: '/my/visits', name: 'myVisits', meta: { needs: 'myVisits' }, component: () => import('@/pages/visits/MyVisitsPage.vue') },
  { path: '/my/visits/:id(\\d+)', name: 'myVisit', meta: { needs: 'myVisits' }, component: () => import('@/pages/visits/MyVisitPage.vue') },
  { path: '/my/visits/sheet/:key', name: 'visitSheet', meta: { needs: 'fileVisit' }, component: () => import('@/pages/visits/VisitSheetPage.vue') },
  { path: '/my/term', name: 'myTerm', meta: { needs: 'myTerm' }, component: () => import('@/pages/volunteers/MyTermPage.vue') },
  { path: '/visits', name: 'visits', meta: { needs: 'visits' }, component: () => import('@/pages/visits/VisitsPage.vue') },
  { path: '/visits/plan', name: 'planVisit', meta: { needs: 'planVisit' }, component: () => import('@/pages/visits/PlanPage.vue') },
  { path: '/visits/plans/:id(\\d+)', name: 'changeVisitPlan', meta: { needs: 'changeVisitPlan' }, component: () => import('@/pages/visits/PlanPage.vue') },
  { path: '/matters', name: 'matters', meta: { needs: 'matters' }, component: () => import('@/pages/matters/MattersPage.vue') },
  { path: '/matters/:id(\\d+)', name: 'matter', meta: { needs: 'matter' }, component: () => import('@/pages/matters/MatterPage.vue') },
  { path: '/ratings', name: 'ratings', meta: { needs: 'ratings' }, component: () => import('@/pages/ratings/RatingsPage.vue') },
  { path: '/ratings/callbacks', name: 'callbacks', meta: { needs: 'callbacks' }, component: () => import('@/pages/ratings/CallbacksPage.vue') },
  { path: '/volunteers', name: 'volunteers', meta: { needs: 'terms' }, component: () => import('@/pages/volunteers/VolunteersPage.vue') },
  { path: '/departments', name: 'departments', meta: { needs: 'board' }, component: () => import('@/pages/departments/DepartmentsPage.vue') },
  {
    path: '/departments/:code',
    name: 'department',
    meta: { needs: 'board' },
    component: () => import('@/pages/departments/DepartmentPage.vue'),
  },
  { path: '/items', name: 'items', meta: { needs: 'items' }, component: () => import('@/pages/items/ItemsPage.vue') },
  { path: '/quarantine', name: 'quarantine', meta: { needs: 'quarantine' }, component: () => import('@/pages/quarantine/QuarantinePage.vue') },
  { path: '/acts', name: 'acts', meta: { needs: 'acts' }, component: () => import('@/pages/acts/ActsPage.vue') },
  { path: '/settings', name: 'settings', component: () => import('@/pages/settings/SettingsPage.vue') },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/pages/NotFoundPage.vue') },
]

/** Where somebody begins: the first page in order that shows them something. */
export function homeOf(may: (operation: string) => boolean): string {
  const page = routes.find((r) => !r.path.includes(':') && (!r.meta?.needs || may(r.meta.needs)))
  return String(page?.name)
}

/**
 * The router; it reads the address when it is made, so the token must be off it.
 * In the desktop window of Linux the pages come from wails://, where addresses
 * are nobody's to share and a history entry is safest in the fragment.
 */
export function makeRouter(): Router {
  const history = location.protocol.startsWith('http') ? createWebHistory() : createWebHashHistory()
  return createRouter({ history, routes })
}
