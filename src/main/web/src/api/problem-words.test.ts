import { describe, expect, it } from 'vitest'
import { TestGateway } from '@/testing/fetching'
import { call } from './http'
import { whyNot } from './problem-words'

describe('a conversation that somebody else was quicker to take', () => {
  it('names them', async () => {
    new TestGateway().on('POST', /take$/, () => ({ status: 409, json: { code: 'conversation-taken', agent: 'xiaowang' } }))

    const failure: unknown = await call('POST', '/conversations/c1/take').catch((refused: unknown) => refused)

    expect(whyNot(failure)).toBe('xiaowang 已接入这个会话。')
  })
})
