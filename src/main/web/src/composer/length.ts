/** The most that WeChat takes in one text message. It counts bytes of UTF-8: a Chinese character is three. */
export const MOST_BYTES = 2048

const encoder = new TextEncoder()

export function utf8Bytes(text: string): number {
  return encoder.encode(text).length
}
