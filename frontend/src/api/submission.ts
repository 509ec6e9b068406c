/** A number for a submission: sent again under the same one, it counts once. */
export function submission(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')
}
