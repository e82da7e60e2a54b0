import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { Message, StateChange } from '@/api/contract'
import { desk } from '@/api/desk'
import { live } from '@/socket/live'
import { useSession } from '@/session/session'
import { ownerOf, type Pending } from './outbox'
import { emptyThread, oldestSeq, opened, pushed, withOlder, withOne, type ThreadState } from './thread-state'

export interface Thread {
  phase: 'loading' | 'ready' | 'failed'
  state: ThreadState
  older: 'idle' | 'loading' | 'failed'
  pending: Pending[]
  changes: StateChange[]
  typing: { agent: string; until: number } | null
  /** Up to where it has been read here; null before the first look. */
  readUpTo: number | null
}

const PAGE = 50
const KEPT_THREADS = 30
const TYPING_SHOWN_MS = 6_000

/** The threads this desk has opened, kept while it is open, so that going back to one is instant. */
export const useThreads = defineStore('threads', () => {
  const session = useSession()
  const threads = reactive(new Map<string, Thread>())
  let followed: string | null = null

  function of(id: string): Thread {
    let thread = threads.get(id)
    if (thread === undefined) {
      threads.set(id, {
        phase: 'loading', state: emptyThread, older: 'idle', pending: [], changes: [], typing: null, readUpTo: null,
      })
      thread = threads.get(id)!
    }
    return thread
  }

  /** Loads a thread at first, and follows it live from what is known. */
  async function follow(id: string): Promise<void> {
    followed = id
    const thread = of(id)
    if (thread.phase !== 'ready') {
      await load(id, thread)
    }
    if (thread.phase === 'ready' && followed === id) {
      live.socket.watch(id, () => thread.state.revision)
    }
  }

  function leave(id: string): void {
    followed = followed === id ? null : followed
    live.socket.unwatch(id)
    const spare = [...threads].filter(([other, thread]) => other !== id && thread.pending.length === 0)
    spare.slice(0, Math.max(0, threads.size - KEPT_THREADS)).forEach(([other]) => threads.delete(other))
  }

  async function load(id: string, thread: Thread): Promise<void> {
    thread.phase = 'loading'
    try {
      thread.state = opened(await desk.history(id, undefined, PAGE), PAGE)
      thread.phase = 'ready'
    } catch {
      thread.phase = 'failed'
    }
  }

  async function loadOlder(id: string): Promise<void> {
    const thread = of(id)
    const before = oldestSeq(thread.state)
    if (thread.older === 'loading' || !thread.state.hasOlder || before === undefined) {
      return
    }
    thread.older = 'loading'
    try {
      thread.state = withOlder(thread.state, (await desk.history(id, before, PAGE)).items, PAGE)
      thread.older = 'idle'
    } catch {
      thread.older = 'failed'
    }
  }

  function hear(push: { conversation: string; since: number; revision: number; items: Message[] }): void {
    const thread = threads.get(push.conversation)
    if (thread === undefined || thread.phase !== 'ready') {
      return
    }
    const next = pushed(thread.state, push)
    if (next === null) {
      live.socket.resume(push.conversation)
      return
    }
    claim(thread, push.items)
    thread.state = next
    if (push.items.some((message) => message.direction === 'out')) {
      thread.typing = null
    }
  }

  /** The answer to a call of ours about one message. */
  function hearOne(id: string, message: Message): void {
    const thread = of(id)
    thread.state = withOne(thread.state, message)
  }

  function hearTyping(id: string, agent: string): void {
    const thread = threads.get(id)
    if (thread !== undefined && agent !== session.me?.name && agent !== session.me?.username) {
      thread.typing = { agent, until: Date.now() + TYPING_SHOWN_MS }
    }
  }

  function claim(thread: Thread, items: readonly Message[]): void {
    const known = new Set(thread.state.messages.map((message) => message.id))
    for (const message of items.filter((item) => !known.has(item.id) && item.direction !== 'in')) {
      const owner = ownerOf(message, thread.pending, session.me?.name ?? '')
      if (owner !== undefined) {
        thread.pending =
          owner.state === 'failed'
            ? thread.pending.filter((one) => one !== owner)
            : thread.pending.map((one) => (one === owner ? { ...one, claimed: message.id } : one))
      }
    }
  }

  function markRead(id: string): void {
    const thread = threads.get(id)
    const newest = thread?.state.messages.at(-1)
    if (thread !== undefined && newest !== undefined) {
      thread.readUpTo = Math.max(thread.readUpTo ?? 0, newest.seq)
    }
  }

  function hasUnsent(): boolean {
    return [...threads.values()].some((thread) => thread.pending.length > 0)
  }

  function forget(): void {
    threads.forEach((_, id) => live.socket.unwatch(id))
    threads.clear()
  }

  return {
    of, follow, leave, load, loadOlder, hear, hearOne, hearTyping, markRead, hasUnsent, forget,
  }
})
