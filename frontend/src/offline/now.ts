// The office's time on a device whose own clock may be wrong, or whose console is
// a demonstration with a time of its own.
import { remember, remembered } from './remembered'

/** What a device's clock may be off before it is corrected, ms. */
const NEAR = 60_000

let ahead = remembered().ahead ?? 0

/** Notes what the office clock showed when the console answered. */
export function heardNow(office: string): void {
  const by = Date.parse(office) - Date.now()
  ahead = Math.abs(by) < NEAR ? 0 : by
  if (ahead !== (remembered().ahead ?? 0)) remember({ ahead })
}

/** What the office clock showed at a time of this device, ms. */
export const officeAt = (wall: number): number => wall + ahead

/** The office's time, ms. Without a network it is by what the console last said. */
export const officeNow = (): number => Date.now() + ahead
