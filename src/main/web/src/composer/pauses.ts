const CLOSING = '”’」』）)】》"\''
const WIDE_ENDS = '。！？；…'
const CLAUSES = '，,、：:'
const SPACE = /\s/

/** Where a reader pauses, the better places first: after a paragraph, a sentence, a clause, a word. */
const PAUSES = [paragraph, sentence, clause, word]
const SENTENCE = PAUSES.indexOf(sentence)

/** How badly a reader is interrupted there: not at all is 0, without any pause is worst. */
export function roughness(text: string, at: number): number {
  const kind = PAUSES.findIndex((isPause) => isPause(text, at))
  return kind < 0 ? PAUSES.length : kind
}

/** The last good place to pause in the second half; else in the first; else wherever it is. */
export function pauseIn(text: string, end: number): number {
  const half = Math.floor(end / 2)
  return lastPause(text, end, half) || lastPause(text, half, 0) || end
}

/** All places that are at least as good as that one, or where a sentence ends; the last ones first. None without a pause. */
export function pausesIn(text: string, end: number): number[] {
  const usual = roughness(text, pauseIn(text, end))
  if (usual === PAUSES.length) {
    return []
  }
  const worst = Math.max(usual, SENTENCE)
  return Array.from({ length: end }, (_, before) => end - before).filter((at) => roughness(text, at) <= worst)
}

function lastPause(text: string, until: number, after: number): number {
  for (const isPause of PAUSES) {
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
