import { beforeEach, describe, expect, it } from 'vitest'
import { setLocale, t } from '@/i18n/i18n'
import { aChange } from '@/testing/samples'
import { changeWords } from './change-words'

const customer = { kind: 'customer', name: null } as const
const bot = { kind: 'bot', name: null } as const
const member = { kind: 'colleague', name: 'lisi' } as const

describe('a change as one sentence', () => {
  beforeEach(() => setLocale('zh'))

  it('says why only where it has not said so', () => {
    expect(changeWords(aChange(0, 'waiting', { from: 'bot', by: customer, reason: 'asked' }), t)).toBe('客户转人工，进入等待')
    expect(changeWords(aChange(0, 'waiting', { from: 'bot', by: customer, reason: 'complaint' }), t)).toBe('客户转人工，进入等待：投诉')
    expect(changeWords(aChange(0, 'waiting', { from: 'bot', by: bot, reason: 'bot-failed' }), t)).toBe('机器人 转人工，进入等待：机器人未能解答')
  })

  it('says that the customer wants no more, whoever has them', () => {
    expect(changeWords(aChange(0, 'bot', { from: 'bot', by: customer, reason: 'opted-out' }), t)).toBe('客户退订')
    expect(changeWords(aChange(0, 'agent', { from: 'agent', by: customer, reason: 'opted-out' }), t)).toBe('客户退订')
  })

  it('says who has the customer in another client, and that they are done', () => {
    expect(changeWords(aChange(0, 'elsewhere', { from: 'bot', by: member, reason: 'taken-elsewhere' }), t)).toBe('lisi 在平台客户端接待')
    expect(changeWords(aChange(0, 'elsewhere', { from: 'bot', by: customer, reason: 'asked' }), t)).toBe('转由平台客户端的同事接待：客户要求人工')
    expect(changeWords(aChange(0, 'bot', { from: 'elsewhere', by: member, reason: 'left-elsewhere' }), t)).toBe('lisi 结束接待，由机器人继续')
    expect(changeWords(aChange(0, 'bot', { from: 'elsewhere', by: customer, reason: 'came-again' }), t)).toBe('会话开始，由机器人接待：客户再次进入会话')
  })
})
