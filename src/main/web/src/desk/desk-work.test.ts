import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/session/session'
import { live } from '@/socket/live'
import { TestGateway } from '@/testing/fetching'
import { aConversation, aMessage, lin } from '@/testing/samples'
import { act, openConversation } from './desk-work'

describe('the open conversation', () => {
  const conversation = aConversation('c1')
  let gateway: TestGateway

  beforeEach(() => {
    setActivePinia(createPinia())
    useSession().me = lin
    gateway = new TestGateway()
    gateway
      .on('GET', /conversations\/c1$/, () => ({ json: conversation }))
      .on('GET', /c1\/messages/, () => ({ json: { items: [aMessage(1), aMessage(2)], revision: 2 } }))
      .on('POST', /c1\/take/, () => ({ json: { ...conversation, revision: 3, state: 'agent', agent: { username: 'lin', name: '林晓' } } }))
  })

  it('is followed again once it is taken: whoever lost sight of it meanwhile is told nothing more', async () => {
    await openConversation('c1')
    const watch = vi.spyOn(live.socket, 'watch')

    await act('take', conversation)
    await flushPromises()

    expect(watch).toHaveBeenCalledWith('c1', expect.any(Function))
    expect(watch.mock.calls[0]?.[1]()).toBe(2)
  })
})
