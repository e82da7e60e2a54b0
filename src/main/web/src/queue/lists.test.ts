import { describe, expect, it } from 'vitest'
import { aConversation, at, lin } from '@/testing/samples'
import { ConversationBook } from './conversation-book'
import { belongs, inOrder } from './order'
import { urgency } from './urgency'

const about = (book: ConversationBook, keep: string | null = null) => ({ view: 'queue' as const, me: lin, askedAt: book.tick(), keep })
const ids = (book: ConversationBook) => book.all().map((one) => one.id).sort()

describe('the lists', () => {
  it('put who has waited longest first, and elsewhere what happened last', () => {
    const early = aConversation('early', { since: at(0), last: { text: '', at: at(9), direction: 'in' } })
    const late = aConversation('late', { since: at(5), last: { text: '', at: at(6), direction: 'in' } })
    expect(inOrder([late, early], 'queue').map((one) => one.id)).toEqual(['early', 'late'])
    expect(inOrder([late, early], 'all').map((one) => one.id)).toEqual(['early', 'late'])
    expect(inOrder([early, { ...late, last: { text: '', at: at(12), direction: 'in' } }], 'all')[0]?.id).toBe('late')
  })

  it('show a conversation where it stands now', () => {
    const taken = aConversation('c', { state: 'agent', agent: { username: 'lin', name: '林晓' } })
    expect(belongs(taken, 'mine', lin)).toBe(true)
    expect(belongs(taken, 'queue', lin)).toBe(false)
    expect(belongs({ ...taken, agent: { username: 'qian', name: '钱多' } }, 'mine', lin)).toBe(false)
  })

  it('keep the latest revision, whichever way it came', () => {
    const book = new ConversationBook()
    book.put(aConversation('c', { revision: 5, state: 'agent' }))
    expect(book.put(aConversation('c', { revision: 4, state: 'waiting' }))).toBe(false)
    expect(book.find('c')?.state).toBe('agent')
  })

  it('forget who left the queue while we were not listening', () => {
    const book = new ConversationBook()
    book.put(aConversation('gone'))
    const asked = about(book)
    book.putFirstPage({ items: [aConversation('here')], next: null }, asked)
    expect(ids(book)).toEqual(['here'])
  })

  it('do not forget who joined while the answer was on its way', () => {
    const book = new ConversationBook()
    const asked = about(book)
    book.put(aConversation('new'))
    book.putFirstPage({ items: [], next: null }, asked)
    expect(ids(book)).toEqual(['new'])
  })

  it('do not forget who stands further down than the page goes, nor the open conversation', () => {
    const book = new ConversationBook()
    book.put(aConversation('later', { since: at(30) }))
    book.put(aConversation('open', { since: at(1) }))
    const asked = about(book, 'open')
    book.putFirstPage({ items: [aConversation('first', { since: at(2) })], next: 'cursor' }, asked)
    expect(ids(book)).toEqual(['first', 'later', 'open'])
  })

  it('warn when somebody has waited too long', () => {
    expect([30_000, 90_000, 200_000].map(urgency)).toEqual(['calm', 'soon', 'late'])
  })
})
