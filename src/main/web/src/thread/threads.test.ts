import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/session/session'
import { live } from '@/socket/live'
import { aMessage, anAnswer, lin, text } from '@/testing/samples'
import { TestGateway } from '@/testing/fetching'
import { discard, sendAgain, sendText } from './sending'
import { useThreads } from './threads'

describe('an open thread', () => {
  let gateway: TestGateway
  let threads: ReturnType<typeof useThreads>

  beforeEach(async () => {
    setActivePinia(createPinia())
    useSession().me = lin
    threads = useThreads()
    gateway = new TestGateway()
    gateway.on('GET', /c1\/messages/, () => ({ json: { items: [aMessage(1), aMessage(2)], revision: 2 } }))
    await threads.follow('c1')
  })

  const shown = () => threads.of('c1').state.messages.map((message) => message.id)
  const pending = () => threads.of('c1').pending

  it('asks the line for what is missing instead of showing a thread with a hole', () => {
    const resume = vi.spyOn(live.socket, 'resume')
    threads.hear({ conversation: 'c1', since: 7, revision: 8, items: [aMessage(8)] })
    expect(shown()).toEqual(['m1', 'm2'])
    expect(resume).toHaveBeenCalledWith('c1')

    threads.hear({ conversation: 'c1', since: 2, revision: 8, items: [aMessage(7), aMessage(8)] })
    expect(shown()).toEqual(['m1', 'm2', 'm7', 'm8'])
  })

  it('shows what is sent at once, and once, in whichever order the answers come', async () => {
    let answer: (message: unknown) => void = () => {}
    gateway.on('POST', /c1\/messages/, () => new Promise((done) => (answer = (json) => done({ status: 201, json }))))
    sendText('c1', '好的')
    expect(pending()).toMatchObject([{ state: 'sending', content: { body: '好的' } }])

    await flushPromises()
    const sent = anAnswer(3, { content: text('好的') })
    threads.hear({ conversation: 'c1', since: 2, revision: 3, items: [sent] })
    expect(pending().filter((one) => one.claimed === null)).toEqual([])

    answer(sent)
    await flushPromises()
    expect(pending()).toEqual([])
    expect(shown()).toEqual(['m1', 'm2', 'm3'])
  })

  it('keeps what could not be sent, and sends it again under the same id', async () => {
    gateway.on('POST', /c1\/messages/, () => 'no network')
    sendText('c1', '好的')
    await flushPromises()
    expect(pending()).toMatchObject([{ state: 'failed', content: { body: '好的' } }])

    gateway.on('POST', /c1\/messages/, () => ({ status: 201, json: anAnswer(3, { content: text('好的') }) }))
    sendAgain('c1', pending()[0]!.clientId)
    await flushPromises()
    expect(pending()).toEqual([])
    const ids = gateway.asked.filter((one) => one.method === 'POST').map((one) => (one.body as { clientId: string }).clientId)
    expect(ids[0]).toBe(ids[1])
  })

  it('drops the failure when the message turns out to have arrived', async () => {
    gateway.on('POST', /c1\/messages/, () => 'no network')
    sendText('c1', '好的')
    await flushPromises()
    threads.hear({ conversation: 'c1', since: 2, revision: 3, items: [anAnswer(3, { content: text('好的') })] })
    expect(pending()).toEqual([])
  })

  it('sends one after the other, in the order they were written', async () => {
    const bodies: string[] = []
    const gates: (() => void)[] = []
    gateway.on('POST', /c1\/messages/, (request) => {
      const { content } = request.body as { content: { body: string } }
      bodies.push(content.body)
      const seq = 2 + bodies.length
      return new Promise((done) => gates.push(() => done({ status: 201, json: anAnswer(seq, { content: text(content.body) }) })))
    })
    sendText('c1', '一')
    sendText('c1', '二')
    await flushPromises()
    expect(bodies).toEqual(['一'])
    gates[0]!()
    await flushPromises()
    expect(bodies).toEqual(['一', '二'])
    gates[1]!()
    await flushPromises()
    expect(pending()).toEqual([])
  })

  it('lets a failed message go only when a person says so', async () => {
    gateway.on('POST', /c1\/messages/, () => ({ status: 422, json: { code: 'invalid', detail: '太长了' } }))
    sendText('c1', '好的')
    await flushPromises()
    expect(pending()).toMatchObject([{ state: 'failed', reason: '太长了' }])
    discard('c1', pending()[0]!.clientId)
    expect(pending()).toEqual([])
  })

  it('says when a colleague types, and not when this desk does itself', () => {
    threads.hearTyping('c1', '林晓')
    expect(threads.of('c1').typing).toBeNull()
    threads.hearTyping('c1', '钱多')
    expect(threads.of('c1').typing?.agent).toBe('钱多')
  })

  it('offers to try again when it could not be loaded', async () => {
    gateway.on('GET', /c2\/messages/, () => 'no network')
    await threads.follow('c2')
    expect(threads.of('c2').phase).toBe('failed')
    gateway.on('GET', /c2\/messages/, () => ({ json: { items: [], revision: 0 } }))
    await threads.follow('c2')
    expect(threads.of('c2').phase).toBe('ready')
  })
})
