import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { arrival, channelsApi } from './channels.mjs'
import { media, upload, uploads } from './media.mjs'
import { createWorld, USERS, view } from './world.mjs'

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

const sessions = new Map()
const tickets = new Map()
const lines = new Set() // { socket, user, watched }
let awayUntil = 0

const world = createWorld(tell)

function tell(event) {
  const queue = queued()
  for (const line of lines) {
    if (event.kind === 'conversation') {
      push(line, { type: 'conversation', conversation: view(event.conversation, queue) })
      push(line, { type: 'counts', ...counts(line.user) })
    } else if (line.watched.has(event.conversation.id)) {
      push(line, { type: 'messages', conversation: event.conversation.id, since: event.since, revision: event.conversation.revision, items: event.items })
    }
  }
}

function push(line, message) {
  line.socket.send(JSON.stringify(message))
}

function queued() {
  return [...world.conversations.values()].filter((one) => one.state === 'waiting').sort((a, b) => a.since.localeCompare(b.since))
}

function counts(user) {
  const all = [...world.conversations.values()]
  return {
    queue: all.filter((one) => one.state === 'waiting').length,
    mine: all.filter((one) => one.agent?.username === user.username).length,
    bot: all.filter((one) => one.state === 'bot').length,
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://desk')
  if (Date.now() < awayUntil && !url.pathname.startsWith('/dev/')) {
    if (process.env.LOUD) console.log('refused', request.method, url.pathname)
    request.socket.destroy()
    return
  }
  try {
    const body = await read(request)
    const answer = await route(request, url, body)
    send(response, answer ?? problem(404, 'not-found', '没有这个地址'))
  } catch (failure) {
    send(response, failure.answer ?? problem(500, 'unexpected', String(failure)))
  }
})

/** Ways out that are shut. */
let circuits = [
  { channel: 'wechat', account: 'bank', api: 'template-send', alarm: true, reason: 'errcode 48004 api 接口被封禁', since: new Date().toISOString(), until: null },
]

async function route(request, url, body) {
  const path = url.pathname
  const method = request.method
  if (path.startsWith('/dev/')) {
    return control(path, JSON.parse(body.toString() || '{}'))
  }
  const cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')))
  const setCookies = cookies['XSRF-TOKEN'] ? [] : [`XSRF-TOKEN=${randomUUID()}; Path=/; SameSite=Lax`]
  if (!path.startsWith('/api/v1/')) {
    const found = page(path)
    return found && { ...found, cookies: setCookies }
  }
  if (method !== 'GET' && (!cookies['XSRF-TOKEN'] || request.headers['x-xsrf-token'] !== cookies['XSRF-TOKEN'])) {
    return { ...problem(403, 'csrf', '请求令牌无效'), cookies: setCookies }
  }
  const user = sessions.get(cookies.guanjia_session)
  const answer = (await api(method, path.slice('/api/v1'.length), url, body, user, request, cookies)) ?? problem(404, 'not-found', '找不到')
  return { ...answer, cookies: [...setCookies, ...(answer.cookies ?? [])] }
}

async function api(method, path, url, body, user, request, cookies) {
  const json = () => JSON.parse(body.toString() || '{}')
  if (method === 'POST' && path === '/session') {
    const { username, password } = json()
    await pause(300)
    if (username === 'many') {
      return { ...problem(429, 'too-many-attempts', '尝试次数过多'), headers: { 'Retry-After': '12' } }
    }
    const who = USERS[username]
    if (!who || password !== 'demo') {
      return problem(401, 'bad-credentials', '用户名或密码不正确')
    }
    const id = randomUUID()
    sessions.set(id, who)
    return { ...ok(who), cookies: [`guanjia_session=${id}; Path=/; HttpOnly; SameSite=Lax`] }
  }
  if (!user) {
    return problem(401, 'not-signed-in', '请先登录')
  }
  if (path === '/session' && method === 'DELETE') {
    sessions.delete(cookies.guanjia_session)
    return { status: 204 }
  }
  if (path === '/me') {
    return ok(user)
  }
  if (path === '/words') {
    return ok(channelWords(request.headers['accept-language']?.startsWith('en') ? '_en' : ''))
  }
  if (path === '/me/presence') {
    user.presence = json().status
    return ok(user)
  }
  if (path === '/me/locale') {
    user.locale = json().locale
    return ok(user)
  }
  if (path === '/circuits') {
    return ok(circuits)
  }
  if (path === '/circuits/close') {
    const way = json()
    circuits = circuits.filter((one) => one.account !== way.account || one.api !== way.api)
    return { status: 204 }
  }
  const channel = channelsApi(method, path, json, ok, problem)
  if (channel) {
    return channel
  }
  if (path === '/desk/tickets') {
    const ticket = randomUUID()
    tickets.set(ticket, user)
    return ok({ ticket })
  }
  if (path === '/media' && method === 'POST') {
    return upload(request, body)
  }
  if (path.startsWith('/media/')) {
    return media(path.slice('/media/'.length))
  }
  if (path === '/conversations') {
    return list(url, user)
  }
  const retry = path.match(/^\/messages\/([^/]+)\/retry$/)
  if (retry) {
    const conversation = [...world.conversations.values()].find((one) => one.messages.some((message) => message.id === retry[1]))
    const message = conversation.messages.find((one) => one.id === retry[1])
    world.deliver(conversation, message, 'sending')
    setTimeout(() => world.deliver(conversation, message, 'accepted'), 1200)
    return ok(message)
  }
  const [, id, rest] = path.match(/^\/conversations\/([^/]+)(?:\/(.+))?$/) ?? []
  const conversation = world.conversations.get(id)
  return conversation ? one(conversation, rest, method, url, json, user) : undefined
}

async function one(conversation, rest, method, url, json, user) {
  const by = { kind: 'agent', name: user.name }
  const shown = () => ok({ ...view(conversation, queued()), changes: conversation.changes })
  if (rest === undefined) {
    return shown()
  }
  if (rest === 'take') {
    if (conversation.state === 'agent' && !user.roles.includes('supervisor')) {
      return { ...problem(409, 'conversation-taken', '已被接入'), extra: { agent: conversation.agent.username } }
    }
    conversation.agent = { username: user.username, name: user.name }
    world.change(conversation, 'agent', by)
    return shown()
  }
  if (rest === 'name') {
    conversation.name = json().name || null
    conversation.changes.push({ at: new Date().toISOString(), from: conversation.state, to: conversation.state, by, reason: 'named' })
    return shown()
  }
  if (rest === 'hand-back' || rest === 'close') {
    world.change(conversation, rest === 'close' ? 'closed' : 'bot', by)
    return shown()
  }
  if (rest === 'typing') {
    return { status: 204 }
  }
  if (rest === 'messages' && method === 'GET') {
    await pause(120)
    return ok(pageOf(conversation, url))
  }
  if (rest === 'notes') {
    const { clientId, body } = json()
    return { status: 201, json: world.agentSays(conversation, user, clientId, { type: 'text', body }, true) }
  }
  if (rest === 'messages/preview') {
    const { content } = json()
    return ok(arrival(conversation.channel, content, uploads.get(content.media?.id)?.described.mimeType))
  }
  if (rest === 'messages') {
    await pause(350)
    if (conversation.agent?.username !== user.username) {
      return problem(409, 'not-yours', '请先接入')
    }
    const { clientId, content } = json()
    if (/掉线/.test(content.body ?? '')) {
      lines.forEach((line) => line.socket.close(1011))
    }
    const file = uploads.get(content.media?.id)?.described
    const full = file ? { ...content, media: file, name: file.name } : content
    return { status: 201, json: world.agentSays(conversation, user, clientId, full) }
  }
}

function pageOf(conversation, url) {
  const after = url.searchParams.get('after')
  const limit = Number(url.searchParams.get('limit') ?? 50)
  const items =
    after === null
      ? conversation.messages.filter((message) => message.seq < Number(url.searchParams.get('before'))).slice(-limit)
      : conversation.messages.filter((message) => message.revision > Number(after))
  return { items, revision: conversation.revision }
}

function list(url, user) {
  const name = url.searchParams.get('view')
  const q = url.searchParams.get('q')
  const limit = Number(url.searchParams.get('limit') ?? 50)
  const queue = queued()
  const chosen = {
    queue: () => queue,
    mine: () => all().filter((one) => one.agent?.username === user.username),
    bot: () => all().filter((one) => one.state === 'bot'),
    closed: () => all().filter((one) => one.state === 'closed'),
    all,
  }[name]()
  const hits = q ? chosen.filter((one) => one.party.includes(q) || one.name?.includes(q)) : chosen
  const from = Number(url.searchParams.get('before') ?? 0)
  const items = hits.slice(from, from + limit).map((one) => view(one, queue))
  return ok({ items, next: from + limit < hits.length ? String(from + limit) : null, counts: counts(user) })
}

function all() {
  const at = (one) => one.messages.at(-1)?.sentAt ?? one.since
  return [...world.conversations.values()].sort((a, b) => at(b).localeCompare(at(a)))
}

function control(path, { party, text, content, seconds, code, agent }) {
  const conversation = [...world.conversations.values()].find((one) => one.party === party || one.name === party)
  if (path === '/dev/say') {
    world.customerSays(conversation, content ?? text)
  } else if (path === '/dev/arrive') {
    const fresh = world.begin({ party: `oK4w-${randomUUID()}`, name: text, channel: 'wechat', account: 'demo', state: 'waiting', since: 0, reason: 'asked', window: { remaining: 5, minutes: 2880 }, lines: [[0, null, '人工']] })
    world.touch(fresh)
  } else if (path === '/dev/typing') {
    lines.forEach((line) => push(line, { type: 'typing', conversation: conversation.id, agent }))
  } else if (path === '/dev/gap') {
    lines.forEach((line) => push(line, { type: 'messages', conversation: conversation.id, since: conversation.revision + 5, revision: conversation.revision + 6, items: [] }))
  } else if (path === '/dev/drop') {
    awayUntil = Date.now() + (seconds ?? 5) * 1000
    lines.forEach((line) => line.socket.close(code ?? 1011))
  } else if (path === '/dev/expire') {
    sessions.clear()
    lines.forEach((line) => line.socket.close(4401))
  }
  return ok({ done: true })
}

function page(path) {
  const file = join(DIST, normalize(path === '/' || !path.includes('.') ? 'index.html' : path))
  if (!file.startsWith(DIST) || !existsSync(file)) {
    return undefined
  }
  return { status: 200, bytes: readFileSync(file), type: TYPES[extname(file)] ?? 'application/octet-stream' }
}

const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (request, socket, head) => {
  const ticket = new URL(request.url, 'http://desk').searchParams.get('ticket')
  const user = tickets.get(ticket)
  tickets.delete(ticket)
  if (!user || Date.now() < awayUntil) {
    socket.destroy()
    return
  }
  sockets.handleUpgrade(request, socket, head, (wire) => {
    const line = { socket: wire, user, watched: new Set() }
    lines.add(line)
    push(line, { type: 'hello', user: user.username, node: 'fake' })
    wire.on('close', () => lines.delete(line))
    wire.on('message', (data) => heard(line, JSON.parse(String(data))))
  })
})

function heard(line, message) {
  const conversation = world.conversations.get(message.conversation)
  if (message.type === 'ping') {
    push(line, { type: 'pong' })
  } else if (message.type === 'unwatch') {
    line.watched.delete(message.conversation)
  } else if (message.type === 'watch' && conversation) {
    line.watched.add(conversation.id)
    const items = conversation.messages.filter((one) => one.revision > message.revision)
    push(line, { type: 'messages', conversation: conversation.id, since: message.revision, revision: conversation.revision, items })
  }
}

function ok(json) {
  return { status: 200, json }
}

function problem(status, code, title) {
  return { status, json: { type: 'about:blank', title, status, detail: title, code }, type: 'application/problem+json' }
}

function send(response, { status, json, extra, bytes, type, headers, cookies }) {
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(extra === undefined ? json : { ...json, ...extra }))
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'Content-Type': type ?? 'application/json' }),
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    ...headers,
    ...(cookies?.length ? { 'Set-Cookie': cookies } : {}),
  })
  response.end(body)
}

async function read(request) {
  const parts = []
  for await (const part of request) {
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms))
}

/** Starts on the given port, or any free one, and resolves to its address. */
export function startFake(port = 0) {
  return new Promise((done) => {
    server.listen(port, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`))
  })
}

/** What channels bring of words, from their own folders. */
function channelWords(language) {
  const adapters = new URL('../../../../adapters/', import.meta.url)
  const files = readdirSync(adapters)
    .map((one) => new URL(`${one}/src/main/resources/console/`, adapters))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('_en.properties') === (language === '_en')).map((name) => new URL(name, folder)))
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).filter((line) => line.includes('='))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
