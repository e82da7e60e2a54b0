import type { Media, Message, Outgoing } from '@/api/contract'

/** What stands on screen for a file until the server shows it. */
export interface Look {
  readonly name: string
  readonly size: number
  /** Of a picture, made here; whoever has it lets it go. */
  readonly preview: string | null
}

/** A message that was sent here and that the server has not confirmed yet. */
export interface Pending {
  readonly clientId: string
  readonly kind: 'message' | 'note'
  readonly content: Outgoing
  /** Null for what is no file. */
  readonly look: Look | null
  readonly at: number
  readonly state: 'sending' | 'failed'
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
  const said = message.content
  switch (one.content.type) {
    case 'text':
      return said.type === 'text' && said.body === one.content.body
    case 'link':
      return said.type === 'link' && said.url === one.content.url && said.title === one.content.title
    default:
      return said.type === one.content.type && 'media' in said && (said.media as Media).id === one.content.media.id
  }
}
