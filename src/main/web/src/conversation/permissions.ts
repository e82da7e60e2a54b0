import type { Conversation, Me } from '@/api/contract'
import { isMine } from '@/queue/order'

export interface Permissions {
  take: boolean
  handBack: boolean
  close: boolean
  reply: boolean
  note: boolean
}

/** What this person may do with a conversation now. The server decides; this keeps buttons honest. */
export function permissions(conversation: Conversation, me: Me | null): Permissions {
  const supervises = me?.roles.some((role) => role === 'supervisor' || role === 'administrator') ?? false
  const mine = isMine(conversation, me)
  const state = conversation.state
  const takesOver = supervises && ((state === 'agent' && !mine) || state === 'elsewhere')
  return {
    take: state === 'waiting' || state === 'bot' || takesOver,
    handBack: mine || (supervises && (state === 'agent' || state === 'elsewhere' || state === 'waiting')),
    close: mine || (supervises && state !== 'closed'),
    reply: mine,
    note: me !== null,
  }
}
