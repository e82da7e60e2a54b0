import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '@/api/contract'
import { setLocale } from '@/i18n/i18n'
import { anAnswer, text } from '@/testing/samples'
import MessageBubble from './MessageBubble.vue'

function show(given: Partial<Message>) {
  const message = anAnswer(1, { author: { kind: 'colleague', name: 'lisi' }, receivedAt: '2026-11-21T04:01:00Z', delivery: null, ...given })
  return mount(MessageBubble, { props: { message, first: true, last: true, customer: '王芳', mayRetry: true, conversation: 'c1' } })
}

describe('what a colleague said in the platform’s own client', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    setLocale('zh')
  })

  it('stands on our side under their name, and says where they said it', () => {
    const bubble = show({ content: text('我来为您处理') })
    expect(bubble.find('.message').classes()).toContain('right')
    expect(bubble.find('.author').text()).toBe('lisi（平台客户端）')
    expect(bubble.text()).toContain('我来为您处理')
    setLocale('en')
    expect(show({ content: text('您好') }).find('.author').text()).toBe('lisi (platform’s client)')
  })

  it('is somebody’s also where the platform does not say whose', () => {
    expect(show({ author: { kind: 'colleague', name: null } }).find('.author').text()).toBe('平台客户端的同事')
  })

  it('shows the picture they sent, and no delivery, which is not ours', () => {
    const bubble = show({ content: { type: 'image', media: { id: 'x', url: '/api/v1/media/x', mimeType: 'image/png', size: 2_048 } } })
    expect(bubble.find('img').attributes('src')).toBe('/api/v1/media/x')
    expect(bubble.find('.under').text()).toBe('')
  })
})
