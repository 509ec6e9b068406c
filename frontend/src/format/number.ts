const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 12,345 in both languages. */
export const count = (n: number): string => whole.format(n)

/** 97.8 % of a share in 0..1. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** Bytes as B, KB, MB. */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`
  if (n < 1024 ** 2) return `${(n / 1024).toFixed(1)} KB`
  return `${(n / 1024 ** 2).toFixed(1)} MB`
}

/** A journal number as people read it: #184,203. */
export const seqNo = (seq: number): string => `#${count(seq)}`
