/** An authenticator app's address, if it is one: a console elsewhere that means ill could lead the window to a page of its own, which would have the window's native functions. */
export function appAddress(address: string): string | undefined {
  return address.startsWith('otpauth://') ? address : undefined
}
