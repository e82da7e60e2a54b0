import { beforeEach, expect, it, describe } from 'vitest'
import { setLocale, t } from '@/i18n/i18n'
import { canRetry, deliveryWords } from './delivery-words'

describe('the fate of a message', () => {
  beforeEach(() => setLocale('zh'))

  it('is said with its reason where there is something to explain', () => {
    expect(deliveryWords({ state: 'refused', reason: '客户已取消关注' }, t)).toBe('已拒绝：客户已取消关注')
    expect(deliveryWords({ state: 'held', reason: null }, t)).toBe('等待客户发言')
    expect(deliveryWords({ state: 'accepted', reason: null }, t)).toBe('已送达平台')
  })

  it('says why a message waits that the platform does not take now', () => {
    expect(deliveryWords({ state: 'queued', reason: '今日额度已用完' }, t)).toBe('排队中：今日额度已用完')
    expect(deliveryWords({ state: 'held', reason: '可发条数已用完' }, t)).toBe('等待客户发言：可发条数已用完')
    expect(deliveryWords({ state: 'queued', reason: null }, t)).toBe('排队中')
    expect(deliveryWords({ state: 'sending', reason: '系统繁忙' }, t)).toBe('发送中')
  })

  it('is shown as it is when it is a state of a later release', () => {
    expect(deliveryWords({ state: 'recalled' as never, reason: null }, t)).toBe('recalled')
  })

  it('lets a person send again only what has ended without arriving for certain', () => {
    const retryable = ['queued', 'held', 'sending', 'accepted', 'delivered', 'read', 'refused', 'expired', 'unknown'] as const
    expect(retryable.filter((state) => canRetry({ state, reason: null }))).toEqual(['refused', 'expired', 'unknown'])
  })
})
