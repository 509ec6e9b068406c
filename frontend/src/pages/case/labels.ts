// Where the words over and under the boxes of a time strip stand: those that would
// lie over one another go on two lines.

export interface Place {
  /** On the second line, further from the box. */
  lifted: boolean
  /** How far to the right of its place (rem), where both lines are taken. */
  shift: number
}

export interface Label extends Place {
  text: string
}

/** How far the middles of two boxes lie apart, and how wide a box is (rem). */
const PITCH = 2.42
const BOX = 2.2
/** How wide a letter is at the labels' size (rem): a Han character, and others. */
const HAN = 0.8
const LETTER = 0.46
/** Between two labels of one line (rem). */
const GAP = 0.4

function width(label: string): number {
  let sum = 0
  for (const c of label) sum += c.codePointAt(0)! >= 0x2e80 ? HAN : LETTER
  return sum
}

/**
 * Where each label stands. It is centred on its box, that of the first box begins with
 * it; on the second line where the first is taken.
 */
export function places(labels: string[]): Place[] {
  const ends: [number, number] = [-Infinity, -Infinity]
  return labels.map((label, i) => {
    if (label === '') return { lifted: false, shift: 0 }
    const from = i === 0 ? 0 : i * PITCH + (BOX - width(label)) / 2
    const line = from >= ends[0] || ends[0] <= ends[1] ? 0 : 1
    const shift = Math.max(0, ends[line] - from)
    ends[line] = from + shift + width(label) + GAP
    return { lifted: line === 1, shift }
  })
}
