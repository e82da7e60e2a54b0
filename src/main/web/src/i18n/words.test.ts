import { afterEach, describe, expect, it } from 'vitest'
import en from '@/locales/en'
import zh from '@/locales/zh'
import { lasted, momentWords } from '@/clock/words'
import { setLocale, t, wordsFor } from './i18n'

const places = (pattern: string) => [...pattern.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort()

describe('the words', () => {
  afterEach(() => setLocale('zh'))

  it('are Chinese until somebody chooses English', () => {
    expect(t('action.take')).toBe('接入')
    setLocale('en')
    expect(t('action.take')).toBe('Take')
    expect(document.documentElement.lang).toBe('en')
  })

  it('have the same places to fill in both languages', () => {
    for (const [section, words] of Object.entries(zh)) {
      for (const [key, pattern] of Object.entries(words)) {
        const other = (en as unknown as Record<string, Record<string, string>>)[section]?.[key]
        expect(places(other ?? ''), `${section}.${key}`).toEqual(places(pattern))
      }
    }
  })

  it('are missing, not wrong, for a value of a later release', () => {
    expect(wordsFor('reason', 'asked')).toBe('客户要求人工')
    expect(wordsFor('reason', 'something-new')).toBeUndefined()
  })

  it('say how long somebody has waited', () => {
    expect(lasted(192_000, t)).toBe('3 分 12 秒')
    expect(lasted(42_000, t)).toBe('42 秒')
    expect(lasted(95 * 60_000, t)).toBe('1 小时 35 分')
  })

  it('separate days the way a chat does', () => {
    const now = new Date(2026, 10, 21, 12, 0).getTime()
    expect(momentWords(new Date(2026, 10, 21, 9, 5).getTime(), now, t)).toBe('09:05')
    expect(momentWords(new Date(2026, 10, 20, 23, 59).getTime(), now, t)).toBe('昨天 23:59')
    expect(momentWords(new Date(2025, 0, 2, 8, 0).getTime(), now, t)).toBe('2025年1月2日 08:00')
  })
})
