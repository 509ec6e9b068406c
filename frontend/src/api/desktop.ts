/** What only the desktop window offers (app/internal/desktop). */
interface Bridge {
  SaveExport(apiPath: string, suggestedName: string): Promise<string>
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
