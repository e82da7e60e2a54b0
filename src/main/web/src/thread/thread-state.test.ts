import { describe, expect, it } from 'vitest'
import { aMessage, anAnswer, text } from '@/testing/samples'
import { opened, pushed, withOlder, withOne } from './thread-state'

const start = opened({ items: [aMessage(11), aMessage(12)], revision: 20 }, 50)

describe('a thread', () => {
  it('takes in a push that connects to what it knows', () => {
    const next = pushed(start, { since: 20, revision: 21, items: [aMessage(13, { revision: 21 })] })
    expect(next?.messages.map((message) => message.seq)).toEqual([11, 12, 13])
    expect(next?.revision).toBe(21)
  })

  it('refuses a push with a gap before it, and keeps what it has', () => {
    expect(pushed(start, { since: 22, revision: 23, items: [aMessage(14, { revision: 23 })] })).toBeNull()
    expect(start.revision).toBe(20)
  })

  it('takes in a push that overlaps, once', () => {
    const overlap = { since: 10, revision: 22, items: [aMessage(12), aMessage(13, { revision: 22 })] }
    const next = pushed(pushed(start, overlap)!, overlap)
    expect(next?.messages.map((message) => message.id)).toEqual(['m11', 'm12', 'm13'])
  })

  it('keeps the later version of a message, whichever arrives first', () => {
    const sent = anAnswer(13, { revision: 21, delivery: { state: 'sending', reason: null } })
    const arrived = anAnswer(13, { revision: 24, delivery: { state: 'delivered', reason: null } })
    const late = withOne(withOne(start, arrived), sent)
    expect(late.messages.at(-1)?.delivery?.state).toBe('delivered')
  })

  it('does not believe it is up to date because of an answer to its own call', () => {
    expect(withOne(start, anAnswer(15, { revision: 40 })).revision).toBe(20)
  })

  it('does not go back when an old push comes late', () => {
    expect(pushed(start, { since: 3, revision: 5, items: [] })?.revision).toBe(20)
  })

  it('puts history before what is there, also that of an earlier conversation', () => {
    const earlier = aMessage(2, { conversationId: 'c0', revision: 900, content: text('去年的事') })
    const next = withOlder(start, [earlier], 50)
    expect(next.messages[0]).toBe(earlier)
    expect(next.revision).toBe(20)
  })

  it('knows that it has reached the beginning when a page is not full', () => {
    expect(withOlder(start, [aMessage(1)], 50).hasOlder).toBe(false)
    expect(withOlder({ ...start, hasOlder: true }, [aMessage(1), aMessage(2)], 2).hasOlder).toBe(true)
  })
})
