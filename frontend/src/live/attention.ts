// What somebody is at. Whoever types, or has a dialog over the page, does not watch
// the board, and its repainting must not hold up their letters: where the screen is
// drawn without graphics hardware, a frame of a whole board takes longer than a
// letter. See queue.ts for what waits.

/** How long after a letter somebody counts as typing, ms: longer than one thinks between two words. */
const PAUSE = 600

const EDITABLE = 'input, textarea, [contenteditable="true"]'

let typedAt = -Infinity

/** Listens for letters; once for a window. */
export function watchTyping(on: Window = window): void {
  const typed = (e: Event): void => {
    if (e.target instanceof Element && e.target.matches(EDITABLE)) typedAt = performance.now()
  }
  for (const kind of ['keydown', 'input', 'compositionupdate']) on.addEventListener(kind, typed, { capture: true, passive: true })
}

/** For how many more ms nothing is to be drawn that nobody waits for; 0: none. */
export function busyFor(): number {
  return Math.max(0, typedAt + PAUSE - performance.now())
}

/** Whether a dialog or a side sheet lies over the page. */
export function covered(): boolean {
  return document.querySelector('[aria-modal="true"], .n-modal-mask, .n-drawer-mask') !== null
}
