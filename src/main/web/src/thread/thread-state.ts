import type { Message } from '@/api/contract'

/**
 * The messages of one thread as this desk knows them. `revision` promises: everything up to it has
 * been seen, whatever is newer has not. Only answers that keep that promise move it.
 */
export interface ThreadState {
  readonly messages: readonly Message[]
  readonly revision: number
  /** False once the beginning of the party's history has been reached. */
  readonly hasOlder: boolean
}

export const emptyThread: ThreadState = { messages: [], revision: 0, hasOlder: true }

/** The newest page, as the thread is opened. */
export function opened(page: { items: Message[]; revision: number }, asked: number): ThreadState {
  return {
    messages: merged([], page.items),
    revision: page.revision,
    hasOlder: page.items.length >= asked,
  }
}

/**
 * A push of everything after `since`. It may be applied only if it connects to what is known; else
 * something in between is missing and the answer is null: watch again from the known revision.
 */
export function pushed(
  state: ThreadState,
  push: { since: number; revision: number; items: Message[] },
): ThreadState | null {
  if (push.since > state.revision) {
    return null
  }
  return {
    ...state,
    messages: merged(state.messages, push.items),
    revision: Math.max(state.revision, push.revision),
  }
}

/** Older history. It says nothing about newer changes, so the revision stays. */
export function withOlder(state: ThreadState, items: Message[], asked: number): ThreadState {
  return { ...state, messages: merged(state.messages, items), hasOlder: items.length >= asked }
}

/** One message that came as the answer to a call of ours; others may have changed before it. */
export function withOne(state: ThreadState, message: Message): ThreadState {
  return { ...state, messages: merged(state.messages, [message]) }
}

export function oldestSeq(state: ThreadState): number | undefined {
  return state.messages[0]?.seq
}

/** By seq; of two versions of one message the later revision stays, whichever came first. */
function merged(known: readonly Message[], arrived: readonly Message[]): readonly Message[] {
  const byId = new Map(known.map((message) => [message.id, message]))
  for (const message of arrived) {
    const present = byId.get(message.id)
    if (present === undefined || message.revision >= present.revision) {
      byId.set(message.id, message)
    }
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq)
}
