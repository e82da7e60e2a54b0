interface Key {
  key: string
  shiftKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

/**
 * Whether a key press sends the message. While an input method is composing, Enter chooses words
 * and must never send: browsers say so with `isComposing`, and Safari, which ends the composition
 * before it reports the key, with key code 229.
 */
export function meansSend(event: Key): boolean {
  const composing = event.isComposing || event.keyCode === 229
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !composing
}
