import { describe, expect, it } from 'vitest'
import type { Content } from '@/api/contract'
import { anAnswer, aMessage, text } from '@/testing/samples'
import { ownerOf, type Pending } from './outbox'

function pending(clientId: string, body: string, given: Partial<Pending> = {}): Pending {
  return { clientId, kind: 'message', content: { type: 'text', body }, look: null, at: 0, state: 'sending', reason: null, claimed: null, ...given }
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

  it('is recognised by its file or its card', () => {
    const file = pending('a', '', { content: { type: 'file', media: { id: 'f1' } } })
    const card = pending('b', '', { content: { type: 'link', title: '账单', url: 'https://bank.example/bill' } })
    const stored = { id: 'f1', url: '/api/v1/media/f1', mimeType: 'application/pdf', size: 9 }
    const sent = (content: Content) => ownerOf(anAnswer(1, { content }), [file, card], '林晓')?.clientId
    expect(sent({ type: 'file', media: stored, name: '账单.pdf' })).toBe('a')
    expect(sent({ type: 'link', title: '账单', url: 'https://bank.example/bill' })).toBe('b')
    expect(sent({ type: 'link', title: '活动', url: 'https://bank.example/bill' })).toBeUndefined()
    expect(sent({ type: 'image', media: stored })).toBeUndefined()
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
