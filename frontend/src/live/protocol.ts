import type { Adapter, Board, Change } from '@/api/schema'

/** The messages of app/internal/live/PROTOCOL.md, version 1. */
export const SUBPROTOCOL = 'mingcha.live.v1'

export type ServerMessage =
  | { type: 'welcome'; seq: number; resumed: boolean }
  | { type: 'changes'; from: number; to: number; changes: Change[] }
  | { type: 'board'; board: Board }
  | { type: 'adapters'; adapters: Adapter[] }
  | { type: 'resync'; seq: number; reason: string }

export interface Hello {
  type: 'hello'
  since: number
}

/** Reads a frame; what a later version added is undefined and to be ignored. */
export function parse(text: string): ServerMessage | undefined {
  const m = JSON.parse(text) as { type?: string }
  switch (m.type) {
    case 'welcome':
    case 'changes':
    case 'board':
    case 'adapters':
    case 'resync':
      return m as ServerMessage
  }
  return undefined
}
