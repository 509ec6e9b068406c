// Keys that belong to an input method. While pinyin is being composed, Enter takes a
// word, arrows choose one and Escape gives it up: none of that is for the page. They
// are held here, before any handler hears of them, so that no handler has to think
// of it; what the input method does with them is its own.

const KEYS = ['keydown', 'keyup', 'keypress'] as const

/** Safari tells the Enter that ends a composition by this code alone. */
const PROCESSED = 229

/** Whether a key belongs to the input method. */
export function composes(e: KeyboardEvent): boolean {
  return e.isComposing || e.keyCode === PROCESSED
}

function hold(e: KeyboardEvent): void {
  if (composes(e)) e.stopImmediatePropagation()
}

/** Keeps the keys of input methods from every handler of a window. Before anything else listens. */
export function guardInputMethod(on: Window = window): void {
  for (const key of KEYS) on.addEventListener(key, hold, { capture: true })
}
