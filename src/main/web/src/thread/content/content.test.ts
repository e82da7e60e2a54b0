import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Content, Media } from '@/api/contract'
import { setLocale, t } from '@/i18n/i18n'
import { eventWords } from '../event-words'
import ContentView from './ContentView.vue'

const stored = (mimeType = 'image/png'): Media => ({ id: 'x', url: '/api/v1/media/x', mimeType, size: 2_048 })
const missing: Media = { id: null, url: null, mimeType: null, size: null }

function show(content: Content | Record<string, unknown>) {
  return mount(ContentView, { props: { content: content as Content } })
}

describe('what a message says', () => {
  beforeEach(() => setLocale('zh'))

  it('keeps the line breaks of a text and never reads it as HTML', () => {
    const view = show({ type: 'text', body: '第一行\n<b onclick="x">第二行</b>' })
    expect(view.text()).toBe('第一行\n<b onclick="x">第二行</b>')
    expect(view.find('b').exists()).toBe(false)
  })

  it('shows an image from our own store', () => {
    expect(show({ type: 'image', media: stored() }).find('img').attributes('src')).toBe('/api/v1/media/x')
  })

  it('says so when an image could not be fetched, and loads nothing from elsewhere', () => {
    const view = show({ type: 'image', media: missing, source: 'http://mmbiz.example/pic' })
    expect(view.find('img').exists()).toBe(false)
    expect(view.text()).toContain('图片未能取回')
    expect(show({ type: 'image', media: { ...stored(), url: 'https://elsewhere.example/x' } }).find('img').exists()).toBe(false)
    expect(show({ type: 'image', media: { ...stored(), url: '//elsewhere.example/x' } }).find('img').exists()).toBe(false)
  })

  it('plays a voice note and shows what was recognised', () => {
    const view = show({ type: 'voice', media: stored('audio/mpeg'), recognition: '我要挂失' })
    expect(view.find('audio').attributes('src')).toBe('/api/v1/media/x')
    expect(view.text()).toContain('我要挂失')
  })

  it('offers a voice note in a format no browser plays for download', () => {
    const view = show({ type: 'voice', media: stored('audio/amr') })
    expect(view.find('audio').exists()).toBe(false)
    expect(view.find('a[download]').attributes('href')).toBe('/api/v1/media/x')
  })

  it('plays a video with its title', () => {
    const view = show({ type: 'video', media: stored('video/mp4'), title: '吞卡', description: '昨天' })
    expect(view.find('video').exists()).toBe(true)
    expect(view.text()).toContain('吞卡')
  })

  it('offers a file with its name and size', () => {
    const view = show({ type: 'file', media: stored('application/pdf'), name: '账单.pdf', size: 1_482_113 })
    expect(view.text()).toContain('账单.pdf')
    expect(view.text()).toContain('1.4 MB')
    expect(view.find('a').attributes('download')).toBe('账单.pdf')
  })

  it('shows a place with its name and coordinates', () => {
    const view = show({ type: 'location', latitude: 30.274085, longitude: 120.15507, label: '武林广场' })
    expect(view.text()).toContain('武林广场')
    expect(view.text()).toContain('30.274085, 120.155070')
  })

  it('opens a web link apart from the desk and tells it nothing', () => {
    const link = show({ type: 'link', title: '活动', url: 'https://bank.example/a' }).find('a')
    expect(link.attributes()).toMatchObject({ href: 'https://bank.example/a', target: '_blank' })
    expect(link.attributes('rel')).toContain('noopener')
  })

  it('makes no link of an address that would run something', () => {
    const view = show({ type: 'link', title: '活动', url: 'javascript:alert(1)' })
    expect(view.find('a').exists()).toBe(false)
    expect(view.text()).toContain('javascript:alert(1)')
  })

  it('shows a mini program with its app and page', () => {
    const view = show({ type: 'mini-program', title: '查账单', appid: 'wx1', path: 'pages/bill' })
    expect(view.text()).toContain('查账单')
    expect(view.text()).toContain('pages/bill')
  })

  it('shows the menu that was offered and which entry was tapped', () => {
    const options = [{ id: '1', label: '账单分期' }, { id: '2', label: '现金分期' }]
    const menu = show({ type: 'suggestions', text: '请选择', options, tail: '或回复人工' })
    expect(menu.findAll('li').map((entry) => entry.text())).toEqual(['账单分期', '现金分期'])
    expect(menu.text()).toContain('或回复人工')
    expect(show({ type: 'choice', id: '1', label: '账单分期' }).text()).toContain('账单分期')
  })

  it('shows a template as its names and values', () => {
    const view = show({ type: 'template', templateId: 'T1', data: { 应还金额: '¥ 6,318.42' } })
    expect(view.find('dt').text()).toBe('应还金额')
    expect(view.find('dd').text()).toBe('¥ 6,318.42')
  })

  it('names a channel’s own message and shows what is in it', () => {
    const view = show({ type: 'native', kind: 'wechat.msgmenu', payload: { id: 101 } })
    expect(view.text()).toContain('wechat.msgmenu')
    expect(view.find('pre').text()).toContain('101')
  })

  it('says what a platform was told of its session', () => {
    expect(show({ type: 'native', kind: 'service_state', payload: { service_state: 4 } }).text()).toContain('在企业微信结束这次会话。')
    expect(show({ type: 'native', kind: 'service_state', payload: null }).text()).toContain('该渠道特有的消息类型。')
  })

  it('shows a message nobody could read exactly as it came', () => {
    const raw = '<xml><MsgType>hologram</MsgType></xml>'
    expect(show({ type: 'unreadable', raw }).find('pre').text()).toBe(raw)
  })

  it('shows a type that does not exist yet, with everything in it', () => {
    const view = show({ type: 'poll', question: '喜欢哪张卡面？' })
    expect(view.text()).toContain('poll')
    expect(view.find('pre').text()).toContain('喜欢哪张卡面？')
  })
})

describe('what a customer did', () => {
  beforeEach(() => setLocale('zh'))

  it.each<[Content, string]>([
    [{ type: 'followed' }, '客户关注了账号'],
    [{ type: 'followed', scene: 'branch-1' }, '客户扫码关注了账号：branch-1'],
    [{ type: 'unfollowed' }, '客户取消了关注'],
    [{ type: 'scanned', scene: 'counter-12' }, '扫描二维码：counter-12'],
    [{ type: 'entered', name: 'something_new', fields: {} }, '客户进入了会话'],
    [{ type: 'introduced', name: 'add_external_contact', fields: {} }, '客户添加了企业微信好友'],
    [{ type: 'menu-tapped', kind: 'click', key: '我的账单' }, '点击菜单：我的账单'],
    [{ type: 'menu-tapped', kind: 'scancode_push', key: null }, '点击菜单：扫码'],
    [{ type: 'location-reported', latitude: 30.1, longitude: 120.2 }, '上报地理位置：30.100000, 120.200000'],
    [{ type: 'event', name: 'TEMPLATESENDJOBFINISH', fields: {} }, '模板消息发送完成'],
    [{ type: 'event', name: 'something_new', fields: {} }, '平台事件：something_new'],
  ])('is one line: %o', (content, words) => {
    expect(eventWords(content, t)).toBe(words)
  })
})
