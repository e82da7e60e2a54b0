import type { Limits, TextLimit } from '@/api/contract'

const MEGABYTE = 1024 * 1024

/** Where the account is not in force: what the gateway keeps and nearly everybody takes. */
const ELSEWHERE: Limits = {
  text: { most: 15_000, unit: 'bytes', parts: null },
  images: { types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 10 * MEGABYTE },
}

/** What the account of a conversation takes, as far as the desk can say so. The gateway has the last word. */
export function limitsOf(conversation: { limits?: Limits | null }): Limits {
  return conversation.limits ?? ELSEWHERE
}

const encoder = new TextEncoder()

/** As the platform counts: bytes of UTF-8, or UTF-16 units, which is what it calls characters. */
export function lengthOf(text: string, limit: TextLimit): number {
  return limit.unit === 'bytes' ? encoder.encode(text).length : text.length
}

/** How many parts the network makes of one message, and bills; null where it does not. */
export function partsOf(text: string, limit: TextLimit): number | null {
  if (limit.parts === null) {
    return null
  }
  const length = text.length + (limit.parts.added ?? 0)
  return length <= limit.parts.alone ? 1 : Math.ceil(length / limit.parts.each)
}
