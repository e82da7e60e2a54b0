import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setLocale } from '@/i18n/i18n'
import { useSession } from '@/session/session'
import { TestGateway } from '@/testing/fetching'
import { aConversation, anAnswer, lin } from '@/testing/samples'
import Composer from './Composer.vue'
import { linkOf, linkProblems } from './link-card'

const bill = { title: ' 十一月账单 ', url: 'https://bank.example/bill', description: '', picture: '' }

describe('what is written for a card', () => {
  beforeEach(() => setLocale('zh'))

  it('needs a title and the address of a page', () => {
    expect(linkProblems({ ...bill, title: ' ', url: '' })).toEqual({ title: '请填写', url: '请填写' })
    expect(linkProblems(bill)).toEqual({})
  })

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'bank.example/bill', 'https:', 'https://bank.example@evil.example/'])(
    'leads nowhere but to a page on the web: %s',
    (address) => {
      const wrong = '请填写以 http:// 或 https:// 开头的完整地址'
      expect(linkProblems({ ...bill, url: address, picture: address })).toEqual({ url: wrong, picture: wrong })
    },
  )

  it('is sent without what was left empty, in an address that every platform reads', () => {
    expect(linkOf({ ...bill, url: ' https://bank.example/账单 ' })).toEqual({
      type: 'link', title: '十一月账单', url: 'https://bank.example/%E8%B4%A6%E5%8D%95',
    })
  })
})

describe('a card in the composer', () => {
  let gateway: TestGateway
  let composer: VueWrapper

  beforeEach(async () => {
    setLocale('zh')
    sessionStorage.clear()
    setActivePinia(createPinia())
    useSession().me = lin
    gateway = new TestGateway()
    gateway.on('POST', /messages$/, () => ({ status: 201, json: anAnswer(3) }))
    composer = mount(Composer, {
      props: { conversation: aConversation('c1', { state: 'agent', agent: { username: 'lin', name: '林晓' } }), phone: false },
      attachTo: document.body,
    })
    await composer.find('[aria-label=发送图文链接]').trigger('click')
    await flushPromises()
  })
  afterEach(() => composer.unmount())

  const form = () => document.querySelector<HTMLFormElement>('#link-card')
  async function write(id: string, words: string): Promise<void> {
    const field = document.querySelector<HTMLInputElement>(`#link-${id}`)!
    field.value = words
    field.dispatchEvent(new Event('input'))
    await flushPromises()
  }
  async function add(): Promise<void> {
    form()!.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
    await flushPromises()
  }
  const asked = (path: RegExp) => gateway.asked.filter((one) => one.method === 'POST' && path.test(one.path)).map((one) => one.body)

  it('is shown before it is sent, with what the customer will get instead', async () => {
    gateway.on('POST', /preview$/, () => ({ json: { as: 'words', messages: 1 } }))
    await write('title', '十一月账单')
    await write('url', 'https://bank.example/bill')
    await add()
    expect(form()).toBeNull()
    expect(composer.find('li').text()).toContain('十一月账单')
    expect(composer.find('li').text()).toContain('bank.example')
    expect(composer.text()).toContain('该渠道不能发送图文链接，客户将收到标题和短链接。')

    await composer.find('textarea').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(asked(/messages$/)).toMatchObject([{ content: { type: 'link', title: '十一月账单', url: 'https://bank.example/bill' } }])
    expect(composer.find('li').exists()).toBe(false)
  })

  it('says at each field what is wrong, and asks nobody', async () => {
    await write('url', 'bank.example')
    await add()
    expect([...document.querySelectorAll('#link-card .problem')].map((one) => one.textContent)).toEqual([
      '请填写', '请填写以 http:// 或 https:// 开头的完整地址',
    ])
    expect(asked(/preview$/)).toEqual([])
  })

  it('shows what the server finds wrong at its field', async () => {
    gateway.on('POST', /preview$/, () => ({ status: 422, json: { code: 'invalid', errors: [{ field: 'content.url', message: '格式不正确' }] } }))
    await write('title', '十一月账单')
    await write('url', 'https://bank.example/a|b')
    await add()
    expect(document.querySelector('#link-url')!.closest('.field')!.textContent).toContain('格式不正确')
    expect(composer.find('li').exists()).toBe(false)
  })
})
