import type { TextLimit } from '@/api/contract'
import { fewestParts } from './fewest-parts'
import { lengthOf } from './limits'
import { pauseIn } from './pauses'

/** More messages than this for one thing said, and the gateway takes none of them. */
export const MOST_MESSAGES = 10

/** Characters; of more a part saved is little, and finding it takes long. */
const LONGEST_WORTH_IT = 2000

/**
 * The messages that the gateway will make of a text, so that whoever writes sees how many, and what they
 * cost. The same rules as in its `Sentences`: after a paragraph, a sentence, a clause, a word.
 */
export function divided(text: string, limit: TextLimit): string[] {
  const words = text.trim()
  const messages = filled(words, limit)
  return limit.parts === null || messages.length < 2 || words.length > LONGEST_WORTH_IT ? messages : fewestParts(words, limit, messages.length)
}

/** Each as full as a good place to pause lets it be. */
function filled(text: string, limit: TextLimit): string[] {
  const messages: string[] = []
  let rest = text
  while (lengthOf(rest, limit) > limit.most) {
    const end = pauseIn(rest, longest(rest, limit))
    const message = rest.slice(0, end).trim()
    if (message !== '') {
      messages.push(message)
    }
    rest = rest.slice(end).trim()
  }
  return rest === '' ? messages : [...messages, rest]
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The end of the longest start that fits and tears no character; at least one character. */
function longest(text: string, limit: TextLimit): number {
  let end = 0
  let length = 0
  for (const { segment } of graphemes.segment(text)) {
    length += lengthOf(segment, limit)
    if (end > 0 && length > limit.most) {
      break
    }
    end += segment.length
  }
  return end
}
