import { useEventListener } from '@vueuse/core'

/** How far above what the pointer is on an element is looked for that cuts its text. */
const UP = 5

/** Ours is marked, so that it goes with the text that it was of. */
const OURS = 'whole'

/** The element that ends a text with an ellipsis, if one does. */
function cutting(from: Element | null): HTMLElement | undefined {
  for (let e = from, up = 0; e instanceof HTMLElement && up < UP; e = e.parentElement, up++) {
    if (getComputedStyle(e).textOverflow === 'ellipsis') return e
  }
  return undefined
}

/** Whatever is cut for want of room has its whole text in a tooltip. */
export function useWholeTexts(): void {
  useEventListener(document, 'mouseover', (event) => {
    const e = cutting(event.target as Element | null)
    if (!e) return
    if (e.title && e.dataset[OURS] === undefined) return // the page says more
    const cut = e.scrollWidth > e.clientWidth
    if (cut) {
      e.title = e.innerText.trim()
      e.dataset[OURS] = ''
    } else if (e.dataset[OURS] !== undefined) {
      e.removeAttribute('title')
      delete e.dataset[OURS]
    }
  })
}
