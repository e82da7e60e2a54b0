import { describe, expect, it } from 'vitest'
import type { TextLimit } from '@/api/contract'
import { divided } from './dividing'

const characters = (most: number): TextLimit => ({ most, unit: 'characters', parts: null })
const bytes = (most: number): TextLimit => ({ most, unit: 'bytes', parts: null })

/** The same examples as in the gateway's SentencesTest: the two must say the same. */
describe('a text that is too long for one message', () => {
  it('is left alone where it fits', () => {
    expect(divided('您好。', characters(10))).toEqual(['您好。'])
    expect(divided('  ', characters(10))).toEqual([])
  })

  it('is divided after a sentence', () => {
    expect(divided('账单已出。请在二十号前还款。谢谢！', characters(12))).toEqual(['账单已出。', '请在二十号前还款。谢谢！'])
  })

  it('keeps a closing quote with its sentence', () => {
    expect(divided('请回复“人工。”我们马上来接您的电话', characters(10))[0]).toBe('请回复“人工。”')
  })

  it('is rather divided after a paragraph', () => {
    expect(divided('第一步打开。\n第二步登录。第三步', characters(12))).toEqual(['第一步打开。', '第二步登录。第三步'])
  })

  it('has no number or address torn', () => {
    const parts = divided('手续费为1,234.56元，详见 https://bank.example/fees?a=1,2 谢谢', characters(32))
    expect(parts.some((part) => part.endsWith('1,') || part.endsWith('1,234.'))).toBe(false)
    expect(parts.join('')).toContain('https://bank.example/fees?a=1,2')
  })

  it('is divided anywhere where there is no pause', () => {
    expect(divided('一'.repeat(25), characters(10))).toEqual(['一'.repeat(10), '一'.repeat(10), '一'.repeat(5)])
  })

  it('is counted in bytes where the platform does', () => {
    expect(divided('一二三四。五六七八。', bytes(16))).toEqual(['一二三四。', '五六七八。'])
  })

  it('has no character torn', () => {
    const family = '👨‍👩‍👧‍👦'
    expect(divided(family.repeat(3), characters(12))).toEqual([family, family, family])
  })
})

/** The same examples as in the gateway's FewestPartsTest. */
describe('a text that the network divides once more, and bills by the part', () => {
  const sms: TextLimit = { most: 500, unit: 'characters', parts: { alone: 70, each: 67 } }
  const sentences = (...lengths: number[]) => lengths.map((length) => '一'.repeat(length - 1) + '。').join('')

  it('ends a message where a part is full', () => {
    expect(divided(sentences(100, 100, 100, 100, 69, 30, 170), sms)).toEqual([sentences(100, 100, 100, 100, 69), sentences(30, 170)])
  })

  it('counts a signature with every message', () => {
    const signed: TextLimit = { most: 493, unit: 'characters', parts: { alone: 70, each: 67, added: 7 } }
    expect(divided(sentences(100, 100, 100, 100, 62, 30, 164), signed)).toEqual([sentences(100, 100, 100, 100, 62), sentences(30, 164)])
  })

  it('fills parts where nobody pauses', () => {
    expect(divided('一'.repeat(938), sms)).toEqual(['一'.repeat(469), '一'.repeat(469)])
  })

  it('becomes no more messages than if each were filled', () => {
    expect(divided(sentences(70, 70, 70, 70, 70, 70, 70, 70, 70, 70), sms)).toHaveLength(2)
  })

  it('is rather divided after a paragraph where that costs no more', () => {
    const [first, second] = [sentences(60, 60, 60), sentences(60, 60, 60, 60, 60, 60)]
    expect(divided(first + '\n' + second, sms)).toEqual([first, second])
  })
})
