import { describe, expect, it } from 'vitest'
import { anAnswer, aMessage, text } from '@/testing/samples'
import { ownerOf, type Pending } from './outbox'

function pending(clientId: string, body: string, given: Partial<Pending> = {}): Pending {
  return { clientId, kind: 'message', content: { type: 'text', body }, at: 0, state: 'sending', reason: null, claimed: null, ...given }
}

describe('a message that arrives before our call is answered', () => {
  it('is recognised by its client id', () => {
    const mine = [pending('a', '好'), pending('b', '好')]
    expect(ownerOf(anAnswer(1, { clientId: 'b', content: text('好') }), mine, '林晓')?.clientId).toBe('b')
  })

  it('is recognised by its words where the server does not repeat the client id', () => {
    const mine = [pending('a', '好'), pending('b', '好'), pending('c', '行')]
    expect(ownerOf(anAnswer(1, { content: text('好') }), mine, '林晓')?.clientId).toBe('a')
  })

  it('is shown once: a bubble that found its message takes no second one', () => {
    const mine = [pending('a', '好', { claimed: 'm1' }), pending('b', '好')]
    expect(ownerOf(anAnswer(2, { content: text('好') }), mine, '林晓')?.clientId).toBe('b')
  })

  it('is not mistaken for the same words from a colleague, the customer or a note', () => {
    const mine = [pending('a', '好')]
    expect(ownerOf(anAnswer(1, { content: text('好'), author: { kind: 'agent', name: '钱多' } }), mine, '林晓')).toBeUndefined()
    expect(ownerOf(aMessage(1, { content: text('好') }), mine, '林晓')).toBeUndefined()
    expect(ownerOf(anAnswer(1, { content: text('好'), direction: 'note' }), mine, '林晓')).toBeUndefined()
  })
})
