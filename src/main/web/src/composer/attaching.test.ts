import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Conversation } from '@/api/contract'
import { setLocale } from '@/i18n/i18n'
import { useSession } from '@/session/session'
import { TestGateway } from '@/testing/fetching'
import { aConversation, anAnswer, lin, wechatLimits } from '@/testing/samples'
import Composer from './Composer.vue'

interface Said {
  content: { type: string; media: { id: string } }
}

describe('a file in the composer', () => {
  let gateway: TestGateway
  let composer: VueWrapper

  beforeEach(() => {
    setLocale('zh')
    sessionStorage.clear()
    setActivePinia(createPinia())
    useSession().me = lin
    gateway = new TestGateway()
    composer = open()
  })
  afterEach(() => composer.unmount())

  function open(given: Partial<Conversation> = {}): VueWrapper {
    const conversation = aConversation('c1', { state: 'agent', agent: { username: 'lin', name: '林晓' }, ...given })
    return mount(Composer, { props: { conversation, phone: false }, attachTo: document.body })
  }
  /** What the gateway makes of an upload: its type by content, and how each kind would arrive. */
  function takes(mimeType: string, arrivals: Record<string, string>): void {
    gateway.on('POST', /media$/, () => ({ status: 201, json: { id: 'f1', url: '/api/v1/media/f1', mimeType, size: 9, name: null } }))
    gateway.on('POST', /messages\/preview$/, ({ body }) => {
      const as = arrivals[(body as Said).content.type]
      return as === undefined ? { status: 422, json: { code: 'cannot-say' } } : { json: { as, messages: 1 } }
    })
    gateway.on('POST', /messages$/, () => ({ status: 201, json: anAnswer(3) }))
  }
  async function attach(name = '账单.pdf', type = '', bytes = 'x'): Promise<void> {
    const picker = composer.find<HTMLInputElement>('input[type=file]')
    Object.defineProperty(picker.element, 'files', { value: [new File([bytes], name, { type })], configurable: true })
    await picker.trigger('change')
    await settled()
  }
  /** An upload is several calls, one after the other. */
  async function settled(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) {
      await flushPromises()
    }
  }
  async function bring(to: string, event: 'paste' | 'drop', files: File[]): Promise<void> {
    const data = event === 'paste' ? 'clipboardData' : 'dataTransfer'
    composer.find(to).element.dispatchEvent(Object.defineProperty(new Event(event, { cancelable: true }), data, { value: { files } }))
    await settled()
  }
  async function enter(): Promise<void> {
    await composer.find('textarea').trigger('keydown', { key: 'Enter' })
    await settled()
  }
  const asked = (path: RegExp) => gateway.asked.filter((one) => one.method === 'POST' && path.test(one.path))
  const sent = () => asked(/messages$/).map((one) => (one.body as Said).content)

  it('is uploaded at once, shown, and sent as what its content is', async () => {
    takes('audio/mpeg', { voice: 'itself' })
    await attach('录音.bin')
    expect(composer.text()).toContain('录音.bin')
    expect(composer.text()).toContain('语音 · 1 B')
    expect(sent()).toEqual([])
    await enter()
    expect(sent()).toEqual([{ type: 'voice', media: { id: 'f1' } }])
    expect(composer.text()).not.toContain('录音.bin')
  })

  it('goes before the words that are sent with it', async () => {
    takes('image/png', { image: 'itself' })
    await attach('图.png', 'image/png')
    await composer.find('textarea').setValue('请看图')
    await enter()
    expect(asked(/messages$/).map((one) => (one.body as Said).content.type)).toEqual(['image', 'text'])
  })

  it('goes as a file where the channel takes files but not this kind of voice', async () => {
    takes('audio/wav', { voice: 'link', file: 'itself' })
    await attach('录音.wav')
    await enter()
    expect(sent()).toEqual([{ type: 'file', media: { id: 'f1' } }])
  })

  it('says beforehand that the customer will get a link', async () => {
    takes('application/pdf', { file: 'link' })
    await attach()
    expect(composer.text()).toContain('该渠道不能发送此文件，客户将收到一个有时效的链接。')
    await enter()
    expect(sent()).toEqual([{ type: 'file', media: { id: 'f1' } }])
  })

  it('is not sent where nothing would come of it, until it is removed', async () => {
    takes('application/pdf', {})
    await attach()
    expect(composer.find('[role=alert]').text()).toContain('该渠道不能发送这个文件，也不能改发链接。')
    await composer.find('textarea').setValue('见附件')
    await enter()
    expect(sent()).toEqual([])

    await composer.find('[aria-label="移除 账单.pdf"]').trigger('click')
    await enter()
    expect(sent()).toMatchObject([{ type: 'text', body: '见附件' }])
  })

  it('says why the server does not take it', async () => {
    gateway.on('POST', /media$/, () => ({ status: 415, json: { code: 'unsupported-file', detail: '不接受这种类型的文件。' } }))
    await attach('工具.exe')
    expect(composer.find('[role=alert]').text()).toContain('不接受这种类型的文件。')
    expect(composer.find('.again').exists()).toBe(false)
  })

  it('can be uploaded again where nobody answered', async () => {
    gateway.on('POST', /media$/, () => 'no network')
    await attach()
    expect(composer.find('[role=alert]').text()).toContain('网络没有回应')
    takes('application/pdf', { file: 'itself' })
    await composer.find('.again').trigger('click')
    await settled()
    await enter()
    expect(sent()).toEqual([{ type: 'file', media: { id: 'f1' } }])
  })

  it('shows how far its upload is, and waits for it', async () => {
    let arrive: () => void = () => {}
    takes('application/pdf', { file: 'itself' })
    gateway.on('POST', /media$/, () => new Promise((done) => (arrive = () => done({ status: 201, json: { id: 'f1', mimeType: 'application/pdf', size: 9, name: null } }))))
    await attach()
    expect(composer.find('progress').exists()).toBe(true)
    await enter()
    expect(sent()).toEqual([])
    arrive()
    await settled()
    await enter()
    expect(sent()).toHaveLength(1)
  })

  it('is not uploaded where it is larger than the gateway keeps, or empty', async () => {
    composer.unmount()
    composer = open({ limits: { ...wechatLimits, largestFile: 3 } })
    await attach('大.pdf', '', 'long')
    await attach('空.pdf', '', '')
    expect(asked(/media$/)).toEqual([])
    expect(document.body.textContent).toContain('“大.pdf”超过了 3 B，不能发送。')
    expect(document.body.textContent).toContain('“空.pdf”是空的，不能发送。')
  })

  it('can be pasted and dropped', async () => {
    takes('application/pdf', { file: 'itself' })
    const files = [new File(['x'], '账单.pdf')]
    await bring('textarea', 'paste', files)
    await bring('.box', 'drop', files)
    expect(asked(/media$/)).toHaveLength(2)
    expect(composer.findAll('li')).toHaveLength(2)
  })

  it('is not for notes', async () => {
    await composer.findAll('button').find((button) => button.text() === '内部备注')!.trigger('click')
    await bring('textarea', 'paste', [new File(['x'], '账单.pdf')])
    expect(asked(/media$/)).toEqual([])
    expect(composer.find('[aria-label=添加附件]').exists()).toBe(false)
  })
})
