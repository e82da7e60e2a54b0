/**
 * What the gateway says to the desk and the desk to the gateway, as it crosses the wire.
 *
 * Times are ISO-8601 UTC instants. A value the server may add later is never a reason to fail:
 * unknown content types and states are kept and shown as they are.
 */

export type Instant = string

export type Role = 'agent' | 'supervisor' | 'administrator'
export type Presence = 'online' | 'away'
export type Locale = 'zh' | 'en'

export interface Me {
  username: string
  name: string
  roles: Role[]
  presence: Presence
  locale: Locale | null
}

export type View = 'queue' | 'mine' | 'bot' | 'closed' | 'all'

export type ConversationState = 'bot' | 'waiting' | 'agent' | 'elsewhere' | 'closed'

export interface ReplyWindow {
  /** How many messages may still be sent; null where the channel sets no limit. */
  remaining: number | null
  expiresAt: Instant | null
  open: boolean
}

export interface StateChange {
  at: Instant
  from: ConversationState | null
  to: ConversationState
  by: { kind: 'bot' | 'agent' | 'customer' | 'colleague' | 'system'; name: string | null }
  reason: string | null
}

/** How long words may be, as the platform counts. */
export interface TextLimit {
  most: number
  unit: 'bytes' | 'characters'
  /** How the network divides a message and bills it, with what is added to every text; null where it does not. */
  parts: (Room & { narrow?: (Room & { mixed: boolean }) | null }) | null
}

/** `narrow` is in bytes: an ASCII character takes one, any other two; unless `mixed`, only in texts of nothing else. */
interface Room {
  alone: number
  each: number
  added?: number
}

/** What whoever writes has to know beforehand. */
export interface Limits {
  text: TextLimit
  /** In bytes. */
  largestFile: number
}

export interface Conversation {
  id: string
  channel: string
  account: string
  party: string
  name: string | null
  state: ConversationState
  agent: { username: string; name: string } | null
  /** In state `elsewhere`: who serves the customer in the platform's own client; empty where it does not say. */
  colleague?: string | null
  since: Instant
  reason: string | null
  queuePosition: number | null
  revision: number
  unanswered: number
  last: { text: string; at: Instant; direction: Direction } | null
  window: ReplyWindow
  /** Null where the account is not in force. */
  limits?: Limits | null
  /** Only in the answer for one conversation, never in lists or pushes. */
  changes?: StateChange[]
}

/** What is wrong in a file of the bot's knowledge. */
export interface KnowledgeProblem {
  /** `.` where it is the folder as a whole. */
  file: string
  line: number
  /** The same in every language, such as `answer-missing`. */
  kind: string
  /** In the reader's language, without a full stop. */
  message: string
}

/** A way out that is shut. */
export interface Circuit {
  channel: string
  account: string
  /** `*` for all of the account's. */
  api: string
  /** Whether somebody has to see to it. */
  alarm: boolean
  reason: string
  since: Instant
  until: Instant | null
}

export interface Counts {
  queue: number
  mine: number
  bot: number
}

export interface ConversationPage {
  items: Conversation[]
  next: string | null
  counts: Counts
}

export type Direction = 'in' | 'out' | 'note'

export interface Media {
  id: string | null
  url: string | null
  mimeType: string | null
  size: number | null
}

export interface Choice {
  id: string
  label: string
}

export type KnownContent =
  | { type: 'text'; body: string }
  | { type: 'image'; media: Media; source?: string | null }
  | { type: 'voice'; media: Media; recognition?: string | null; format?: string | null }
  | { type: 'video'; media: Media; thumbnail?: Media | null; title?: string | null; description?: string | null }
  | { type: 'file'; media: Media; name: string; size?: number | null }
  | { type: 'location'; latitude: number; longitude: number; label?: string | null; scale?: number | null }
  | { type: 'link'; title: string; description?: string | null; url: string; picture?: string | null }
  | { type: 'mini-program'; title: string; appid: string; path: string; thumbnail?: Media | null }
  | { type: 'suggestions'; text: string; options: Choice[]; tail?: string | null }
  | { type: 'choice'; id: string; label: string }
  | { type: 'template'; templateId: string; url?: string | null; data: Record<string, string> }
  | { type: 'native'; kind: string; payload: unknown }
  | { type: 'followed'; scene?: string | null; ticket?: string | null }
  | { type: 'unfollowed' }
  | { type: 'scanned'; scene: string; ticket?: string | null }
  | { type: 'entered'; name: string; fields: Record<string, unknown> }
  | { type: 'introduced'; name: string; fields: Record<string, unknown> }
  | { type: 'menu-tapped'; kind: string; key: string | null; extra?: unknown }
  | { type: 'location-reported'; latitude: number; longitude: number; precision?: number | null }
  | { type: 'taken-elsewhere'; member: string; name: string; fields: Record<string, unknown> }
  | { type: 'left-elsewhere'; member: string; name: string; fields: Record<string, unknown> }
  | { type: 'event'; name: string; fields: Record<string, unknown> }
  | { type: 'unreadable'; raw: string }

/** A type this release has not heard of. */
export interface FutureContent {
  type: `future:${string}`
  [field: string]: unknown
}

export type Content = KnownContent | FutureContent
export type ContentOf<T extends KnownContent['type']> = Extract<KnownContent, { type: T }>

export type DeliveryState =
  | 'queued'
  | 'held'
  | 'sending'
  | 'accepted'
  | 'delivered'
  | 'read'
  | 'refused'
  | 'expired'
  | 'unknown'

export interface Delivery {
  state: DeliveryState
  reason: string | null
}

export interface Author {
  /** A `colleague` is one of ours who said it in the platform's own client. */
  kind: 'customer' | 'bot' | 'agent' | 'colleague' | 'system'
  name: string | null
}

export interface Message {
  id: string
  conversationId: string
  seq: number
  revision: number
  direction: Direction
  channel: string
  account: string
  party: string
  externalId: string | null
  sentAt: Instant
  receivedAt: Instant | null
  author: Author
  content: Content
  delivery: Delivery | null
  /** Who took it back: the customer sees it no more. */
  recall?: { at: Instant; by: string } | null
  /** Until when it can be taken back; null where it never can. */
  recallableUntil?: Instant | null
  /** The id this desk gave the message when it sent it, where the server repeats it. */
  clientId?: string | null
}

export interface MessagePage {
  items: Message[]
  revision: number
}

/** What an agent may send besides words: a file that was uploaded, or a card. */
export type Attachable =
  | { type: 'image' | 'voice' | 'video' | 'file'; media: { id: string } }
  | { type: 'link'; title: string; description?: string; url: string; picture?: string }

export type Outgoing = { type: 'text'; body: string } | Attachable

/** How something would reach the customer: as it is, as a link to the file, or in words; in so many messages. */
export interface Arrival {
  as: 'itself' | 'link' | 'words'
  messages: number
}

export interface StoredMedia {
  id: string
  url: string
  /** What its content says it is. */
  mimeType: string
  size: number
  name: string | null
}

export type FromServer =
  | { type: 'hello' }
  | { type: 'messages'; conversation: string; since: number; revision: number; items: Message[] }
  | { type: 'conversation'; conversation: Conversation }
  | ({ type: 'counts' } & Counts)
  | { type: 'typing'; conversation: string; agent: string }
  | { type: 'pong' }

export type ToServer =
  | { type: 'watch'; conversation: string; revision: number }
  | { type: 'unwatch'; conversation: string }
  | { type: 'ping' }
