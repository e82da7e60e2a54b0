import type { Limits, TextLimit } from '@/api/contract'

const MEGABYTE = 1024 * 1024

/** Where the account is not in force: what the gateway keeps and nearly everybody takes. */
const ELSEWHERE: Limits = {
  text: { most: 15_000, unit: 'bytes', parts: null },
  largestFile: 20 * MEGABYTE,
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

/** What GBK has for certain; a text with anything else counts as a wide one. */
const GBK = /^[\x00-\x7f\u3000-\u3003\u3008-\u3011\u4e00-\u9fa5\uff01-\uff5e\u00b7\u2014\u2018\u2019\u201c\u201d\u2026]*$/
const ASCII = /^[\x00-\x7f]*$/

/** How many parts the network makes of one message, and bills; null where it does not. */
export function partsOf(text: string, { parts }: TextLimit): number | null {
  if (parts === null) {
    return null
  }
  const { narrow } = parts
  return narrow && (narrow.mixed ? GBK : ASCII).test(text)
    ? divided(text, (character) => (character < '\x80' ? 1 : 2), narrow)
    : divided(text, (character) => character.length, parts)
}

/** No character is divided between two. */
function divided(text: string, room: (character: string) => number, { alone, each, added = 0 }: { alone: number; each: number; added?: number }): number {
  const sizes = [...text].map(room)
  if (sizes.reduce((sum, size) => sum + size, added) <= alone) {
    return 1
  }
  let parts = 1
  let used = added
  for (const size of sizes) {
    if (used + size > each) {
      parts++
      used = 0
    }
    used += size
  }
  return parts
}
