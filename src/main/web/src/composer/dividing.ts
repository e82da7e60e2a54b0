import type { TextLimit } from '@/api/contract'
import { lengthOf } from './limits'

/** More messages than this for one thing said, and the gateway takes none of them. */
export const MOST_MESSAGES = 10

const CLOSING = '”’」』）)】》"\''
const WIDE_ENDS = '。！？；…'
const CLAUSES = '，,、：:'
const SPACE = /\s/

/**
 * The messages that the gateway will make of a text, so that whoever writes sees how many. The same
 * rules as in its `Sentences`: after a paragraph, a sentence, a clause, a word.
 */
export function divided(text: string, limit: TextLimit): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (lengthOf(rest, limit) > limit.most) {
    const end = pauseIn(rest, longest(rest, limit))
    const part = rest.slice(0, end).trim()
    if (part !== '') {
      parts.push(part)
    }
    rest = rest.slice(end).trim()
  }
  return rest === '' ? parts : [...parts, rest]
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

/** The last good place to pause in the second half; else in the first; else wherever it is. */
function pauseIn(text: string, end: number): number {
  const half = Math.floor(end / 2)
  return lastPause(text, end, half) || lastPause(text, half, 0) || end
}

function lastPause(text: string, until: number, after: number): number {
  for (const isPause of [paragraph, sentence, clause, word]) {
    for (let at = until; at > after; at--) {
      if (isPause(text, at)) {
        return at
      }
    }
  }
  return 0
}

function paragraph(text: string, at: number): boolean {
  return text[at - 1] === '\n'
}

function sentence(text: string, at: number): boolean {
  let last = at - 1
  while (last > 0 && CLOSING.includes(text[last]!)) {
    last--
  }
  return isEnd(text, last) && !isOneOf(text[at], CLOSING + WIDE_ENDS + '!?;')
}

/** A full stop ends a sentence only before a space, not in a number or an address. */
function isEnd(text: string, at: number): boolean {
  const next = text[at + 1]
  return '.!?;'.includes(text[at]!) ? next === undefined || SPACE.test(next) : WIDE_ENDS.includes(text[at]!)
}

function clause(text: string, at: number): boolean {
  const next = text[at]
  const latin = next !== undefined && next.charCodeAt(0) < 128 && !SPACE.test(next)
  return CLAUSES.includes(text[at - 1]!) && !latin && !isOneOf(next, CLOSING)
}

function word(text: string, at: number): boolean {
  return SPACE.test(text[at - 1]!)
}

function isOneOf(character: string | undefined, marks: string): boolean {
  return character !== undefined && marks.includes(character)
}
