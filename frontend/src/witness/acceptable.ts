import type { Difference } from './compare'

/** Whether what is shown in the place of what was seen can be gone on from. */
export const acceptable = (d: Difference): boolean => d.shown !== null && d.kind !== 'unsigned'
