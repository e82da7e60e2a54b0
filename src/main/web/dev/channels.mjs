/** Channels of the fake gateway: one that is well, one that is not, one that an administrator added. */
const wechatCan = {
  receives: ['text', 'image', 'voice', 'video', 'file', 'location', 'link', 'mini-program', 'event'],
  sends: [
    { kind: 'text', types: [], maxBytes: 0 }, { kind: 'image', types: ['image/jpeg', 'image/png'], maxBytes: 10485760 },
    { kind: 'voice', types: ['audio/amr'], maxBytes: 2097152 }, { kind: 'link', types: [], maxBytes: 0 }, { kind: 'template', types: [], maxBytes: 0 },
  ],
  text: { most: 2048, unit: 'bytes', parts: null }, initiative: 'approved-form', reports: ['sent', 'delivered'], typing: true, recall: false, recallSeconds: 0, push: true,
  windows: [{ trigger: 'message', messages: 5, seconds: 172800 }, { trigger: 'menu', messages: 3, seconds: 60 }], pace: { 'custom-send': 100 },
}
const smsCan = {
  receives: ['text'], sends: [{ kind: 'text', types: [], maxBytes: 0 }], text: { most: 500, unit: 'characters', parts: { alone: 70, each: 67 } },
  initiative: 'consent', reports: ['sent', 'delivered'], typing: false, recall: false, recallSeconds: 0, push: true, windows: [], pace: {},
}
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString()
const account = (channel, name, given) => ({
  channel, name, origin: 'console', enabled: true, revision: 1, state: 'well', sentence: '正常。', heardAt: ago(3), reachedAt: ago(4),
  waiting: { queued: 0, held: 0, oldest: null }, circuits: [], signs: [], capabilities: channel === 'wechat' ? wechatCan : smsCan, ...given,
})

const field = (key, term, kind = 'text', required = true, choices = []) => ({ key, term, kind, required, choices, advanced: false, standard: null })
const seldom = (key, standard, kind = 'text') => ({ ...field(key, key, kind, false), advanced: true, standard })
const channels = [
  {
    channel: 'wechat', managed: true, callback: '/callbacks/wechat/',
    fields: [
      field('app-id', '开发者ID(AppID)'), field('secret', '开发者密码(AppSecret)', 'secret'), field('token', '令牌(Token)', 'secret'),
      field('aes-key', '消息加解密密钥(EncodingAESKey)', 'secret', false), field('mode', '消息加解密方式', 'choice', false, ['safe', 'compatible', 'plain']),
      field('api-base', '接口地址', 'address', false),
      field('customer-service-messages', '客服消息权限', 'flag', false),
      seldom('timeout', '5s'), seldom('windows.message.messages', '5', 'number'), seldom('windows.message.lifetime', '48h'), seldom('pace.custom-send', '100', 'number'),
    ],
    accounts: [
      account('wechat', 'bank', {
        origin: 'settings', revision: null, state: 'attention', waiting: { queued: 12, held: 3, oldest: ago(9) },
        sentence: '模板消息已停发：errcode 48004 api 接口被封禁。请到平台后台处理，处理好后点“恢复发送”。',
        circuits: [{ api: 'template-send', alarm: true, reason: 'errcode 48004 api 接口被封禁', since: ago(9), until: null }],
        signs: [{ part: 'token', problem: null, until: ago(-100) }],
      }),
      account('wechat', 'branch'),
    ],
  },
  {
    channel: 'sms', managed: true, callback: null, fields: [field('user', '企业代码'), field('password', '密码', 'secret')],
    accounts: [account('sms', 'bill', { state: 'down', sentence: '到运营商的连接已断开，正在重连。请检查网络，并向运营商确认线路。', signs: [{ part: 'line', problem: '到运营商的连接已断开，正在重连。', until: null }] })],
  },
]
const kept = new Map() // account → {settings, secrets}

const capabilities = (channel) => (channel === 'sms' ? smsCan : wechatCan)
export const limits = (channel) => ({ text: capabilities(channel).text, largestFile: 20971520 })

/** How something would arrive: what the channel does not carry becomes a link or words. */
export function arrival(channel, { type }, mimeType) {
  const kind = capabilities(channel).sends.find((one) => one.kind === type)
  const itself = kind !== undefined && (kind.types.length === 0 || kind.types.includes(mimeType))
  return { as: itself ? 'itself' : type === 'link' ? 'words' : 'link', messages: 1 }
}

/** Answers under `/channels`, or undefined. */
export function channelsApi(method, path, json, ok, problem) {
  if (path === '/channels') {
    return ok({ takesSecrets: true, channels })
  }
  const [, name, one] = path.match(/^\/channels\/([^/]+)\/accounts(?:\/([^/?]+))?$/) ?? []
  const channel = channels.find((each) => each.channel === name)
  if (!channel) {
    return undefined
  }
  if (method === 'POST') {
    const { name: fresh, settings } = json()
    const missing = channel.fields.filter(({ key, required }) => required && !settings[key])
    if (missing.length > 0) {
      const answer = problem(422, 'invalid', '请求有误')
      answer.json.errors = missing.map(({ key }) => ({ field: `settings.${key}`, message: '必填' }))
      return answer
    }
    channel.accounts.push(account(name, fresh, { heardAt: null, reachedAt: null, sentence: '设置已生效，还没有收到过消息。如果平台要求填写回调地址，请确认已经填好。' }))
    keep(channel, fresh, settings)
    return { status: 201, json: channel.accounts.at(-1) }
  }
  const found = channel.accounts.find((each) => each.name === one)
  if (!found) {
    return undefined
  }
  if (method === 'DELETE') {
    channel.accounts = channel.accounts.filter((each) => each !== found)
    return { status: 204 }
  }
  if (method === 'PATCH') {
    const { enabled, settings } = json()
    if (enabled !== undefined) {
      Object.assign(found, { enabled, state: enabled ? 'well' : 'off', sentence: enabled ? '正常。' : '已停用，不收也不发。' })
    }
    keep(channel, one, settings ?? {})
    found.revision += 1
  }
  const { settings, secrets } = kept.get(`${name}/${one}`) ?? { settings: { 'app-id': 'wx1' }, secrets: { secret: ago(99), token: ago(99) } }
  return ok({ ...found, settings, secrets, changes: [{ at: ago(99), by: 'admin', action: 'added', keys: ['app-id', 'secret', 'token'] }] })
}

function keep(channel, name, given) {
  const { settings, secrets } = kept.get(`${channel.channel}/${name}`) ?? { settings: {}, secrets: {} }
  for (const { key, kind } of channel.fields) {
    if (given[key] !== undefined) {
      ;(kind === 'secret' ? secrets : settings)[key] = kind === 'secret' ? ago(0) : given[key]
    }
  }
  kept.set(`${channel.channel}/${name}`, { settings, secrets })
}
