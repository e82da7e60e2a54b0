import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { learnServedWords } from '@/i18n/i18n'
import { servedWords } from '@/testing/channels'
import { TestGateway } from '@/testing/fetching'
import CircuitBar from './CircuitBar.vue'

const shut = {
  channel: 'wechat', account: 'demo', api: 'custom-send', alarm: true, reason: 'errcode 48004', since: '2026-11-21T04:00:00Z', until: null,
}

describe('a way out that is shut', () => {
  it('is said in one sentence, and opened again at a press', async () => {
    learnServedWords('zh', servedWords)
    let open = false
    const gateway = new TestGateway()
      .on('GET', /circuits$/, () => ({ json: open ? [] : [shut, { ...shut, account: 'slow', alarm: false }] }))
      .on('POST', /circuits\/close$/, () => {
        open = true
        return { status: 204 }
      })
    const bar = mount(CircuitBar)
    await flushPromises()

    expect(bar.findAll('[role=alert]')).toHaveLength(1)
    expect(bar.text()).toContain('demo 的客服消息已停发：errcode 48004')

    await bar.get('button').trigger('click')
    await flushPromises()
    expect(bar.find('[role=alert]').exists()).toBe(false)
    expect(gateway.asked.find((one) => one.method === 'POST')?.body).toEqual({ channel: 'wechat', account: 'demo', api: 'custom-send' })
    bar.unmount()
  })
})
