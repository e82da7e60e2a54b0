import type { Content, Conversation, Limits, Me, Message, StateChange } from '@/api/contract'

/** Small whole things for tests, each with the one property that matters overridden. */
export const NOON = Date.parse('2026-11-21T04:00:00Z')

export function at(minutes: number): string {
  return new Date(NOON + minutes * 60_000).toISOString()
}

export function aMessage(seq: number, given: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`, conversationId: 'c1', seq, revision: seq, direction: 'in', channel: 'wechat', account: 'demo',
    party: 'openid-1', externalId: null, sentAt: at(seq), receivedAt: at(seq),
    author: { kind: 'customer', name: null }, content: text(`消息 ${seq}`), delivery: null, ...given,
  }
}

export function anAnswer(seq: number, given: Partial<Message> = {}): Message {
  return aMessage(seq, {
    direction: 'out', receivedAt: null, author: { kind: 'agent', name: '林晓' },
    delivery: { state: 'accepted', reason: null }, ...given,
  })
}

export function text(body: string): Content {
  return { type: 'text', body }
}

export const wechatLimits: Limits = {
  text: { most: 2048, unit: 'bytes', parts: null },
  largestFile: 20 * 1024 * 1024,
}

export function aConversation(id: string, given: Partial<Conversation> = {}): Conversation {
  return {
    id, channel: 'wechat', account: 'demo', party: `party-${id}`, name: '王芳', state: 'waiting', agent: null,
    since: at(0), reason: 'asked', queuePosition: 1, revision: 1, unanswered: 1,
    last: { text: '你好', at: at(0), direction: 'in' },
    window: { remaining: 5, expiresAt: at(48 * 60), open: true }, limits: wechatLimits, ...given,
  }
}

export function aChange(minutes: number, to: StateChange['to'], given: Partial<StateChange> = {}): StateChange {
  return { at: at(minutes), from: 'waiting', to, by: { kind: 'agent', name: '林晓' }, reason: null, ...given }
}

export const lin: Me = { username: 'lin', name: '林晓', roles: ['agent'], presence: 'online', locale: null }
export const zhao: Me = { username: 'zhao', name: '赵敏', roles: ['supervisor'], presence: 'online', locale: null }
export const admin: Me = { username: 'admin', name: '管理员', roles: ['administrator'], presence: 'away', locale: null }
