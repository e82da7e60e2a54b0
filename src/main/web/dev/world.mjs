import { randomUUID } from 'node:crypto'
import { limits } from './channels.mjs'
import { STORIES } from './people.mjs'

const MINUTE = 60_000

export const USERS = {
  lin: { username: 'lin', name: '林晓', roles: ['agent'], presence: 'online', locale: null },
  qian: { username: 'qian', name: '钱多', roles: ['agent'], presence: 'online', locale: null },
  zhao: { username: 'zhao', name: '赵敏', roles: ['agent', 'supervisor'], presence: 'online', locale: null },
  admin: { username: 'admin', name: '管理员', roles: ['administrator'], presence: 'away', locale: null },
}

/** Everything the fake gateway knows; `tell` hears of every change. */
export function createWorld(tell) {
  const conversations = new Map()
  const sent = new Map() // clientId → message
  let seq = 0

  for (const story of STORIES) {
    begin(story)
  }

  function begin(story) {
    const conversation = {
      id: randomUUID(), channel: story.channel, account: story.account, party: story.party, name: story.name,
      state: story.state, agent: story.agent ? pick(USERS[story.agent]) : null, since: ago(story.since),
      reason: story.reason, revision: 1, window: windowOf(story.window), limits: limits(story.channel), messages: [], changes: [],
    }
    conversations.set(conversation.id, conversation)
    if (story.name === '王芳') {
      for (let n = 130; n > 0; n--) {
        add(conversation, [30 * 24 * 60 + n * 7, n % 2 ? null : { kind: 'bot', name: null }, n % 2 ? `更早的问题 ${n}` : `更早的回答 ${n}`, 'read'])
      }
    }
    story.lines.forEach((line) => add(conversation, line))
    conversation.changes = (story.changes ?? []).map(([at, from, to, kind, name, reason]) => ({
      at: ago(at), from, to, by: { kind, name }, reason,
    }))
    if (conversation.changes.length === 0) {
      conversation.changes.push({ at: ago(Math.max(story.lines[0][0], story.since)), from: null, to: 'bot', by: { kind: 'customer', name: null }, reason: null })
      if (story.state === 'waiting') {
        conversation.changes.push({ at: ago(story.since), from: 'bot', to: 'waiting', by: { kind: story.reason === 'asked' ? 'customer' : 'bot', name: null }, reason: story.reason })
      }
    }
    return conversation
  }

  function add(conversation, [minutes, who, what, state, reason]) {
    const note = who?.note
    const direction = note ? 'note' : who ? 'out' : 'in'
    const at = ago(minutes)
    const message = {
      id: randomUUID(), conversationId: conversation.id, seq: ++seq, revision: ++conversation.revision, direction,
      channel: conversation.channel, account: conversation.account, party: conversation.party, externalId: null,
      sentAt: at, receivedAt: direction === 'in' ? at : null, author: note ?? who ?? { kind: 'customer', name: conversation.name },
      content: typeof what === 'string' ? { type: 'text', body: what } : what,
      delivery: direction === 'out' ? { state: state ?? 'accepted', reason: reason ?? null } : null,
    }
    conversation.messages.push(message)
    return message
  }

  function change(conversation, to, by, reason = null) {
    conversation.changes.push({ at: ago(0), from: conversation.state, to, by, reason })
    Object.assign(conversation, { state: to, since: ago(0), reason: to === 'waiting' ? reason : null })
    if (to !== 'agent') {
      conversation.agent = null
    }
    touch(conversation)
  }

  function touch(conversation) {
    conversation.revision += 1
    tell({ kind: 'conversation', conversation })
  }

  /** A new or changed message, told to whoever watches. */
  function post(conversation, message) {
    const since = conversation.revision
    message.revision = ++conversation.revision
    tell({ kind: 'messages', conversation, since, items: [message] })
    tell({ kind: 'conversation', conversation })
  }

  function customerSays(conversation, content) {
    const since = conversation.revision
    const message = add(conversation, [0, null, content])
    conversation.window = windowOf({ remaining: conversation.window.remaining === null ? null : 5, minutes: conversation.window.remaining === null ? null : 48 * 60 })
    for (const held of conversation.messages.filter((one) => one.delivery?.state === 'held')) {
      deliver(conversation, held, 'accepted')
    }
    tell({ kind: 'messages', conversation, since, items: [message] })
    if (conversation.state === 'closed') {
      change(conversation, 'bot', { kind: 'customer', name: null })
    }
    if (conversation.state === 'bot' && /人工/.test(message.content.body ?? '')) {
      change(conversation, 'waiting', { kind: 'customer', name: null }, 'asked')
    }
    touch(conversation)
    return message
  }

  function agentSays(conversation, user, clientId, content, note = false) {
    if (sent.has(clientId)) {
      return sent.get(clientId)
    }
    const author = { kind: 'agent', name: user.name }
    const since = conversation.revision
    const message = add(conversation, [0, note ? { note: author } : author, content, 'queued'])
    sent.set(clientId, message)
    tell({ kind: 'messages', conversation, since, items: [message] })
    touch(conversation)
    if (!note) {
      fate(conversation, message)
    }
    return message
  }

  function fate(conversation, message) {
    const words = message.content.body ?? ''
    const steps =
      /拒绝/.test(words) ? [['sending'], ['refused', '内容含有平台不允许的词']]
      : /未知/.test(words) ? [['sending'], ['unknown', '平台没有回应']]
      : /等待/.test(words) || conversation.window.remaining === 0 ? [['held', '客户发言后送出']]
      : /过期/.test(words) ? [['sending'], ['expired', '48 小时内未能送出']]
      : [['sending'], ['accepted'], ['delivered']]
    steps.forEach(([state, reason], index) => setTimeout(() => deliver(conversation, message, state, reason), 500 + index * 900))
    if (/关窗/.test(words)) {
      conversation.window = windowOf({ remaining: 0, minutes: -1, open: false })
      touch(conversation)
    }
  }

  function deliver(conversation, message, state, reason = null) {
    message.delivery = { state, reason }
    if (state === 'accepted' && conversation.window.remaining > 0) {
      conversation.window = { ...conversation.window, remaining: conversation.window.remaining - 1 }
    }
    post(conversation, message)
  }

  return { conversations, customerSays, agentSays, change, touch, fate, deliver, begin, windowOf }
}

export function view(conversation, queue) {
  const { messages, ...rest } = conversation
  delete rest.changes
  const spoken = messages.filter((one) => one.direction !== 'note')
  const answered = spoken.findLastIndex((one) => one.direction === 'out')
  const last = messages.at(-1)
  const position = queue.findIndex((one) => one.id === conversation.id)
  return {
    ...rest,
    queuePosition: position < 0 ? null : position + 1,
    unanswered: conversation.state === 'closed' ? 0 : spoken.slice(answered + 1).filter((one) => one.direction === 'in').length,
    last: last ? { text: preview(last.content), at: last.sentAt, direction: last.direction } : null,
  }
}

const KINDS = { image: '[图片]', voice: '[语音]', video: '[视频]', file: '[文件]', location: '[位置]', link: '[链接]', 'mini-program': '[小程序]', template: '[模板消息]', unreadable: '[无法识别]' }

function preview(content) {
  return content.body?.replace(/\s+/g, ' ') ?? content.label ?? content.text ?? KINDS[content.type] ?? `[${content.type}]`
}

function windowOf({ remaining, minutes, open }) {
  const expiresAt = minutes === null ? null : ago(-minutes)
  return { remaining, expiresAt, open: open ?? remaining !== 0 }
}

function pick({ username, name }) {
  return { username, name }
}

function ago(minutes) {
  return new Date(Date.now() - minutes * MINUTE).toISOString()
}
