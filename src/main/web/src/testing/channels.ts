import type { Account, AccountDetails, Capabilities, Channel, Channels } from '@/channels/contract'
import { at } from './samples'

/** As channels bring them. */
export const servedWords = {
  'channel.wechat': '微信公众号', 'channel.weibo': '微博',
  'api.custom-send': '客服消息', 'api.user-calls': '微博接口（按账号）', 'api.packages': '短信套餐包',
}

/** Small whole things of the page of channels, each with the one property that matters overridden. */
export const wechatCan: Capabilities = {
  receives: ['text', 'image', 'event'],
  sends: [{ kind: 'text', types: [], maxBytes: 0 }, { kind: 'image', types: ['image/png'], maxBytes: 10 * 1024 * 1024 }, { kind: 'template', types: [], maxBytes: 0 }],
  text: { most: 2048, unit: 'bytes', parts: null },
  initiative: 'approved-form', reports: ['sent', 'delivered'], typing: true, recall: false, recallSeconds: 0, push: true,
  windows: [{ trigger: 'message', messages: 5, seconds: 172_800 }], pace: { 'custom-send': 100 },
}

export const smsCan: Capabilities = {
  receives: ['text'], sends: [{ kind: 'text', types: [], maxBytes: 0 }],
  text: { most: 500, unit: 'characters', parts: { alone: 70, each: 67 } },
  initiative: 'consent', reports: ['sent', 'delivered'], typing: false, recall: false, recallSeconds: 0, push: true, windows: [], pace: {},
}

export function anAccount(name: string, given: Partial<Account> = {}): Account {
  return {
    channel: 'wechat', name, origin: 'console', enabled: true, revision: 3, state: 'well', sentence: '正常。',
    heardAt: at(-5), reachedAt: null, waiting: { queued: 0, held: 0, oldest: null }, circuits: [], signs: [], quotas: [], capabilities: wechatCan, ...given,
  }
}

export function theDetails(account: Account, given: Partial<AccountDetails> = {}): AccountDetails {
  return { ...account, settings: { 'app-id': 'wx1', mode: 'safe' }, secrets: { secret: at(-60), 'aes-key': at(-60) }, changes: [], ...given }
}

const plain = { advanced: false, standard: null }

export function aWechat(...accounts: Account[]): Channel {
  return {
    channel: 'wechat', managed: true, callback: '/callbacks/wechat/', accounts,
    fields: [
      { key: 'app-id', term: '开发者ID(AppID)', kind: 'text', required: true, choices: [], ...plain },
      { key: 'secret', term: '开发者密码(AppSecret)', kind: 'secret', required: true, choices: [], ...plain },
      { key: 'aes-key', term: '消息加解密密钥(EncodingAESKey)', kind: 'secret', required: false, choices: [], ...plain },
      { key: 'mode', term: '消息加解密方式', kind: 'choice', required: false, choices: ['safe', 'plain'], ...plain },
      { key: 'api-base', term: '接口地址', kind: 'address', required: false, choices: [], ...plain },
      { key: 'timeout', term: '接口超时', kind: 'text', required: false, choices: [], advanced: true, standard: '5s' },
      { key: 'windows.message.messages', term: '', kind: 'number', required: false, choices: [], advanced: true, standard: '5' },
      { key: 'pace.custom-send', term: '', kind: 'number', required: false, choices: [], advanced: true, standard: '100' },
    ],
  }
}

export function allChannels(...channels: Channel[]): Channels {
  return { takesSecrets: true, channels }
}
