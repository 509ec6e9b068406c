import { isAbort, Problem } from './problem'

/** What only the desktop window offers (app/internal/desktop). */
interface Bridge {
  SaveExport(apiPath: string, suggestedName: string): Promise<string>
  StopExport(): Promise<void>
  SaveEvidence(text: string, suggestedName: string): Promise<string>
  OpenDataFolder(): Promise<void>
}

declare global {
  interface Window {
    go?: { desktop?: { Bridge?: Bridge } }
  }
}

/** The window's bridge; undefined in a browser. */
export function bridge(): Bridge | undefined {
  return window.go?.desktop?.Bridge
}

/**
 * Waits for a call of the bridge; rejects with a Problem. The bridge rejects
 * with the problem as JSON text.
 */
export async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (err) {
    if (isAbort(err)) throw err
    const text = err instanceof Error ? err.message : String(err)
    let p: { code?: string; zh?: string; en?: string } = {}
    try {
      p = JSON.parse(text) as typeof p
    } catch {
      // Not of ours, such as Wails' own: shown as it is.
    }
    throw new Problem(0, p.code ?? 'window', p.zh ?? text, p.en ?? text)
  }
}

/** Closes what the window shows and goes back to choosing: app/internal/desktop's own address. */
export async function chooseAnother(): Promise<void> {
  await fetch('/~desktop/leave', { method: 'POST' })
  location.replace('/')
}
