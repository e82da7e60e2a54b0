import type {
  Arrival,
  Attachable,
  Circuit,
  Conversation,
  ConversationPage,
  KnowledgeProblem,
  Locale,
  Me,
  Message,
  MessagePage,
  Outgoing,
  Presence,
  StoredMedia,
  View,
} from './contract'
import { call, query } from './http'
import { telling } from './uploading'

/** Every call the desk makes, one line each. Failures are those of {@link call}. */
export const desk = {
  signIn: (username: string, password: string) => call<Me>('POST', '/session', { username, password }),
  signOut: () => call<void>('DELETE', '/session'),
  me: () => call<Me>('GET', '/me'),
  setPresence: (status: Presence) => call<Me>('PUT', '/me/presence', { status }),
  setLocale: (locale: Locale) => call<Me>('PUT', '/me/locale', { locale }),

  conversations: (view: View, options: { q?: string; before?: string | null; limit?: number } = {}) =>
    call<ConversationPage>('GET', `/conversations${query({ view, ...options })}`),
  conversation: (id: string) => call<Conversation>('GET', one(id)),
  take: (id: string) => call<Conversation>('POST', `${one(id)}/take`),
  handBack: (id: string) => call<Conversation>('POST', `${one(id)}/hand-back`),
  name: (id: string, name: string) => call<Conversation>('PUT', `${one(id)}/name`, { name }),
  close: (id: string) => call<Conversation>('POST', `${one(id)}/close`),

  /** The newest page when `before` is left out. */
  history: (id: string, before: number = Number.MAX_SAFE_INTEGER, limit = 50) =>
    call<MessagePage>('GET', `${one(id)}/messages${query({ before, limit })}`),
  send: (id: string, clientId: string, content: Outgoing) =>
    call<Message>('POST', `${one(id)}/messages`, { clientId, content }),
  note: (id: string, clientId: string, body: string) =>
    call<Message>('POST', `${one(id)}/notes`, { clientId, body }),
  typing: (id: string, on: boolean) => call<void>('POST', `${one(id)}/typing`, { on }),
  retry: (messageId: string) => call<Message>('POST', `/messages/${encodeURIComponent(messageId)}/retry`),
  preview: (id: string, content: Attachable) => call<Arrival>('POST', `${one(id)}/messages/preview`, { content }),
  recall: (messageId: string) => call<Message>('POST', `/messages/${encodeURIComponent(messageId)}/recall`),
  /** `progress` is told from 0 to 1; giving up ends it as a lost line would. */
  upload: (file: File, progress: (done: number) => void, givenUp: AbortSignal) => {
    const form = new FormData()
    form.set('file', file)
    return call<StoredMedia>('POST', '/media', form, telling(progress, givenUp))
  },

  words: () => call<Record<string, string>>('GET', '/words'),
  knowledge: () => call<{ problems: KnowledgeProblem[] }>('GET', '/knowledge/status'),
  circuits: () => call<Circuit[]>('GET', '/circuits'),
  closeCircuit: ({ channel, account, api }: Circuit) => call<void>('POST', '/circuits/close', { channel, account, api }),

  ticket: () => call<{ ticket: string }>('POST', '/desk/tickets'),
}

function one(id: string): string {
  return `/conversations/${encodeURIComponent(id)}`
}
