import type { ReplyWindow } from '@/api/contract'

export type WindowState =
  | { kind: 'open'; remaining: number | null; leftMs: number | null; urgent: boolean }
  /** Every message of this round has been used. */
  | { kind: 'spent'; leftMs: number }
  /** The customer has been silent too long. */
  | { kind: 'shut' }

const URGENT_MS = 60 * 60 * 1_000
const FEW = 1

/** What the reply window means at this moment; it may have run out since the server last spoke. */
export function windowState(window: ReplyWindow, now: number): WindowState {
  const leftMs = window.expiresAt === null ? null : Date.parse(window.expiresAt) - now
  if (leftMs !== null && leftMs <= 0) {
    return { kind: 'shut' }
  }
  if (window.remaining !== null && window.remaining <= 0) {
    return leftMs === null ? { kind: 'shut' } : { kind: 'spent', leftMs }
  }
  if (!window.open) {
    return { kind: 'shut' }
  }
  const urgent =
    (leftMs !== null && leftMs < URGENT_MS) || (window.remaining !== null && window.remaining <= FEW)
  return { kind: 'open', remaining: window.remaining, leftMs, urgent }
}
