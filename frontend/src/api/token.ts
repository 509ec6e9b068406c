const KEY = 'mingcha.token'

/**
 * Takes the token out of the address's fragment (#k=TOKEN), keeps it for this
 * tab and takes it off the address bar, so that a copied address gives nothing
 * away. It must run before the router reads the address.
 */
export function takeToken(): void {
  const found = /^#k=([^&]+)$/.exec(location.hash)
  if (!found?.[1]) return
  sessionStorage.setItem(KEY, decodeURIComponent(found[1]))
  history.replaceState(history.state, '', location.pathname + location.search)
}

/** The token of this tab; empty inside the desktop window, which needs none. */
export function token(): string {
  return sessionStorage.getItem(KEY) ?? ''
}
