import type { Message, Outgoing } from '@/api/contract'

/** A message that was sent here and that the server has not confirmed yet. */
export interface Pending {
  readonly clientId: string
  readonly kind: 'message' | 'note'
  readonly content: Outgoing | { type: 'image'; file: File; preview: string; uploaded?: { id: string } }
  readonly at: number
  readonly state: 'uploading' | 'sending' | 'failed'
  /** Why it failed, in words. */
  readonly reason: string | null
  /** The message that turned up over the socket before our call was answered. */
  readonly claimed: string | null
}

/**
 * The server may push our own message before it answers the call that sent it. The pending bubble
 * whose message that is, if any: by client id where the server repeats it, else the oldest with the
 * same words.
 */
export function ownerOf(message: Message, pending: readonly Pending[], myName: string): Pending | undefined {
  const open = pending.filter((one) => one.claimed === null)
  if (message.clientId) {
    return open.find((one) => one.clientId === message.clientId)
  }
  const mine = message.author.kind === 'agent' && message.author.name === myName
  return mine ? open.find((one) => saysTheSame(one, message)) : undefined
}

function saysTheSame(one: Pending, message: Message): boolean {
  const direction = one.kind === 'note' ? 'note' : 'out'
  if (message.direction !== direction) {
    return false
  }
  if (one.content.type === 'text') {
    return message.content.type === 'text' && message.content.body === one.content.body
  }
  const id = 'uploaded' in one.content ? one.content.uploaded?.id : undefined
  return message.content.type === 'image' && id !== undefined && message.content.media.id === id
}
