import type { Message, StateChange } from '@/api/contract'
import type { Pending } from './outbox'

/** One line of the thread, from the top. */
export type Line =
  | { kind: 'time'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'change'; key: string; change: StateChange }
  | { kind: 'event'; key: string; message: Message }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean }
  | { kind: 'pending'; key: string; pending: Pending; first: boolean }

const PAUSE_MS = 5 * 60 * 1_000
const EVENTS = new Set(['followed', 'unfollowed', 'scanned', 'entered', 'introduced', 'menu-tapped', 'location-reported', 'taken-elsewhere', 'left-elsewhere', 'event'])

/**
 * Lays a thread out: messages by seq, the record of state changes between them by time, a time
 * wherever the talk paused for five minutes, and neighbours of one author drawn together.
 */
export function timeline(
  messages: readonly Message[],
  changes: readonly StateChange[],
  pending: readonly Pending[],
  unreadAfter: number | null,
): Line[] {
  const lines: Line[] = []
  const waiting = [...changes].sort((a, b) => a.at.localeCompare(b.at))
  const beginning = messages[0] === undefined ? null : momentOf(messages[0])
  // Changes from before the oldest loaded message belong to history that is not on screen yet.
  while (beginning !== null && waiting[0] !== undefined && Date.parse(waiting[0].at) < beginning - PAUSE_MS) {
    waiting.shift()
  }
  let marked = false
  let clock = 0
  const timeAt = (at: number) => {
    if (at - clock >= PAUSE_MS) {
      lines.push({ kind: 'time', key: `t${at}-${lines.length}`, at })
    }
    clock = Math.max(clock, at)
  }
  const changesUntil = (at: number) => {
    while (waiting[0] !== undefined && Date.parse(waiting[0].at) <= at) {
      const change = waiting.shift()!
      timeAt(Date.parse(change.at))
      lines.push({ kind: 'change', key: `c${change.at}-${change.to}`, change })
    }
  }
  for (const message of messages) {
    const at = momentOf(message)
    changesUntil(at)
    if (!marked && unreadAfter !== null && message.seq > unreadAfter && message.direction === 'in') {
      lines.push({ kind: 'unread', key: 'unread' })
      marked = true
    }
    timeAt(at)
    if (EVENTS.has(message.content.type)) {
      lines.push({ kind: 'event', key: message.id, message })
    } else {
      lines.push({ kind: 'message', key: message.id, message, first: startsGroup(lines.at(-1), message), last: true })
    }
  }
  changesUntil(Number.POSITIVE_INFINITY)
  for (const one of pending.filter((candidate) => candidate.claimed === null)) {
    lines.push({ kind: 'pending', key: one.clientId, pending: one, first: lines.at(-1)?.kind !== 'pending' })
  }
  return lines
}

/** When it happened by our own clock where there is one; platforms round theirs to the second. */
export function momentOf(message: Message): number {
  const cameIn = message.direction === 'in' || message.author.kind === 'colleague'
  const instant = cameIn ? (message.receivedAt ?? message.sentAt) : message.sentAt
  return Date.parse(instant ?? message.receivedAt)
}

function startsGroup(previous: Line | undefined, message: Message): boolean {
  if (previous?.kind !== 'message') {
    return true
  }
  const before = previous.message
  const together =
    before.direction === message.direction &&
    before.author.kind === message.author.kind &&
    before.author.name === message.author.name
  previous.last = !together
  return !together
}
