import { describe, expect, it } from 'vitest'
import { aConversation, lin, zhao } from '@/testing/samples'
import { permissions } from './permissions'

const withLin = aConversation('c', { state: 'agent', agent: { username: 'lin', name: '林晓' } })
const withQian = aConversation('c', { state: 'agent', agent: { username: 'qian', name: '钱多' } })

describe('what a person may do', () => {
  it('is to take who waits or is with the bot, and to reply only after that', () => {
    for (const state of ['waiting', 'bot'] as const) {
      expect(permissions(aConversation('c', { state }), lin)).toMatchObject({ take: true, reply: false, close: false, handBack: false })
    }
  })

  it('is to answer, hand back and close their own', () => {
    expect(permissions(withLin, lin)).toMatchObject({ take: false, reply: true, handBack: true, close: true })
  })

  it('is only to read and note what a colleague is doing', () => {
    expect(permissions(withQian, lin)).toEqual({ take: false, reply: false, handBack: false, close: false, note: true })
  })

  it('is more for a supervisor, who may take over, end or hand back anybody’s, but not speak for them', () => {
    expect(permissions(withQian, zhao)).toMatchObject({ take: true, handBack: true, close: true, reply: false })
  })

  it('is the same for who is served in another client', () => {
    const elsewhere = aConversation('c', { state: 'elsewhere', colleague: 'lisi' })
    expect(permissions(elsewhere, lin)).toEqual({ take: false, reply: false, handBack: false, close: false, note: true })
    expect(permissions(elsewhere, zhao)).toMatchObject({ take: true, handBack: true, close: true, reply: false })
  })

  it('is nothing more to a closed conversation', () => {
    expect(permissions(aConversation('c', { state: 'closed' }), zhao)).toMatchObject({ take: false, handBack: false, close: false, reply: false })
  })
})
