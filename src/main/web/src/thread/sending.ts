import { desk } from '@/api/desk'
import { whyNot } from '@/api/problem-words'
import type { Attachable, Message } from '@/api/contract'
import type { Look, Pending } from './outbox'
import { useThreads, type Thread } from './threads'

/** One send after the other for each conversation, so that words arrive in the order they were written. */
const lines = new Map<string, Promise<void>>()

export function sendText(conversation: string, body: string): void {
  enqueue(conversation, fresh('message', { type: 'text', body }))
}

export function sendNote(conversation: string, body: string): void {
  enqueue(conversation, fresh('note', { type: 'text', body }))
}

/** `look`: of a file; from now on its preview is let go here. */
export function sendAttachment(conversation: string, content: Attachable, look: Look | null): void {
  enqueue(conversation, fresh('message', content, look))
}

/** Sends a failed one again, under the same client id, so a copy that did arrive stays the only one. */
export function sendAgain(conversation: string, clientId: string): void {
  const pending = useThreads().of(conversation).pending.find((one) => one.clientId === clientId)
  if (pending !== undefined) {
    run(conversation, { ...pending, state: 'sending', reason: null })
  }
}

export function discard(conversation: string, clientId: string): void {
  const thread = useThreads().of(conversation)
  const pending = thread.pending.find((one) => one.clientId === clientId)
  if (pending !== undefined) {
    remove(thread, pending)
  }
}

function fresh(kind: Pending['kind'], content: Pending['content'], look: Look | null = null): Pending {
  return { clientId: newId(), kind, content, look, at: Date.now(), state: 'sending', reason: null, claimed: null }
}

function enqueue(conversation: string, pending: Pending): void {
  useThreads().of(conversation).pending.push(pending)
  run(conversation, pending)
}

function run(conversation: string, pending: Pending): void {
  replace(conversation, pending)
  const before = lines.get(conversation) ?? Promise.resolve()
  lines.set(conversation, before.then(() => deliver(conversation, pending)))
}

async function deliver(conversation: string, pending: Pending): Promise<void> {
  const threads = useThreads()
  try {
    const message = await post(conversation, pending)
    threads.hearOne(conversation, message)
    remove(threads.of(conversation), pending)
  } catch (failure) {
    const current = threads.of(conversation).pending.find((one) => one.clientId === pending.clientId)
    if (current?.claimed) {
      remove(threads.of(conversation), pending) // our call was lost, the message was not
    } else if (current !== undefined) {
      replace(conversation, { ...current, state: 'failed', reason: whyNot(failure) })
    }
  }
}

async function post(conversation: string, pending: Pending): Promise<Message> {
  if (pending.kind === 'note' && pending.content.type === 'text') {
    return desk.note(conversation, pending.clientId, pending.content.body)
  }
  return desk.send(conversation, pending.clientId, pending.content)
}

function replace(conversation: string, next: Pending): void {
  const thread = useThreads().of(conversation)
  thread.pending = thread.pending.map((one) =>
    one.clientId === next.clientId ? { ...next, claimed: one.claimed } : one,
  )
}

function remove(thread: Thread, pending: Pending): void {
  thread.pending = thread.pending.filter((one) => one.clientId !== pending.clientId)
  if (pending.look?.preview) {
    URL.revokeObjectURL(pending.look.preview)
  }
}

function newId(): string {
  // crypto.randomUUID exists only on https and localhost, and a desk may be served plainly in-house.
  return typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : uuidFrom(crypto.getRandomValues(new Uint8Array(16)))
}

function uuidFrom(bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
