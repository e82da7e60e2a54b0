import { describe, expect, it } from 'vitest'
import { aChange, aMessage, anAnswer, at } from '@/testing/samples'
import type { Pending } from './outbox'
import { timeline } from './timeline'

const kinds = (lines: ReturnType<typeof timeline>) => lines.map((line) => line.kind)

describe('a thread on screen', () => {
  it('shows the time where the talk paused for five minutes, and not otherwise', () => {
    const lines = timeline([aMessage(0), aMessage(2), aMessage(9)], [], [], null)
    expect(kinds(lines)).toEqual(['time', 'message', 'message', 'time', 'message'])
  })

  it('shows who took the conversation between the messages, when it happened', () => {
    const lines = timeline([aMessage(0), aMessage(3)], [aChange(2, 'agent')], [], null)
    expect(kinds(lines)).toEqual(['time', 'message', 'change', 'message'])
  })

  it('leaves out changes from before the history on screen', () => {
    const lines = timeline([aMessage(60)], [aChange(0, 'bot'), aChange(58, 'waiting')], [], null)
    expect(kinds(lines)).toEqual(['time', 'change', 'message'])
  })

  it('shows changes after the last message, so that a close is seen', () => {
    expect(kinds(timeline([aMessage(0)], [aChange(1, 'closed')], [], null))).toEqual(['time', 'message', 'change'])
  })

  it('draws neighbours of one author together, and a note of the same person apart', () => {
    const lines = timeline([anAnswer(0), anAnswer(1), anAnswer(2, { direction: 'note', delivery: null })], [], [], null)
    const messages = lines.filter((line) => line.kind === 'message')
    expect(messages.map((line) => line.first)).toEqual([true, false, true])
    expect(messages.map((line) => line.last)).toEqual([false, true, true])
  })

  it('marks the first customer message that has not been read', () => {
    const lines = timeline([aMessage(0), anAnswer(1), aMessage(2), aMessage(3)], [], [], 0)
    expect(kinds(lines)).toEqual(['time', 'message', 'message', 'unread', 'message', 'message'])
  })

  it('shows what the platform or the customer did as a line of its own', () => {
    expect(kinds(timeline([aMessage(0, { content: { type: 'followed' } })], [], [], null))).toEqual(['time', 'event'])
  })

  it('shows what a colleague said in the platform’s client as a message, when we heard of it', () => {
    const said = anAnswer(3, { author: { kind: 'colleague', name: 'lisi' }, sentAt: at(60), receivedAt: at(3), delivery: null })
    expect(kinds(timeline([aMessage(0), said], [], [], null))).toEqual(['time', 'message', 'message'])
  })

  it('ends with what is being sent, except what has already turned up', () => {
    const pending: Pending = {
      clientId: 'a', kind: 'message', content: { type: 'text', body: '好' }, look: null, at: Date.parse(at(1)), state: 'sending', reason: null, claimed: null,
    }
    const lines = timeline([aMessage(0)], [], [pending, { ...pending, clientId: 'b', claimed: 'm9' }], null)
    expect(kinds(lines)).toEqual(['time', 'message', 'pending'])
  })
})
