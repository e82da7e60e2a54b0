import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '@/api/contract'
import { useSession } from '@/session/session'
import { TestGateway } from '@/testing/fetching'
import { anAnswer, at, lin, text } from '@/testing/samples'
import MessageBubble from './MessageBubble.vue'

const soon = () => new Date(Date.now() + 60_000).toISOString()
const ago = () => new Date(Date.now() - 60_000).toISOString()

function bubble(message: Message, mine = true) {
  return mount(MessageBubble, {
    props: { message, first: true, last: true, customer: '李雷', mayRetry: mine, conversation: 'c1' },
  })
}

describe('a message that can be taken back', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    useSession().me = lin
  })

  it('is taken back by whoever said it', async () => {
    const gateway = new TestGateway().on('POST', /messages\/m3\/recall$/, () => ({ json: anAnswer(3, { recall: { at: at(4), by: '林晓' } }) }))
    const shown = bubble(anAnswer(3, { recallableUntil: soon() }))

    await shown.get('button.recall').trigger('click')
    await flushPromises()

    expect(gateway.asked.map((one) => one.method)).toEqual(['POST'])
    shown.unmount()
  })

  it('is left alone when it is too late, a colleague said it, or somebody else has the conversation', () => {
    for (const shown of [
      bubble(anAnswer(3, { recallableUntil: ago() })),
      bubble(anAnswer(3)),
      bubble(anAnswer(3, { recallableUntil: soon(), author: { kind: 'agent', name: '小王' } })),
      bubble(anAnswer(3, { recallableUntil: soon() }), false),
    ]) {
      expect(shown.find('button.recall').exists()).toBe(false)
      shown.unmount()
    }
  })

  it('says who took it back and keeps its words out of sight', () => {
    const shown = bubble(anAnswer(3, { content: text('发错了'), recall: { at: at(4), by: '林晓' }, recallableUntil: null }))

    expect(shown.text()).toContain('林晓 已撤回这条消息')
    expect(shown.get('details').attributes('open')).toBeUndefined()
    expect(shown.get('details').text()).toContain('发错了')
    shown.unmount()
  })
})
