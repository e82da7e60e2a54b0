import type { TextLimit } from '@/api/contract'
import { lengthOf, partsOf } from './limits'
import { pausesIn, roughness } from './pauses'

/** One message; `to` is where the next one begins. */
interface Step {
  to: number
  message: string
  parts: number
  rough: number
}

/** The messages up to a place. */
interface Way {
  before: Way | null
  last: string
  parts: number
  rough: number
}

/**
 * Where the network bills by the part: of all divisions into at most so many messages one that costs the
 * fewest parts, at places that are as good for the reader. The same rules as the gateway's `FewestParts`.
 */
export function fewestParts(text: string, limit: TextLimit, most: number): string[] {
  const known = new Map<number, Step[]>()
  let best: Way | null = null
  let ways = new Map<number, Way>([[0, { before: null, last: '', parts: 0, rough: 0 }]])
  for (let messages = 1; messages <= most; messages++) {
    const longer = new Map<number, Way>()
    for (const from of [...ways.keys()].sort((a, b) => b - a)) {
      const steps = known.get(from) ?? stepsFrom(text, from, limit)
      known.set(from, steps)
      for (const step of steps) {
        keepBetter(longer, step, ways.get(from)!)
      }
    }
    const whole = longer.get(text.length)
    if (whole !== undefined && (best === null || whole.parts < best.parts)) {
      best = whole
    }
    longer.delete(text.length)
    ways = longer
  }
  return messagesOf(best)
}

function keepBetter(ways: Map<number, Way>, step: Step, before: Way): void {
  const way = { before, last: step.message, parts: before.parts + step.parts, rough: before.rough + step.rough }
  const present = ways.get(step.to)
  if (present === undefined || way.parts < present.parts || (way.parts === present.parts && way.rough < present.rough)) {
    ways.set(step.to, way)
  }
}

function messagesOf(way: Way | null): string[] {
  return way === null || way.before === null ? [] : [...messagesOf(way.before), way.last]
}

/** The messages that may come next. */
function stepsFrom(text: string, from: number, limit: TextLimit): Step[] {
  const rest = text.slice(from)
  const steps = endsIn(rest, limit).map((end) => {
    const message = rest.slice(0, end).trim()
    const next = text.length - rest.slice(end).trimStart().length
    return { to: next, message, parts: partsOf(message, limit) ?? 0, rough: next === text.length ? 0 : roughness(rest, end) }
  })
  return lengthOf(rest, limit) <= limit.most ? [{ to: text.length, message: rest, parts: partsOf(rest, limit) ?? 0, rough: 0 }, ...steps] : steps
}

/** Where nobody would pause: as late as can be, or where a part is full. */
function endsIn(rest: string, limit: TextLimit): number[] {
  const end = longest(rest, (start) => lengthOf(start, limit) <= limit.most)
  const pauses = pausesIn(rest, end)
  if (pauses.length > 0) {
    return pauses
  }
  const start = rest.slice(0, end)
  const parts = partsOf(start, limit) ?? 1
  return parts === 1 ? [end] : [end, longest(start, (shorter) => (partsOf(shorter, limit) ?? 0) < parts)]
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The end of the longest start that fits and tears no character; at least one character. */
function longest(text: string, fits: (start: string) => boolean): number {
  let end = 0
  for (const { segment } of graphemes.segment(text)) {
    if (end > 0 && !fits(text.slice(0, end + segment.length))) {
      break
    }
    end += segment.length
  }
  return end
}
