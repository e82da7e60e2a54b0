/*
 * Guanjia web widget. One line on any page:
 *
 *   <script src="https://chat.bank.example/widget.js" data-account="web" async></script>
 *
 * What it can be told, and the protocol it speaks, is in adapters/app/README.md. It keeps to a
 * shadow root, makes no markup out of text and needs nothing inline, so a strict content security
 * policy can stay as it is.
 */
(() => {
  'use strict'

  const script = document.currentScript
  if (!script || window.Guanjia?.version) return
  const options = script.dataset
  const account = options.account
  const base = new URL(script.src).origin
  if (!account) {
    console.error('Guanjia: data-account is missing')
    return
  }

  const WORDS = {
    zh: {
      title: '在线客服', open: '打开在线客服', close: '关闭', unread: '{n} 条未读消息',
      greeting: '您好，请问有什么可以帮您？', placeholder: '请输入您的问题', send: '发送', picture: '发送图片',
      typing: '对方正在输入…', offline: '连接已断开，正在重新连接…', sending: '发送中', sent: '已发送',
      failed: '未能发送', again: '重试', older: '查看更早的消息', tooLarge: '文件太大或类型不支持', log: '对话内容',
      file: '文件', voice: '语音', video: '视频', image: '图片', place: '位置', other: '暂不支持显示此消息', recalled: '此消息已撤回',
      customer: '我', bot: '智能助手', agent: '客服', system: '系统消息', unavailable: '暂时无法连接客服，请稍后再试',
    },
    en: {
      title: 'Customer service', open: 'Chat with us', close: 'Close', unread: '{n} unread messages',
      greeting: 'Hello, how can we help you?', placeholder: 'Type your question', send: 'Send', picture: 'Send a picture',
      typing: 'Typing…', offline: 'Connection lost. Reconnecting…', sending: 'Sending', sent: 'Sent',
      failed: 'Not sent', again: 'Try again', older: 'Earlier messages', tooLarge: 'The file is too large or of a type we cannot take',
      log: 'Conversation', file: 'File', voice: 'Voice message', video: 'Video', image: 'Picture', place: 'Place',
      other: 'This message cannot be shown here', recalled: 'This message was taken back', customer: 'Me', bot: 'Assistant', agent: 'Agent',
      system: 'Notice', unavailable: 'We cannot be reached right now. Please try again later.',
    },
  }
  const english = (options.lang || document.documentElement.lang || '').toLowerCase().startsWith('en')
  const words = english ? WORDS.en : WORDS.zh
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name])

  const PING_EVERY = 25_000
  const PONG_WITHIN = 10_000
  const SHOW_OFFLINE_AFTER = 3_000
  // The desk says so again every 8 s while it goes on.
  const TYPING_SHOWN = 10_000
  const TYPING_EVERY = 4_000
  const LONGEST = 4000
  const PAGE = 30

  // --- What is kept between pages --------------------------------------------------------------

  /** All tabs of a browser share it. Storage may be forbidden; then everything lasts as long as the page. */
  const memory = {
    key: `guanjia:${account}`,
    state: {},
    /** What could not be stored. */
    unsaved: {},
    load() {
      let stored
      try {
        stored = JSON.parse(localStorage.getItem(this.key))
      } catch {
        // As long as the page, then.
      }
      this.state = { ...stored, ...this.unsaved }
      return this.state
    },
    /** Nothing but the change: the rest is as another tab may have left it since. */
    save(change) {
      Object.assign(this.unsaved, change)
      this.load()
      try {
        localStorage.setItem(this.key, JSON.stringify(this.state))
        this.unsaved = {}
      } catch {
        // As long as the page, then.
      }
    },
  }
  memory.load()

  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')
  }

  // --- Who is at this end ----------------------------------------------------------------------

  class Refused extends Error {
    constructor(status) {
      super(`HTTP ${status}`)
      this.status = status
    }
  }

  async function call(method, path, { token, body, query = '' } = {}) {
    const headers = {}
    if (token) headers.Authorization = `Bearer ${token}`
    if (body && !(body instanceof FormData)) headers['Content-Type'] = 'application/json'
    const response = await fetch(`${base}/app/v1/${path}?account=${encodeURIComponent(account)}${query}`, {
      method,
      headers,
      body: body && !(body instanceof FormData) ? JSON.stringify(body) : body,
      credentials: 'omit',
    })
    if (!response.ok) throw new Refused(response.status)
    return response.status === 204 ? null : response.json()
  }

  const identity = {
    /** Gives the login's token; null while nobody has logged in. */
    source: null,
    token: null,

    async current() {
      const { source } = this
      if (source) {
        const token = this.token || (await source())
        // The page may have said meanwhile that it is somebody else, or nobody.
        if (source !== this.source) return this.current()
        this.token = token
        if (token) {
          await this.introduce(token)
          return token
        }
      }
      return memory.load().visitor || this.visitor()
    },

    /** One for all tabs: whoever comes second finds the first one's. */
    visitor() {
      const find = async () => {
        if (!memory.load().visitor) {
          const { token } = await call('POST', 'visitors')
          // Without a lock another tab may have been faster.
          if (!memory.load().visitor) memory.save({ visitor: token })
        }
        return memory.state.visitor
      }
      if (!navigator.locks) return find()
      return navigator.locks.request(memory.key, find).catch((failure) => {
        // Where storage is forbidden, locks are as well.
        if (failure.name === 'SecurityError') return find()
        throw failure
      })
    },

    /** Who wrote before they logged in goes on where they were. */
    async introduce(token) {
      const { visitor } = memory.load()
      if (!visitor) return
      try {
        await call('POST', 'login', { token, body: { visitor } })
      } catch (failure) {
        if (failure.status === 401) this.forget(token)
        // These two are about the visitor. With another token or later the rest may go well.
        if (failure.status !== 409 && failure.status !== 422) throw failure
      }
      this.drop(visitor)
    },

    /** That token is no good any more. */
    forget(token) {
      if (token === this.token) this.token = null
      else this.drop(token)
    },

    /** Not the one who may have come since. */
    drop(visitor) {
      if (memory.load().visitor === visitor) memory.save({ visitor: null })
    },
  }

  // --- The thread ------------------------------------------------------------------------------

  const thread = {
    /** Whose it is, by their token; null for who has logged in. */
    visitor: undefined,
    items: [],
    last: 0,
    read: 0,
    older: true,
    /** What was written here and is not in the thread yet. */
    pending: memory.state.outbox || [],
    /** What of it has been in the outbox, by its id. */
    kept: new Set((memory.state.outbox || []).map((one) => one.id)),

    /** False where something in between is missing. */
    add(frame) {
      if (this.items.length > 0 && frame.after > this.last) return false
      const fresh = frame.items.filter((item) => item.sequence > this.last)
      const echoed = new Set(fresh.map((item) => item.clientId))
      this.items.push(...fresh)
      this.last = Math.max(this.last, frame.sequence)
      this.pending = this.pending.filter((one) => !echoed.has(one.id))
      this.keep()
      return true
    },

    addOlder(items) {
      this.items.unshift(...items)
      this.older = items.length === PAGE
    },

    recall(sequences) {
      const gone = new Set(sequences)
      for (const item of this.items) if (gone.has(item.sequence)) item.content = { type: 'recalled' }
    },

    unread() {
      return this.items.filter((item) => item.from !== 'customer' && item.sequence > this.read).length
    },

    /** Other tabs have words in the outbox as well, and what one of them took out stays out. */
    keep() {
      const stored = memory.load().outbox || []
      const there = new Set(stored.map((one) => one.id))
      const own = this.pending.filter(
        (one) => one.state !== 'accepted' && !one.preview && (there.has(one.id) || !this.kept.has(one.id)))
      memory.save({ outbox: [...stored.filter((one) => !this.kept.has(one.id)), ...own] })
      for (const one of own) this.kept.add(one.id)
    },

    reset(visitor) {
      this.visitor = visitor
      line.received = 0
      this.items = []
      this.last = 0
      this.read = 0
      this.older = true
    },
  }

  // --- The line to the gateway -----------------------------------------------------------------

  const line = {
    socket: null,
    online: false,
    wanted: false,
    attempt: 0,
    timers: {},

    after(name, milliseconds, action) {
      clearTimeout(this.timers[name])
      this.timers[name] = setTimeout(action, milliseconds)
    },

    start() {
      if (this.wanted) return
      this.wanted = true
      this.attempt = 0
      this.lost()
      this.connect()
    },

    stop() {
      this.wanted = false
      this.drop()
    },

    /** Shown when it has lasted a moment. */
    lost() {
      this.lostAt = this.lostAt || Date.now()
      this.after('offline', SHOW_OFFLINE_AFTER, () => view.update())
    },

    lostForLong() {
      return this.wanted && !this.online && Date.now() - (this.lostAt || 0) >= SHOW_OFFLINE_AFTER
    },

    drop() {
      Object.values(this.timers).forEach(clearTimeout)
      const socket = this.socket
      this.socket = null
      this.online = false
      if (socket) {
        socket.onopen = socket.onmessage = socket.onclose = null
        socket.close()
      }
    },

    async connect() {
      clearTimeout(this.timers.retry)
      const mine = (this.generation = (this.generation || 0) + 1)
      let token
      try {
        token = await identity.current()
      } catch (failure) {
        if (mine === this.generation) this.failed(failure)
        return
      }
      if (!this.wanted || mine !== this.generation) return
      const visitor = token === identity.token ? null : token
      if (visitor !== thread.visitor) thread.reset(visitor)
      const after = thread.items.length > 0 ? `&after=${thread.last}` : ''
      const address = `${base.replace(/^http/, 'ws')}/app/v1/socket?account=${encodeURIComponent(account)}${after}`
      const socket = new WebSocket(address, ['guanjia.v1', `bearer.${token}`])
      this.socket = socket
      let opened = false
      socket.onopen = () => {
        opened = true
        this.beat()
      }
      socket.onmessage = (event) => this.hear(event.data)
      socket.onclose = (event) => {
        this.drop()
        if (event.code === 1008 && event.reason === 'token expired') identity.forget(token)
        if (opened) {
          this.retry(event.code === 1001 || event.code === 1012)
        } else {
          this.askWhy(token)
        }
      }
    },

    /** A browser does not say why a socket was refused; a request does. */
    async askWhy(token) {
      try {
        await call('GET', 'messages', { token, query: '&limit=1' })
        this.retry(false)
      } catch (failure) {
        this.failed(failure, token)
      }
    },

    failed(failure, token) {
      if (failure instanceof Refused) {
        if (failure.status === 401) {
          identity.forget(token)
        } else if (failure.status === 403 || failure.status === 404) {
          this.wanted = false
          view.refused = true
          return view.update()
        }
      }
      this.retry(false)
    },

    retry(soon) {
      view.update()
      if (!this.wanted) return
      this.lost()
      const longest = soon && this.attempt === 0 ? 500 : Math.min(30_000, 1_000 * 2 ** this.attempt)
      this.attempt++
      this.after('retry', longest / 2 + (Math.random() * longest) / 2, () => this.connect())
    },

    /** A line that is silent may be dead without a word. */
    beat() {
      this.after('ping', PING_EVERY, () => {
        this.send({ type: 'ping' })
        this.after('pong', PONG_WITHIN, () => {
          this.drop()
          this.retry(true)
        })
        this.beat()
      })
    },

    send(frame) {
      if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(frame))
    },

    hear(data) {
      clearTimeout(this.timers.pong)
      let frame
      try {
        frame = JSON.parse(data)
      } catch {
        return
      }
      switch (frame.type) {
        case 'hello':
          this.online = true
          this.attempt = 0
          this.lostAt = 0
          thread.read = Math.max(thread.read, frame.read)
          thread.older = thread.items.length > 0 ? thread.older : frame.last > PAGE
          this.flush()
          break
        case 'messages':
          if (!thread.add(frame)) {
            this.drop()
            return this.connect()
          }
          if (frame.items.some((item) => item.from !== 'customer')) view.typing(false)
          this.confirm()
          break
        case 'accepted':
        case 'refused':
          this.answered(frame)
          break
        case 'recalled':
          thread.recall(frame.sequences)
          break
        case 'typing':
          view.typing(frame.on)
          break
      }
      view.update()
    },

    answered(frame) {
      const one = thread.pending.find((each) => each.id === frame.id)
      if (!one) return
      if (frame.type === 'accepted') one.state = 'accepted'
      else if (frame.code === 'unavailable' || frame.code === 'too-many') this.after('flush', 5_000, () => this.flush())
      else one.state = 'failed'
      thread.keep()
    },

    /** Everything that is not known to be kept, in its order: again does no harm. */
    flush() {
      for (const one of thread.pending) {
        if (one.state === 'waiting') this.send({ type: 'send', id: one.id, content: one.content, at: one.at })
      }
    },

    confirm() {
      this.after('confirm', 200, () => this.confirmNow())
    },

    confirmNow() {
      if (thread.last > thread.read && view.reads()) {
        thread.read = thread.last
        this.send({ type: 'read', sequence: thread.last })
        view.update()
      } else if (thread.last > (this.received || 0)) {
        this.send({ type: 'received', sequence: thread.last })
      }
      this.received = thread.last
    },

    typed() {
      const now = Date.now()
      if (now - (this.typedAt || 0) > TYPING_EVERY) {
        this.typedAt = now
        this.send({ type: 'typing', on: true })
      }
    },
  }

  // --- Saying something ------------------------------------------------------------------------

  function write(content, preview) {
    const one = { id: newId(), content, at: new Date().toISOString(), state: 'waiting', preview }
    thread.pending.push(one)
    thread.keep()
    memory.save({ talked: true })
    line.start()
    if (line.online) line.send({ type: 'send', id: one.id, content, at: one.at })
    view.update(true)
    return one
  }

  async function writePicture(file) {
    const one = { id: newId(), content: { type: 'image', media: {} }, at: new Date().toISOString(), state: 'uploading', preview: URL.createObjectURL(file) }
    thread.pending.push(one)
    memory.save({ talked: true })
    line.start()
    view.update(true)
    try {
      const form = new FormData()
      form.append('file', file, file.name)
      const kept = await call('POST', 'media', { token: await identity.current(), body: form })
      one.content.media.id = kept.id
      one.state = 'waiting'
      if (line.online) line.flush()
    } catch (failure) {
      one.state = 'failed'
      one.reason = failure instanceof Refused ? say('tooLarge') : undefined
      one.file = file
    }
    view.update()
  }

  function again(one) {
    thread.pending = thread.pending.filter((each) => each !== one)
    if (one.file) writePicture(one.file)
    else write(one.content, one.preview)
  }

  // --- What is seen ----------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial; --jade: COLOUR; --ink: #1d2521; --soft: #66706b; --line: #e2e6e3; --paper: #f5f7f5; }
    * { box-sizing: border-box; font-family: -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif; }
    [hidden] { display: none !important; }
    button { font-size: inherit; color: inherit; border: 0; background: none; padding: 0; cursor: pointer; }
    :focus-visible { outline: 2px solid var(--jade); outline-offset: 2px; }
    .launcher { position: fixed; SIDE: 24px; bottom: 24px; width: 56px; height: 56px; border-radius: 28px; background: var(--jade); color: #fff; box-shadow: 0 6px 20px rgba(0,0,0,.2); display: grid; place-items: center; z-index: 2147483000; }
    .badge { position: absolute; top: -4px; right: -4px; min-width: 20px; height: 20px; padding: 0 6px; border-radius: 10px; background: #d33a2c; color: #fff; font-size: 12px; line-height: 20px; text-align: center; }
    .panel { position: fixed; SIDE: 24px; bottom: 96px; width: 376px; height: min(600px, calc(100vh - 128px)); display: flex; flex-direction: column; background: #fff; color: var(--ink); border-radius: 12px; box-shadow: 0 12px 40px rgba(0,0,0,.22); overflow: hidden; z-index: 2147483000; font-size: 15px; line-height: 1.5; }
    header { display: flex; align-items: center; justify-content: space-between; padding: 12px 16px; background: var(--jade); color: #fff; font-weight: 600; }
    header button { width: 36px; height: 36px; margin: -6px -8px -6px 0; border-radius: 8px; display: grid; place-items: center; }
    header :focus-visible { outline-color: #fff; }
    .offline { padding: 6px 16px; background: #fff4e0; color: #7a4b00; font-size: 13px; }
    .log { flex: 1; overflow-y: auto; padding: 16px; background: var(--paper); overscroll-behavior: contain; }
    .older { display: block; margin: 0 auto 12px; color: var(--soft); font-size: 13px; text-decoration: underline; }
    .time { margin: 12px 0; text-align: center; color: var(--soft); font-size: 12px; }
    .said { display: flex; flex-direction: column; align-items: flex-start; margin: 0 0 12px; }
    .said.own { align-items: flex-end; }
    .who { margin: 0 4px 2px; font-size: 12px; color: var(--soft); }
    .bubble { max-width: 84%; padding: 8px 12px; border-radius: 4px 12px 12px 12px; background: #fff; border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
    .own .bubble { background: var(--jade); border-color: var(--jade); color: #fff; border-radius: 12px 4px 12px 12px; }
    .bubble a { color: inherit; }
    .bubble.bare { padding: 0; overflow: hidden; background: none; border: 0; }
    .bubble img, .bubble video { display: block; max-width: 100%; max-height: 240px; border-radius: 8px; }
    .card { display: block; text-decoration: none; }
    .card b { display: block; }
    .card span { color: var(--soft); font-size: 13px; }
    .choices { display: flex; flex-direction: column; gap: 6px; margin-top: 8px; }
    .choices button { padding: 8px 12px; border: 1px solid var(--jade); border-radius: 8px; color: var(--jade); text-align: start; background: #fff; }
    .state { margin: 2px 4px 0; font-size: 12px; color: var(--soft); }
    .state.failed { color: #b3261e; }
    .state button { text-decoration: underline; margin-inline-start: 6px; }
    .typing { min-height: 20px; padding: 0 16px; font-size: 12px; color: var(--soft); background: var(--paper); }
    form { display: flex; align-items: flex-end; gap: 8px; padding: 10px 12px; border-top: 1px solid var(--line); }
    textarea { flex: 1; min-height: 40px; max-height: 120px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 8px; resize: none; font-size: 16px; line-height: 22px; color: inherit; background: #fff; }
    form button { height: 40px; min-width: 40px; border-radius: 8px; display: grid; place-items: center; color: var(--soft); }
    form .send { padding: 0 14px; background: var(--jade); color: #fff; }
    .send:disabled { opacity: .5; cursor: default; }
    @media (max-width: 480px) {
      .panel { inset: 0; width: auto; height: 100vh; height: 100dvh; border-radius: 0; }
      header { padding-top: max(12px, env(safe-area-inset-top)); }
      form { padding-bottom: max(10px, env(safe-area-inset-bottom)); }
    }
    @media (prefers-reduced-motion: no-preference) { .panel { animation: rise .16s ease-out; } }
    @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
  `

  /** An element; what would be markup in a text stays text. */
  function h(tag, properties = {}, ...children) {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
      else if (name in element && name !== 'role' && !name.startsWith('aria')) element[name] = value
      else element.setAttribute(name, value === true ? '' : value)
    }
    element.append(...children.filter((child) => child !== undefined && child !== null))
    return element
  }

  function icon(path) {
    const space = 'http://www.w3.org/2000/svg'
    const drawing = document.createElementNS(space, 'svg')
    const attributes = { viewBox: '0 0 24 24', width: 24, height: 24, fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' }
    for (const [name, value] of Object.entries(attributes)) drawing.setAttribute(name, value)
    const shape = document.createElementNS(space, 'path')
    shape.setAttribute('d', path)
    drawing.append(shape)
    return drawing
  }

  const ICONS = {
    chat: 'M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5Z',
    close: 'M6 6l12 12M18 6L6 18',
    picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  }

  /** Null for what nobody should be led to, such as javascript:. */
  function safe(address) {
    try {
      const url = new URL(address, base)
      return ['http:', 'https:', 'tel:', 'mailto:'].includes(url.protocol) ? url.href : null
    } catch {
      return null
    }
  }

  function linked(text) {
    const parts = []
    let from = 0
    for (const match of text.matchAll(/https?:\/\/[^\s<>"'，。；！？、（）]+/g)) {
      const href = safe(match[0])
      if (!href) continue
      parts.push(text.slice(from, match.index), anchor(href, {}, match[0]))
      from = match.index + match[0].length
    }
    parts.push(text.slice(from))
    return parts
  }

  function anchor(href, properties, ...children) {
    return h('a', { href, target: '_blank', rel: 'noopener noreferrer', ...properties }, ...children)
  }

  function fileAt(media, fallback, make) {
    const href = media?.url && safe(media.url)
    return href ? make(href) : h('div', { className: 'bubble' }, fallback)
  }

  const CONTENTS = {
    text: (content) => h('div', { className: 'bubble' }, ...linked(content.body)),
    choice: (content) => h('div', { className: 'bubble' }, content.label),
    image: (content, one) =>
      one?.preview
        ? h('div', { className: 'bubble bare' }, h('img', { src: one.preview, alt: say('image'), onload: () => view.stick() }))
        : fileAt(content.media, say('image'), (href) =>
            h('div', { className: 'bubble bare' }, anchor(href, {}, h('img', { src: href, alt: say('image'), loading: 'lazy', onload: () => view.stick() })))),
    voice: (content) =>
      fileAt(content.media, say('voice'), (href) =>
        /amr|silk/.test(content.media.mimeType || '')
          ? h('div', { className: 'bubble' }, anchor(href, {}, say('voice')))
          : h('div', { className: 'bubble bare' }, h('audio', { src: href, controls: true, preload: 'none' }))),
    video: (content) =>
      fileAt(content.media, say('video'), (href) =>
        h('div', { className: 'bubble bare' }, h('video', { src: href, controls: true, preload: 'metadata' }))),
    file: (content) =>
      fileAt(content.media, content.name || say('file'), (href) =>
        h('div', { className: 'bubble' }, anchor(href, { download: content.name || '' }, content.name || say('file')))),
    location: (content) =>
      h('div', { className: 'bubble' },
        anchor(`https://uri.amap.com/marker?position=${Number(content.longitude)},${Number(content.latitude)}&name=${encodeURIComponent(content.label || '')}`, {}, content.label || say('place'))),
    link: (content) => {
      const href = safe(content.url)
      const inside = [h('b', {}, content.title), content.description ? h('span', {}, content.description) : null]
      return h('div', { className: 'bubble' }, href ? anchor(href, { className: 'card' }, ...inside) : h('div', {}, ...inside))
    },
    suggestions: (content, _, last) =>
      h('div', { className: 'bubble' }, content.text,
        h('div', { className: 'choices' },
          ...content.options.map((option) =>
            h('button', { type: 'button', disabled: !last, onclick: () => write({ type: 'choice', id: option.id, label: option.label }) }, option.label))),
        content.tail || null),
    recalled: () => h('div', { className: 'bubble' }, say('recalled')),
  }

  function shown(content, one, last) {
    const make = CONTENTS[content.type]
    return make ? make(content, one, last) : h('div', { className: 'bubble' }, say('other'))
  }

  const view = {
    shown: false,
    refused: false,
    typingUntil: 0,

    build() {
      const colour = /^#[0-9a-f]{3,8}$/i.test(options.color || '') ? options.color : '#0d6b4f'
      const css = STYLE.replace('COLOUR', colour).replaceAll('SIDE', options.position === 'left' ? 'left' : 'right')
      this.host = h('div', { id: 'guanjia-widget', lang: english ? 'en' : 'zh-CN' })
      const root = this.host.attachShadow({ mode: 'open' })
      if (root.adoptedStyleSheets && 'replaceSync' in CSSStyleSheet.prototype) {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        root.adoptedStyleSheets = [sheet]
      } else {
        root.append(h('style', { nonce: script.nonce }, css))
      }
      this.badge = h('span', { className: 'badge', hidden: true })
      this.launcher = h('button', { type: 'button', className: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: () => this.toggle() }, icon(ICONS.chat), this.badge)
      this.offline = h('div', { className: 'offline', role: 'status', hidden: true }, say('offline'))
      this.older = h('button', { type: 'button', className: 'older', hidden: true, onclick: () => this.loadOlder() }, say('older'))
      this.lines = h('div', {})
      this.atBottom = true
      this.scrollTop = 0
      this.log = h('div', { className: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': say('log'), tabIndex: 0, onscroll: () => this.scrolled() }, this.older, this.lines)
      this.sign = h('div', { className: 'typing', role: 'status' })
      this.field = h('textarea', { rows: 1, maxLength: LONGEST, placeholder: say('placeholder'), 'aria-label': say('placeholder'), oninput: () => this.typed(), onkeydown: (event) => this.key(event) })
      this.sendButton = h('button', { type: 'submit', className: 'send', disabled: true }, say('send'))
      this.picker = h('input', { type: 'file', accept: 'image/*', hidden: true, onchange: () => this.picked() })
      const form = h('form', { onsubmit: (event) => this.submit(event) },
        h('button', { type: 'button', 'aria-label': say('picture'), title: say('picture'), onclick: () => this.picker.click() }, icon(ICONS.picture)),
        this.picker, this.field, this.sendButton)
      this.panel = h('section', { className: 'panel', role: 'dialog', 'aria-label': options.title || say('title'), hidden: true, onkeydown: (event) => this.trap(event) },
        h('header', {}, h('span', {}, options.title || say('title')),
          h('button', { type: 'button', 'aria-label': say('close'), onclick: () => this.hide() }, icon(ICONS.close))),
        this.offline, this.log, this.sign, form)
      root.append(this.launcher, this.panel)
      document.body.append(this.host)
      this.update()
    },

    toggle() {
      if (this.shown) this.hide()
      else this.show()
    },

    show() {
      this.shown = true
      this.panel.hidden = false
      this.launcher.setAttribute('aria-expanded', 'true')
      line.start()
      this.update(true)
      line.confirm()
      this.field.focus()
    },

    hide() {
      // What was on the screen is read, however soon it is closed.
      line.confirmNow()
      this.shown = false
      this.panel.hidden = true
      this.launcher.setAttribute('aria-expanded', 'false')
      this.update()
      this.launcher.focus()
    },

    /** Whether somebody looks at it. */
    reads() {
      return this.shown && document.visibilityState === 'visible'
    },

    /** On a phone the panel covers the page, so the page behind is not to be reached. */
    trap(event) {
      if (event.key === 'Escape') return this.hide()
      if (event.key !== 'Tab' || !matchMedia('(max-width: 480px)').matches) return
      const stops = [...this.panel.querySelectorAll('button, textarea, a[href], [tabindex="0"]')].filter((each) => !each.hidden && !each.disabled)
      const at = stops.indexOf(this.panel.getRootNode().activeElement)
      if (event.shiftKey && at <= 0) stops.at(-1).focus()
      else if (!event.shiftKey && at === stops.length - 1) stops[0].focus()
      else return
      event.preventDefault()
    },

    typed() {
      this.sendButton.disabled = this.field.value.trim() === ''
      this.field.style.height = 'auto'
      this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 120)}px`
      if (!this.sendButton.disabled) line.typed()
    },

    /** Return that ends an input method's word sends nothing. */
    key(event) {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) this.submit(event)
    },

    submit(event) {
      event.preventDefault()
      const body = this.field.value.trim()
      if (body === '') return
      this.field.value = ''
      this.typed()
      write({ type: 'text', body })
    },

    picked() {
      const file = this.picker.files[0]
      this.picker.value = ''
      if (file) writePicture(file)
    },

    typing(on) {
      this.typingUntil = on ? Date.now() + TYPING_SHOWN : 0
      line.after('typing', TYPING_SHOWN, () => this.update())
    },

    async loadOlder() {
      const first = thread.items[0]?.sequence
      if (!first) return
      try {
        const page = await call('GET', 'messages', { token: await identity.current(), query: `&before=${first}&limit=${PAGE}` })
        const height = this.log.scrollHeight - this.log.scrollTop
        thread.addOlder(page.items)
        this.update()
        this.log.scrollTop = this.log.scrollHeight - height
      } catch {
        // The button is still there.
      }
    },

    /** Whoever reads at the bottom stays there. */
    stick() {
      if (this.atBottom) this.log.scrollTop = this.log.scrollHeight
    },

    /** Only who scrolls up leaves the bottom; a picture that grows under them is not their doing. */
    scrolled() {
      if (this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60) this.atBottom = true
      else if (this.log.scrollTop < this.scrollTop) this.atBottom = false
      this.scrollTop = this.log.scrollTop
    },

    update(toBottom = false) {
      if (!this.host) return
      const unread = this.shown ? 0 : thread.unread()
      this.badge.hidden = unread === 0
      this.badge.textContent = unread > 99 ? '99+' : String(unread)
      this.launcher.setAttribute('aria-label', unread > 0 ? `${say('open')}，${say('unread', { n: unread })}` : say('open'))
      if (!this.shown) return
      if (toBottom) this.atBottom = true
      this.offline.hidden = !this.refused && !line.lostForLong()
      this.offline.textContent = say(this.refused ? 'unavailable' : 'offline')
      this.older.hidden = !thread.older || thread.items.length === 0
      this.sign.textContent = this.typingUntil > Date.now() ? say('typing') : ''
      this.draw()
      this.stick()
    },

    /** Lines change only when they are taken back, so what is drawn stays; only what follows is made anew. */
    draw() {
      const greeting = h('div', { className: 'said' }, h('div', { className: 'bubble' }, options.greeting || say('greeting')))
      const wanted = thread.items.length > 0 || thread.pending.length > 0 ? [] : [['greeting', () => greeting]]
      const lastOne = thread.items.at(-1)
      let before = 0
      for (const item of thread.items) {
        const at = Date.parse(item.at)
        if (at - before > 300_000) wanted.push([`time-${item.sequence}`, () => h('div', { className: 'time' }, this.time(at))])
        before = at
        const open = item === lastOne && thread.pending.length === 0
        const { type } = item.content
        wanted.push([`${item.sequence}${type === 'suggestions' ? open : type === 'recalled' ? type : ''}`, () => this.item(item, open)])
      }
      for (const one of thread.pending) wanted.push([`${one.id}-${one.state}`, () => this.pendingItem(one)])
      const present = new Map([...this.lines.children].map((child) => [child.dataset.key, child]))
      const nodes = wanted.map(([key, make]) => {
        const node = present.get(key) || make()
        node.dataset.key = key
        return node
      })
      const keep = new Set(nodes)
      for (const child of [...this.lines.children]) if (!keep.has(child)) child.remove()
      nodes.forEach((node, index) => {
        if (this.lines.children[index] !== node) this.lines.insertBefore(node, this.lines.children[index] || null)
      })
    },

    item(item, last) {
      const own = item.from === 'customer'
      return h('div', { className: own ? 'said own' : 'said' },
        own ? null : h('div', { className: 'who' }, item.name || say(item.from)),
        shown(item.content, null, last))
    },

    pendingItem(one) {
      const failed = one.state === 'failed'
      return h('div', { className: 'said own' }, shown(one.content, one, false),
        h('div', { className: failed ? 'state failed' : 'state' },
          failed ? one.reason || say('failed') : one.state === 'accepted' ? say('sent') : say('sending'),
          failed ? h('button', { type: 'button', onclick: () => again(one) }, say('again')) : null))
    },

    time(at) {
      const day = new Date(at).toDateString() === new Date().toDateString()
      return new Intl.DateTimeFormat(english ? 'en' : 'zh-CN', {
        hour: '2-digit', minute: '2-digit', ...(day ? {} : { month: 'short', day: 'numeric' }),
      }).format(at)
    },
  }

  // --- What the page may do --------------------------------------------------------------------

  function become(source) {
    line.stop()
    identity.source = source
    identity.token = null
    thread.reset()
    if (source || (memory.state.visitor && (view.shown || memory.state.talked))) line.start()
    view.update()
  }

  /** Another one whenever somebody logs out, in whichever tab. */
  let left = memory.state.left

  function leave() {
    left = memory.state.left
    thread.pending = []
    become(null)
  }

  /** The tabs of a browser are one person's: who comes or goes in one does so in all. */
  function follow() {
    memory.load()
    if (memory.state.left !== left) leave()
    else if (thread.visitor && thread.visitor !== memory.state.visitor) become(identity.source)
  }

  window.Guanjia = Object.freeze({
    version: 1,
    open: () => view.show(),
    close: () => view.hide(),
    unread: () => thread.unread(),
    /** A token of the company's login, or a function that gets one, now and when it has expired. */
    login: (token) => become(typeof token === 'function' ? token : async () => token),
    /** The next one at this screen sees nothing of it. */
    logout: () => {
      memory.save({ visitor: null, outbox: [], talked: false, left: newId() })
      leave()
    },
  })

  addEventListener('online', () => {
    if (line.wanted && !line.online) {
      line.attempt = 0
      line.drop()
      line.connect()
    }
  })
  addEventListener('storage', (event) => {
    // Without a key everything was cleared.
    if (event.key === memory.key || event.key === null) follow()
  })
  document.addEventListener('visibilitychange', () => {
    if (view.reads()) line.confirm()
  })

  function start() {
    view.build()
    if (options.tokenUrl) {
      become(async () => {
        const response = await fetch(options.tokenUrl, { credentials: 'same-origin' })
        // Nobody becomes a stranger because the login is out of order: it is asked again.
        if (response.status >= 500) throw new Error('login')
        return response.ok && response.status !== 204 ? (await response.text()).trim() : null
      })
    } else if (memory.state.talked) {
      line.start()
    }
    if ('open' in options) view.show()
    dispatchEvent(new CustomEvent('guanjia:ready'))
  }

  if (document.body) start()
  else addEventListener('DOMContentLoaded', start)
})()
