import type { Conversation, Me, View } from '@/api/contract'

/** Whether a conversation stands in a view. */
export function belongs(conversation: Conversation, view: View, me: Me | null): boolean {
  switch (view) {
    case 'queue':
      return conversation.state === 'waiting'
    case 'mine':
      return isMine(conversation, me)
    case 'bot':
      return conversation.state === 'bot'
    case 'closed':
      return conversation.state === 'closed'
    case 'all':
      return conversation.state !== 'closed'
  }
}

export function isMine(conversation: Conversation, me: Me | null): boolean {
  return conversation.state === 'agent' && me !== null && conversation.agent?.username === me.username
}

/** The queue lists who has waited longest first; every other view what happened last. */
export function inOrder(conversations: Conversation[], view: View): Conversation[] {
  return view === 'queue'
    ? conversations.sort((a, b) => a.since.localeCompare(b.since))
    : conversations.sort((a, b) => activity(b).localeCompare(activity(a)))
}

export function activity(conversation: Conversation): string {
  return conversation.last?.at ?? conversation.since
}
