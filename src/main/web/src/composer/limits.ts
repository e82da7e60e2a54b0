/** What a channel takes, as far as the desk can say so before sending. The gateway has the last word. */
export interface Limits {
  /** The longest text, in bytes of UTF-8: a Chinese character is three. */
  readonly textBytes: number
  readonly imageTypes: readonly string[]
  readonly imageBytes: number
}

const MEGABYTE = 1024 * 1024

/** For a channel of a later release: what the gateway keeps and nearly everybody takes. */
const ELSEWHERE: Limits = { textBytes: 15_000, imageTypes: ['image/jpeg', 'image/png', 'image/gif'], imageBytes: 10 * MEGABYTE }

const LIMITS: Record<string, Limits> = {
  wechat: { textBytes: 2048, imageTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/bmp'], imageBytes: 10 * MEGABYTE },
}

export function limitsOf(channel: string): Limits {
  return LIMITS[channel] ?? ELSEWHERE
}

const encoder = new TextEncoder()

export function utf8Bytes(text: string): number {
  return encoder.encode(text).length
}
