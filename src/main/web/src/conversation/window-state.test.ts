import { beforeEach, describe, expect, it } from 'vitest'
import { setLocale, t } from '@/i18n/i18n'
import { at, NOON } from '@/testing/samples'
import { windowState } from './window-state'
import { windowWords } from './window-words'

const inWords = (window: Parameters<typeof windowState>[0], now = NOON) => windowWords(windowState(window, now), t).short

describe('the reply window', () => {
  beforeEach(() => setLocale('zh'))

  it('says how many messages and how much time are left', () => {
    expect(inWords({ remaining: 4, expiresAt: at(48 * 60), open: true }, NOON + 48_000)).toBe('窗口剩余 4 条 · 47:59:12')
  })

  it('closes by itself when its time is over, whatever the server said last', () => {
    expect(inWords({ remaining: 4, expiresAt: at(0), open: true })).toBe('窗口已关闭')
    expect(inWords({ remaining: 0, expiresAt: at(-5), open: true })).toBe('窗口已关闭')
  })

  it('tells "all used" from "closed", since only one of them is about time', () => {
    expect(inWords({ remaining: 0, expiresAt: at(60), open: false })).toBe('可发条数已用完')
    expect(inWords({ remaining: 3, expiresAt: at(60), open: false })).toBe('窗口已关闭')
  })

  it('knows channels without limits', () => {
    expect(inWords({ remaining: null, expiresAt: null, open: true })).toBe('发送不受限制')
    expect(inWords({ remaining: null, expiresAt: at(90), open: true })).toBe('窗口剩余 01:30:00')
  })

  it('turns urgent in its last hour and for its last message', () => {
    expect(windowState({ remaining: 5, expiresAt: at(59), open: true }, NOON)).toMatchObject({ urgent: true })
    expect(windowState({ remaining: 1, expiresAt: at(600), open: true }, NOON)).toMatchObject({ urgent: true })
    expect(windowState({ remaining: 5, expiresAt: at(600), open: true }, NOON)).toMatchObject({ urgent: false })
  })
})
