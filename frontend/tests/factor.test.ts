import { describe, expect, it } from 'vitest'
import { appAddress } from '../src/shell/factor/address'

describe('the address for an authenticator app', () => {
  it('leads to an app and nowhere else', () => {
    const ours = 'otpauth://totp/Mingcha:wang?secret=ABC&issuer=Mingcha'
    expect(appAddress(ours)).toBe(ours)
    for (const bad of ['https://evil.example/', 'javascript:alert(1)', ' otpauth://x', '//evil.example', 'otpauth:evil', ''])
      expect(appAddress(bad)).toBeUndefined()
  })
})
