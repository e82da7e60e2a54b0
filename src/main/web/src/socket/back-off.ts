const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before the n-th attempt in a row (from 0). Spread over half the span, so that a
 * room full of desks does not knock at a restarted gateway in the same second.
 */
export function backOff(attempt: number, random: () => number = Math.random): number {
  const span = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(span / 2 + (random() * span) / 2)
}
