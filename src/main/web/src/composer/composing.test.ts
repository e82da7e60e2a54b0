import { describe, expect, it, vi } from 'vitest'
import { Drafts } from './drafts'
import { meansSend } from './enter-key'
import { wechatLimits } from '@/testing/samples'
import { lengthOf, limitsOf, partsOf } from './limits'
import { TypingSignal } from './typing-signal'

const enter = { key: 'Enter', shiftKey: false, altKey: false, isComposing: false, keyCode: 13 }

describe('the Enter key', () => {
  it('sends', () => {
    expect(meansSend(enter)).toBe(true)
  })

  it('breaks the line with Shift', () => {
    expect(meansSend({ ...enter, shiftKey: true })).toBe(false)
  })

  it('never sends while a Chinese input method is choosing words', () => {
    expect(meansSend({ ...enter, isComposing: true })).toBe(false)
  })

  it('never sends with the Enter that ends a composition in Safari', () => {
    expect(meansSend({ ...enter, keyCode: 229 })).toBe(false)
  })
})

describe('the length of a message', () => {
  it('is counted the way WeChat does, in bytes', () => {
    expect(lengthOf('abc', wechatLimits.text)).toBe(3)
    expect(lengthOf('管家', wechatLimits.text)).toBe(6)
    expect(lengthOf('😀', wechatLimits.text)).toBe(4)
  })

  it('is counted the way a carrier does, in characters, and in the messages that are billed', () => {
    const sms = { most: 500, unit: 'characters' as const, parts: { alone: 70, each: 67 } }
    expect(lengthOf('管家', sms)).toBe(2)
    expect(partsOf('管'.repeat(70), sms)).toBe(1)
    expect(partsOf('管'.repeat(71), sms)).toBe(2)
    expect(partsOf('管'.repeat(135), sms)).toBe(3)
    expect(partsOf('管'.repeat(68), { ...sms, parts: { ...sms.parts, added: 4 } })).toBe(2)
    expect(partsOf('管'.repeat(135), wechatLimits.text)).toBeNull()
  })

  it('is counted in the room that words take on a carrier line', () => {
    const line = { most: 500, unit: 'characters' as const, parts: { alone: 70, each: 66, narrow: { alone: 140, each: 133, mixed: false } } }
    expect(partsOf('管'.repeat(132), line)).toBe(2)
    expect(partsOf('管'.repeat(133), line)).toBe(3)
    expect(partsOf('a'.repeat(140), line)).toBe(1)
    expect(partsOf('a'.repeat(267), line)).toBe(3)
    expect(partsOf('a'.repeat(70) + '管', line)).toBe(2)
    expect(partsOf('管'.repeat(65) + '😀'.repeat(4), line)).toBe(2)

    const gbk = { ...line, parts: { alone: 70, each: 67, added: 5, narrow: { alone: 140, each: 134, added: 10, mixed: true } } }
    expect(partsOf('a'.repeat(70) + '管'.repeat(30), gbk)).toBe(1)
    expect(partsOf('a'.repeat(71) + '管'.repeat(30), gbk)).toBe(2)
    expect(partsOf('a'.repeat(70) + '😀', gbk)).toBe(2)
  })

  it('is what nearly everybody takes where the account is gone', () => {
    expect(limitsOf({ limits: null }).text.most).toBe(15_000)
  })
})

describe('a draft', () => {
  it('survives a reload of the page', () => {
    sessionStorage.clear()
    new Drafts(sessionStorage).keep('lin', 'c1', { reply: '写了一半', note: '', mode: 'reply' })
    expect(new Drafts(sessionStorage).of('lin', 'c1').reply).toBe('写了一半')
  })

  it('belongs to one person and one conversation', () => {
    const drafts = new Drafts(sessionStorage)
    drafts.keep('lin', 'c1', { reply: '写了一半', note: '', mode: 'reply' })
    expect(drafts.of('zhao', 'c1').reply).toBe('')
    expect(drafts.of('lin', 'c2').reply).toBe('')
  })

  it('leaves nothing behind after signing out', () => {
    const drafts = new Drafts(sessionStorage)
    drafts.keep('lin', 'c1', { reply: '写了一半', note: '', mode: 'reply' })
    drafts.forget()
    expect(sessionStorage.length).toBe(0)
    expect(drafts.of('lin', 'c1').reply).toBe('')
  })

  it('lives on in memory where the browser allows no storage', () => {
    const refuse = () => {
      throw new Error('no storage')
    }
    const drafts = new Drafts({ getItem: refuse, setItem: refuse, removeItem: refuse, key: () => null, length: 0 })
    drafts.keep('lin', 'c1', { reply: '写了一半', note: '', mode: 'reply' })
    expect(drafts.of('lin', 'c1').reply).toBe('写了一半')
  })
})

describe('the typing sign', () => {
  it('is told at the first key, not at every one, and ends after a pause', () => {
    vi.useFakeTimers()
    const told: boolean[] = []
    const signal = new TypingSignal((on) => told.push(on))
    signal.typed()
    signal.typed()
    signal.typed()
    expect(told).toEqual([true])
    vi.advanceTimersByTime(6_000)
    expect(told).toEqual([true, false])
    vi.useRealTimers()
  })

  it('is not taken back after sending, since the message ends it', () => {
    vi.useFakeTimers()
    const told: boolean[] = []
    const signal = new TypingSignal((on) => told.push(on))
    signal.typed()
    signal.sent()
    vi.advanceTimersByTime(20_000)
    expect(told).toEqual([true])
    vi.useRealTimers()
  })
})
