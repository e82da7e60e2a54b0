import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { setLocale } from '@/i18n/i18n'
import { useSession } from '@/session/session'
import { aConversation, lin } from '@/testing/samples'
import { TestGateway } from '@/testing/fetching'
import Composer from './Composer.vue'

const mine = aConversation('c1', { state: 'agent', agent: { username: 'lin', name: '林晓' } })

describe('the composer', () => {
  let gateway: TestGateway

  beforeEach(() => {
    setLocale('zh')
    sessionStorage.clear()
    setActivePinia(createPinia())
    useSession().me = lin
    gateway = new TestGateway()
    gateway.on('POST', /typing/, () => ({ status: 204 }))
  })

  let conversations = 0
  function open(given = {}) {
    const conversation = { ...mine, id: `c${++conversations}`, ...given }
    return mount(Composer, { props: { conversation, phone: false }, attachTo: document.body })
  }
  const sent = (to = /(messages|notes)$/) => gateway.asked.filter((one) => one.method === 'POST' && to.test(one.path))
  const body = (request: { body: unknown } | undefined) => request?.body as { content?: { body: string }; body?: string }

  it('sends with Enter and is empty again', async () => {
    const composer = open()
    const field = composer.find('textarea')
    await field.setValue('您好')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(body(sent()[0]).content?.body).toBe('您好')
    expect(field.element.value).toBe('')
  })

  it('does not send with the Enter that picks a Chinese word', async () => {
    const field = open().find('textarea')
    await field.trigger('compositionstart')
    await field.setValue('nihao')
    await field.trigger('keydown', { key: 'Enter', isComposing: true, keyCode: 229 })
    await field.trigger('keydown', { key: 'Enter' })
    expect(sent()).toHaveLength(0)

    await field.trigger('compositionend')
    await field.setValue('你好')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(body(sent()[0]).content?.body).toBe('你好')
  })

  it('does not send nothing', async () => {
    const field = open().find('textarea')
    await field.setValue('  \n ')
    await field.trigger('keydown', { key: 'Enter' })
    expect(sent()).toHaveLength(0)
  })

  it('says in how many messages a long text goes out, and lets it go', async () => {
    const composer = open()
    const field = composer.find('textarea')
    await field.setValue('管'.repeat(700))
    expect(composer.text()).toContain('将分 2 条发送')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(sent(/messages$/).map((one) => body(one).content?.body.length)).toEqual([700])
  })

  it('keeps what would be a flood of messages', async () => {
    const composer = open()
    const field = composer.find('textarea')
    await field.setValue('管'.repeat(7000))
    await field.trigger('keydown', { key: 'Enter' })
    expect(sent()).toHaveLength(0)
    expect(composer.text()).toContain('要分成 11 条，一次最多 10 条')
    expect(field.element.value).toHaveLength(7000)
  })

  it('says how many short messages a text will be', async () => {
    const composer = open({
      channel: 'sms', limits: { text: { most: 500, unit: 'characters', parts: { alone: 70, each: 67 } }, largestFile: 1024 },
    })
    await composer.find('textarea').setValue('管'.repeat(100))
    expect(composer.text()).toContain('共 2 段短信')
    expect(composer.text()).toContain('100/500')
    await composer.find('textarea').setValue('管'.repeat(600))
    expect(composer.text()).toContain('将分 2 条发送')
    expect(composer.text()).toContain('共 9 段短信')
  })

  it('keeps a note in the house', async () => {
    const composer = open()
    await composer.findAll('button').find((button) => button.text() === '内部备注')!.trigger('click')
    const field = composer.find('textarea')
    await field.setValue('客户情绪激动')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(sent(/messages$/)).toHaveLength(0)
    expect(body(sent(/notes$/)[0]).body).toBe('客户情绪激动')
  })

  it('shows no typing sign to the customer while a note is written', async () => {
    const composer = open()
    await composer.findAll('button').find((button) => button.text() === '内部备注')!.trigger('click')
    await composer.find('textarea').setValue('客户情绪激动')
    expect(sent(/typing$/)).toHaveLength(0)
  })

  it('offers only notes to whoever does not hold the conversation', async () => {
    const composer = open({ state: 'bot', agent: null })
    const field = composer.find('textarea')
    await field.setValue('看过了')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(sent(/messages$/)).toHaveLength(0)
    expect(sent(/notes$/)).toHaveLength(1)
  })

  it('brings back what was being written when the conversation is opened again', async () => {
    const first = open({ id: 'kept' })
    await first.find('textarea').setValue('写了一半')
    first.unmount()
    expect(open({ id: 'kept' }).find('textarea').element.value).toBe('写了一半')
  })

  it('says that a message will wait when the window is closed', () => {
    const composer = open({ window: { remaining: 0, expiresAt: '2020-01-01T00:00:00Z', open: false } })
    expect(composer.text()).toContain('回复窗口已关闭')
  })
})
