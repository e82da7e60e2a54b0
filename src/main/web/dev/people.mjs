const HOUR = 60

/** Media the stories below show; ids are what a message's media names. */
export const MEDIA = {
  card: { width: 480, height: 300, colour: [40, 110, 90] },
  slip: { width: 300, height: 420, colour: [190, 150, 90] },
  shop: { width: 420, height: 240, colour: [70, 90, 160] },
}

const media = (id, mimeType = 'image/png') => ({ id, url: `/api/v1/media/${id}`, mimeType, size: 48_213 })
const gone = { id: null, url: null, mimeType: null, size: null }
const bot = { kind: 'bot', name: null }
const lin = { kind: 'agent', name: '林晓' }

/**
 * Each story: who, where, how it stands, and what was said. `at` is minutes ago.
 * A line is [minutes ago, author or null for the customer, content or text, delivery state, reason].
 */
export const STORIES = [
  {
    party: 'oK4wV6tLmQ8xZr2Ych0N1aBcDeFg', name: '周雨桐', channel: 'wechat', account: 'demo',
    state: 'waiting', since: 4.2, reason: 'loss-or-fraud', window: { remaining: 5, minutes: 48 * HOUR - 4 },
    lines: [
      [9, null, '你好'],
      [9, bot, '您好，我是管家，很高兴为您服务。请问有什么可以帮您？'],
      [5, null, '我的信用卡好像丢了，刚才还收到一条不是我消费的短信'],
      [4.9, bot, '已为您优先转接人工客服，请稍候。'],
      [4.1, null, '金额 3,280 元，商户我完全不认识\n时间是今天上午'],
    ],
  },
  {
    party: 'oK4wV6pQ8rSt0uVw2XyZ3aBcDeFg', name: '陈先生', channel: 'wechat', account: 'demo',
    state: 'waiting', since: 1.6, reason: 'bot-failed', window: { remaining: 4, minutes: 47 * HOUR },
    lines: [
      [6, null, '你们那个积分换里程的活动还能参加吗，我老婆的副卡算不算'],
      [5.9, bot, { type: 'suggestions', text: '您是想了解下面哪一项？', options: [{ id: '1', label: '积分兑换航空里程' }, { id: '2', label: '附属卡积分规则' }, { id: '3', label: '积分有效期' }], tail: '都不是的话，请换个说法，或回复“人工”。' }],
      [3, null, { type: 'choice', id: '2', label: '附属卡积分规则' }],
      [2.9, bot, '附属卡消费产生的积分计入主卡账户。'],
      [1.7, null, '那活动到底算不算？'],
      [1.6, bot, '这个问题我没有把握，已为您转接人工客服。'],
    ],
  },
  {
    party: 'oK4wV6aaaaBBBBccccDDDDeeeeFF', name: null, channel: 'wechat', account: 'life',
    state: 'waiting', since: 0.4, reason: 'asked', window: { remaining: 5, minutes: 48 * HOUR - 1 },
    lines: [[0.6, null, '人工'], [0.4, bot, '正在为您转接人工客服，您前面还有 2 位。']],
  },
  {
    party: 'oK4wV6wangFang00000000000001', name: '王芳', channel: 'wechat', account: 'demo',
    state: 'agent', agent: 'lin', since: 32, reason: null, window: { remaining: 4, minutes: 47 * HOUR + 59 },
    changes: [[70, null, 'bot', 'customer', null, null], [36, 'bot', 'waiting', 'customer', null, 'asked'], [32, 'waiting', 'agent', 'agent', '林晓', null]],
    lines: [
      [26 * HOUR, null, { type: 'followed', scene: 'branch-0571-a' }],
      [26 * HOUR, bot, '您好，欢迎关注！我是管家，可以帮您查账单、办分期、挂失换卡。回复“人工”随时找到我们的同事。', 'read'],
      [70, null, '我想把上个月的账单分期'],
      [70, bot, { type: 'suggestions', text: '请问您想办理哪一种分期？', options: [{ id: 'bill', label: '账单分期' }, { id: 'single', label: '单笔消费分期' }, { id: 'cash', label: '现金分期' }], tail: '也可以直接说出您的需要。' }, 'read'],
      [69, null, { type: 'choice', id: 'bill', label: '账单分期' }],
      [69, bot, '账单分期可选 3、6、12、24 期，手续费按期收取。您可以在账单日之后、还款日之前申请。', 'read'],
      [37, null, '手续费能不能优惠，去年你们同事给我打过折'],
      [36, bot, '已为您转接人工客服，请稍候。', 'read'],
      [31, lin, '王女士您好，我是林晓，刚看到您的留言。您稍等，我看一下您账户目前的优惠。', 'read'],
      [30, { note: lin }, '去年 11 月给过 12 期 7 折，本季活动是 8 折，最多可到 75 折，需主管确认。'],
      [24, null, '好的谢谢'],
      [23, null, { type: 'image', media: media('card') }],
      [22.8, null, '是这张卡'],
      [12, lin, '收到。12 期手续费目前可以给您 8 折，每期 412.50 元，一共 4,950 元。\n您看可以的话，我现在就帮您登记。', 'accepted'],
      [3, null, { type: 'voice', media: media('tone', 'audio/wav'), recognition: '能不能再便宜一点，我一直用你们家的卡' }],
      [1, null, '如果有 75 折我马上办'],
    ],
  },
  {
    party: 'oK4wV6liQiang000000000000002', name: '李强', channel: 'wechat', account: 'demo',
    state: 'agent', agent: 'lin', since: 95, reason: null, window: { remaining: 0, minutes: 46 * HOUR },
    changes: [[97, 'bot', 'waiting', 'bot', null, 'bot-failed'], [95, 'waiting', 'agent', 'agent', '林晓', null]],
    lines: [
      [98, null, '网点周六上班吗'],
      [97, bot, '已为您转接人工客服。', 'accepted'],
      [94, lin, '李先生您好，请问您在哪个城市？', 'delivered'],
      [93, null, { type: 'location', latitude: 30.274085, longitude: 120.15507, label: '浙江省杭州市拱墅区武林广场 1 号', scale: 16 }],
      [90, lin, '武林支行周六 9:00–16:00 营业，对公业务不办理。', 'delivered'],
      [89, lin, { type: 'link', title: '武林支行 · 营业时间与路线', description: '周六照常营业，停车场入口在体育场路。', url: 'https://bank.example/branches/wulin', picture: null }, 'accepted'],
      [88, lin, { type: 'image', media: media('shop') }, 'unknown', '平台没有回应'],
      [86, lin, '另外周日只开自助区。', 'refused', '客户已取消关注'],
      [80, lin, '如需预约大额取现，请提前一天告诉我。', 'held', '本轮条数已用完'],
      [79, lin, '祝您周末愉快。', 'expired', '48 小时内未能送出'],
    ],
  },
  {
    party: 'oK4wV6sunLi0000000000000003x', name: '孙丽（企业主）', channel: 'wechat', account: 'demo',
    state: 'agent', agent: 'lin', since: 50 * HOUR, reason: null, window: { remaining: 0, minutes: -30, open: false },
    lines: [
      [50 * HOUR, null, '贷款审批到哪一步了？'],
      [49.8 * HOUR, lin, '正在复核，预计明天有结果，我会主动联系您。', 'read'],
    ],
  },
  {
    party: 'oK4wV6allTypes00000000000004', name: '何静', channel: 'wechat', account: 'demo',
    state: 'bot', since: 20, reason: null, window: { remaining: 3, minutes: 40 },
    lines: [
      [3 * HOUR, null, { type: 'scanned', scene: 'counter-12' }],
      [3 * HOUR - 1, null, { type: 'menu-tapped', kind: 'click', key: '我的账单', extra: {} }],
      [3 * HOUR - 1, null, { type: 'location-reported', latitude: 30.2741, longitude: 120.1551, precision: 65 }],
      [3 * HOUR - 2, null, '第一行\n第二行：https://bank.example/very/long/path?with=parameters&and=more&that=never&ends=anywhere\n\n第四行 [微笑]'],
      [3 * HOUR - 3, null, { type: 'image', media: media('slip') }],
      [3 * HOUR - 4, null, { type: 'image', media: gone, source: 'http://mmbiz.example/x' }],
      [3 * HOUR - 5, null, { type: 'voice', media: media('tone', 'audio/wav'), recognition: null, format: 'wav' }],
      [3 * HOUR - 6, null, { type: 'voice', media: media('amr', 'audio/amr'), recognition: '我想问一下年费怎么减免', format: 'amr' }],
      [3 * HOUR - 7, null, { type: 'video', media: gone, thumbnail: null, title: '故障录屏', description: 'ATM 吞卡的经过' }],
      [3 * HOUR - 8, null, { type: 'file', media: media('pdf', 'application/pdf'), name: '2026年10月信用卡电子账单（含明细）.pdf', size: 1_482_113 }],
      [3 * HOUR - 9, null, { type: 'link', title: '这个活动是真的吗？', description: '朋友转给我的，说扫码就送 888 元', url: 'javascript:alert(1)', picture: 'https://elsewhere.example/p.png' }],
      [3 * HOUR - 10, bot, { type: 'mini-program', title: '一分钟查账单', appid: 'wx1234567890abcdef', path: 'pages/bill/index?from=guanjia', thumbnail: media('shop') }, 'delivered'],
      [3 * HOUR - 11, bot, { type: 'template', templateId: 'OPENTM207112142', url: 'https://bank.example/bill', data: { 账单周期: '2026-10-05 至 2026-11-04', 应还金额: '¥ 6,318.42', 最低还款: '¥ 631.84', 到期还款日: '2026-11-22' } }, 'delivered'],
      [3 * HOUR - 12, null, { type: 'native', kind: 'wechat.msgmenu.click', payload: { bizmsgmenuid: '101', nested: { a: 1 } } }],
      [3 * HOUR - 13, null, { type: 'unreadable', raw: '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><MsgType><![CDATA[hologram]]></MsgType><Depth>3</Depth></xml>' }],
      [3 * HOUR - 14, null, { type: 'poll', question: '喜欢哪张卡面？', options: ['青山', '落日'] }],
      [3 * HOUR - 15, null, { type: 'event', name: 'TEMPLATESENDJOBFINISH', fields: { Status: 'success' } }],
      [3 * HOUR - 16, null, { type: 'event', name: 'card_pay_order', fields: {} }],
      [3 * HOUR - 17, null, { type: 'unfollowed' }],
      [21, null, { type: 'followed' }],
      [20, null, '年费多少'],
      [20, bot, '您名下的金卡年费为 300 元/年，当年刷满 5 笔即可减免次年年费。', 'read'],
    ],
  },
  {
    party: 'weibo-8812334', name: '@爱吃辣的小周', channel: 'weibo', account: 'official',
    state: 'bot', since: 6, reason: null, window: { remaining: null, minutes: null },
    lines: [[6, null, '客服在吗'], [6, bot, '在的，请问有什么可以帮您？', 'accepted']],
  },
  {
    party: '138****2207', name: null, channel: 'sms', account: 'notice',
    state: 'agent', agent: 'qian', since: 12, reason: null, window: { remaining: null, minutes: null },
    lines: [[14, null, 'TD'], [12, { kind: 'agent', name: '钱多' }, '您好，已为您退订营销短信。', 'delivered']],
  },
  {
    party: 'oK4wV6closed0000000000000005', name: '吴敏', channel: 'wechat', account: 'demo',
    state: 'closed', since: 20 * HOUR, reason: null, window: { remaining: 2, minutes: 28 * HOUR },
    changes: [[21 * HOUR, 'waiting', 'agent', 'agent', '林晓', null], [20 * HOUR, 'agent', 'closed', 'agent', '林晓', '已解决']],
    lines: [[21.2 * HOUR, null, '密码锁了怎么办'], [20.9 * HOUR, lin, '已协助您重置，请用新密码登录。', 'read'], [20.1 * HOUR, null, '可以了，谢谢！']],
  },
]
