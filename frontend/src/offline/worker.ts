// Has the pages themselves kept on the device, for people who work where there is
// no network. Browsers do so only for a console whose certificate they trust.
import { ref } from 'vue'

/** kept: the pages open without a network; never: this browser will not keep them. */
export const pages = ref<'unknown' | 'kept' | 'never'>('unknown')

/**
 * Asks the browser not to let what is stored here be the first to go when the device
 * runs short of room. Sheets and photographs that were not sent lie there whether or
 * not the browser keeps the pages as well.
 */
export async function keepStored(): Promise<void> {
  try {
    await navigator.storage?.persist?.()
  } catch {
    // A browser that will not be asked keeps them as it likes.
  }
}

/** Asks the browser to keep the pages. */
export async function keepPages(): Promise<void> {
  if (pages.value === 'kept') return
  if (!('serviceWorker' in navigator)) {
    pages.value = 'never'
    return
  }
  try {
    await navigator.serviceWorker.register('/sw.js')
    await navigator.serviceWorker.ready
    pages.value = 'kept'
  } catch {
    pages.value = 'never'
  }
}
