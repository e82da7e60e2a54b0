import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { learnServedWords, setLocale } from '@/i18n/i18n'
import { useSession } from '@/session/session'
import { allChannels, anAccount, aWechat, servedWords, theDetails } from '@/testing/channels'
import { TestGateway } from '@/testing/fetching'
import { admin, at, lin, zhao } from '@/testing/samples'
import ChannelsPage from './ChannelsPage.vue'

const EMPTY = { template: '<i/>' }

describe('the page of channels', () => {
  let gateway: TestGateway
  let page: VueWrapper

  beforeEach(() => {
    setLocale('zh')
    learnServedWords('zh', servedWords)
    setActivePinia(createPinia())
    gateway = new TestGateway()
  })
  afterEach(() => {
    page.unmount()
    document.body.innerHTML = ''
  })

  async function open(all = allChannels(aWechat(anAccount('main'))), me = admin): Promise<VueWrapper> {
    useSession().me = me
    gateway.on('GET', /channels$/, () => ({ json: all }))
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/', name: 'desk', component: EMPTY }, { path: '/channels', name: 'channels', component: EMPTY }],
    })
    page = mount(ChannelsPage, { attachTo: document.body, global: { plugins: [router] } })
    await flushPromises()
    return page
  }
  const button = (words: string) => [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === words)
  const field = (term: string) => {
    const label = [...document.querySelectorAll('label')].find((one) => one.textContent?.startsWith(term))
    return document.getElementById(label!.htmlFor) as HTMLInputElement
  }
  async function write(term: string, words: string): Promise<void> {
    field(term).value = words
    field(term).dispatchEvent(new Event('input'))
    await flushPromises()
  }
  async function press(words: string): Promise<void> {
    button(words)!.click()
    await flushPromises()
  }
  const submit = async () => {
    document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
  }
  const asked = (method: string) => gateway.asked.filter((one) => one.method === method)

  it('shows how much of what the platform allows is left', async () => {
    await open(allChannels(aWechat(anAccount('main', {
      quotas: [
        { api: 'custom-send', left: 499_000, limit: 500_000, per: 'day' },
        { api: 'user-calls', left: 12, limit: 150, per: 'hour' },
        { api: 'packages', left: 800, limit: 1_000, per: 'package' },
      ],
    }))))

    expect(page.text()).toContain('客服消息今日剩余499,000 次（共 500,000 次）')
    expect(page.text()).toContain('微博接口（按账号）本小时剩余12 次（共 150 次）')
    expect(page.text()).toContain('短信套餐包剩余800 条（共 1,000 条）')
  })

  it('says in one sentence what is wrong with an account', async () => {
    const down = anAccount('main', {
      state: 'down', sentence: '平台拒绝发放访问凭据。', circuits: [{ api: '*', alarm: true, reason: 'errcode 40125', since: at(0), until: null }],
    })
    await open(allChannels(aWechat(down, anAccount('other'))))
    expect(page.text()).toContain('2 个账号，其中 1 个需要处理')
    expect(page.text()).toContain('不可用')
    expect(page.text()).toContain('平台拒绝发放访问凭据。')
    expect(page.text()).toContain('全部消息停发：errcode 40125')
    expect(page.text()).toContain('/callbacks/wechat/main')
  })

  it('lets supervisors look and nothing more', async () => {
    await open(undefined, zhao)
    expect(page.text()).toContain('账号由管理员维护')
    expect(button('添加账号')).toBeUndefined()
    expect(button('修改')).toBeUndefined()
  })

  it('is not for agents', async () => {
    await open(undefined, lin)
    expect(page.text()).toContain('没有查看渠道的权限')
  })

  it('leaves the accounts of the settings file alone', async () => {
    await open(allChannels(aWechat(anAccount('file', { origin: 'settings', revision: null }))))
    expect(page.text()).toContain('配置文件')
    expect(button('修改')).toBeUndefined()
  })

  it('says why nothing can be added without an encryption key', async () => {
    await open({ ...allChannels(aWechat()), takesSecrets: false })
    expect(page.text()).toContain('guanjia.security.encryption-keys')
    expect(button('添加账号')!.disabled).toBe(true)
  })

  it('adds an account from a form made of the channel’s own fields', async () => {
    gateway.on('POST', /wechat\/accounts$/, () => ({ status: 201, json: theDetails(anAccount('new')) }))
    await open()
    await press('添加账号')
    await write('名称', 'new')
    await write('开发者ID(AppID)', 'wx9')
    await write('开发者密码(AppSecret)', 's3cret')
    expect(field('开发者密码(AppSecret)').type).toBe('password')
    await submit()
    expect(asked('POST')[0]?.body).toEqual({ name: 'new', settings: { 'app-id': 'wx9', secret: 's3cret' } })
    expect(document.querySelector('form')).toBeNull()
  })

  it('says what a setting is that no platform has a word for', async () => {
    const weibo = { ...aWechat(), channel: 'weibo', fields: [{ key: 'callback-max-age', term: '回调最大时差', kind: 'text' as const, required: false, choices: [], advanced: false, standard: null }] }
    await open(allChannels(weibo))
    await press('添加账号')
    expect(document.querySelector('form')!.textContent).toContain('回调最大时差')
    expect(document.querySelector('form')!.textContent).toContain('如 10m')
  })

  it('folds away what hardly anybody needs, and says what holds without it', async () => {
    await open()
    await press('添加账号')
    const folded = document.querySelector<HTMLDetailsElement>('form details.advanced')!
    expect(folded.open).toBe(false)
    expect(folded.querySelector('summary')!.textContent).toBe('高级')
    const terms = [...folded.querySelectorAll('label')].map((one) => one.textContent)
    expect(terms).toEqual(['接口超时', '来信后可发条数', '客服消息流速（条/秒）'])
    expect(field('来信后可发条数').placeholder).toBe('默认 5')
    expect(document.querySelectorAll('form .field')).toHaveLength(8)
  })

  it('unfolds what is wrong in it, at its field', async () => {
    gateway.on('POST', /wechat\/accounts$/, () => ({
      status: 422, json: { code: 'invalid', errors: [{ field: 'settings.pace.custom-send', message: 'pace.custom-send must be messages a second, above 0' }] },
    }))
    await open()
    await press('添加账号')
    await write('客服消息流速', '0')
    await submit()
    expect(asked('POST')[0]?.body).toEqual({ name: '', settings: { 'pace.custom-send': '0' } })
    expect(document.querySelector<HTMLDetailsElement>('form details.advanced')!.open).toBe(true)
    expect(field('客服消息流速').closest('.field')!.textContent).toContain('请填写每秒条数，须大于 0。')
  })

  it('shows at once what somebody has changed there', async () => {
    const account = anAccount('main')
    gateway.on('GET', /accounts\/main$/, () => ({ json: theDetails(account, { settings: { 'app-id': 'wx1', timeout: '8s' } }) }))
    await open()
    await press('修改')
    expect(document.querySelector<HTMLDetailsElement>('form details.advanced')!.open).toBe(true)
    expect(field('接口超时').value).toBe('8s')
  })

  it('keeps the form open and says what is wrong at the field', async () => {
    gateway.on('POST', /wechat\/accounts$/, () => ({
      status: 422, json: { code: 'invalid', errors: [{ field: 'settings.aes-key', message: 'aes-key must be 43 letters and digits' }] },
    }))
    await open()
    await press('添加账号')
    await submit()
    expect(document.querySelector('form')!.textContent).toContain('须为 43 位字母或数字')
  })

  it('says what else is missing when the name is wrong', async () => {
    gateway.on('POST', /wechat\/accounts$/, () => ({ status: 422, json: { code: 'invalid', errors: [{ field: 'name', message: '格式不正确' }] } }))
    await open()
    await press('添加账号')
    await submit()
    const said = [...document.querySelectorAll('form .problem')].map((one) => one.textContent)
    expect(said).toEqual(['格式不正确', '必填', '必填'])
    expect(document.querySelector('form')!.textContent).toContain('只用字母、数字')
  })

  it('says at the name that it is taken', async () => {
    gateway.on('POST', /wechat\/accounts$/, () => ({ status: 409, json: { code: 'account-name-taken', detail: '此渠道已有同名账号，请换一个名称。' } }))
    await open()
    await press('添加账号')
    await submit()
    expect(document.querySelector('form .name .problem')?.textContent).toBe('此渠道已有同名账号，请换一个名称。')
  })

  it('changes what was changed and shows no secret', async () => {
    const account = anAccount('main')
    gateway.on('GET', /accounts\/main$/, () => ({ json: theDetails(account) }))
    gateway.on('PATCH', /accounts\/main$/, () => ({ json: theDetails(account) }))
    await open()
    await press('修改')
    expect(field('开发者ID(AppID)').value).toBe('wx1')
    expect(field('开发者密码(AppSecret)').value).toBe('')
    expect(document.querySelector('form')!.textContent).toContain('留空则不变')
    await write('开发者ID(AppID)', 'wx2')
    await submit()
    expect(asked('PATCH')[0]?.body).toEqual({ revision: 3, settings: { 'app-id': 'wx2' } })
  })

  it('asks for the secrets again where their address changes, and says it at them', async () => {
    const account = anAccount('main')
    gateway.on('GET', /accounts\/main$/, () => ({ json: theDetails(account) }))
    gateway.on('PATCH', /accounts\/main$/, () => ({
      status: 422, json: { code: 'invalid', errors: ['secret', 'aes-key'].map((key) => ({ field: `settings.${key}`, message: '接口地址变了，请重新填写' })) },
    }))
    await open()
    await press('修改')
    const secret = () => field('开发者密码(AppSecret)').closest('.field')!
    expect(secret().textContent).toContain('留空则不变')

    await write('接口地址', 'https://proxy.example')
    expect(field('接口地址').type).toBe('text')
    expect(secret().querySelector('.hint')!.textContent).toContain('接口地址变了，请重新填写')
    await submit()
    expect(asked('PATCH')[0]?.body).toEqual({ revision: 3, settings: { 'api-base': 'https://proxy.example' } })
    expect(secret().querySelector('.problem')!.textContent).toBe('接口地址变了，请重新填写')
    expect(field('消息加解密密钥(EncodingAESKey)').closest('.field')!.querySelector('.problem')).not.toBeNull()

    gateway.on('PATCH', /accounts\/main$/, () => ({ json: theDetails(account) }))
    await write('开发者密码(AppSecret)', 's3cret')
    await write('消息加解密密钥(EncodingAESKey)', 'k3y')
    await submit()
    expect(asked('PATCH')[1]?.body).toEqual({ revision: 3, settings: { 'api-base': 'https://proxy.example', secret: 's3cret', 'aes-key': 'k3y' } })
    expect(document.querySelector('form')).toBeNull()
  })

  it('switches an account on without asking, and off only when sure', async () => {
    gateway.on('PATCH', /accounts\/main$/, () => ({ json: theDetails(anAccount('main')) }))
    await open(allChannels(aWechat(anAccount('main', { enabled: false, state: 'off', sentence: '已停用。' }))))
    await press('启用')
    expect(asked('PATCH')[0]?.body).toEqual({ revision: 3, enabled: true })
  })
})
