// The widget belongs to the app channel (adapters/app). It is a plain script and is tested here, where
// there is what it takes: run as a page runs it, against a gateway that answers what a test wants.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const SOURCE = readFileSync('../../../adapters/app/src/main/resources/io/guanjia/adapters/app/widget.js', 'utf8')

interface Sent {
  type: string
  id?: string
  sequence?: number
  content?: unknown
}

class FakeSocket {
  static all: FakeSocket[] = []
  readyState = 0
  sent: Sent[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.all.push(this)
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Sent)
  }

  close(): void {
    this.readyState = 3
  }

  accept(last = 0, read = 0): void {
    this.readyState = 1
    this.onopen?.()
    this.say({ type: 'hello', customer: 'visitor:1', visitor: true, last, read })
  }

  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }

  lose(code = 1006, reason = ''): void {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }

  of(type: string): Sent[] {
    return this.sent.filter((frame) => frame.type === type)
  }
}

interface Widget {
  open(): void
  close(): void
  unread(): number
}

function guanjia(): Widget {
  return (window as unknown as { Guanjia: Widget }).Guanjia
}

function root(): ShadowRoot {
  return document.querySelector('#guanjia-widget')!.shadowRoot!
}

function one<E extends Element>(selector: string): E {
  return root().querySelector<E>(selector)!
}

function all(selector: string): string[] {
  return [...root().querySelectorAll(selector)].map((each) => each.textContent ?? '')
}

function line(sequence: number, from: string, content: object, clientId?: string): object {
  return { sequence, id: `m${sequence}`, from, content, at: '2026-03-02T08:30:00Z', ...(clientId ? { clientId } : {}) }
}

function run(attributes: Record<string, string> = {}): void {
  const script = document.createElement('script')
  script.setAttribute('src', 'https://chat.bank.example/widget.js')
  Object.assign(script.dataset, { account: 'web', ...attributes })
  Object.defineProperty(document, 'currentScript', { value: script, configurable: true })
  // As a page does it; there is nothing of ours in it but the file.
  new Function(SOURCE)()
}

/** The socket that is there once what was begun is done. */
async function connected(last = 0, read = 0): Promise<FakeSocket> {
  await vi.advanceTimersByTimeAsync(1)
  const socket = FakeSocket.all.at(-1)!
  socket.accept(last, read)
  return socket
}

function write(words: string): void {
  const field = one<HTMLTextAreaElement>('textarea')
  field.value = words
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
}

describe('the widget', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeSocket.all = []
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify({ token: 'visitor-token' }), { status: 201 })))
    localStorage.clear()
    document.body.replaceChildren()
    delete (window as unknown as { Guanjia?: Widget }).Guanjia
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('asks nobody anything until somebody opens it', async () => {
    run()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(fetch).not.toHaveBeenCalled()
    expect(FakeSocket.all).toHaveLength(0)
  })

  it('shows its token among the protocols and never in the address', async () => {
    run()
    guanjia().open()
    const socket = await connected()
    expect(socket.url).toBe('wss://chat.bank.example/app/v1/socket?account=web')
    expect(socket.protocols).toEqual(['guanjia.v1', 'bearer.visitor-token'])
  })

  it('goes on after the last line it has', async () => {
    run()
    guanjia().open()
    const first = await connected(2)
    first.say({ type: 'messages', after: 0, sequence: 2, items: [line(1, 'customer', { type: 'text', body: '在吗' }), line(2, 'bot', { type: 'text', body: '在的' })] })
    first.lose()
    await vi.advanceTimersByTimeAsync(2_000)
    const second = await connected(3)
    expect(second.url).toContain('&after=2')
    second.say({ type: 'messages', after: 2, sequence: 3, items: [line(3, 'agent', { type: 'text', body: '我来了' })] })
    expect(all('.said .bubble')).toEqual(['在吗', '在的', '我来了'])
  })

  it('connects again where something in between is missing', async () => {
    run()
    guanjia().open()
    const first = await connected(1)
    first.say({ type: 'messages', after: 0, sequence: 1, items: [line(1, 'bot', { type: 'text', body: '一' })] })
    first.say({ type: 'messages', after: 4, sequence: 5, items: [line(5, 'bot', { type: 'text', body: '五' })] })
    await vi.advanceTimersByTimeAsync(1)
    expect(FakeSocket.all).toHaveLength(2)
    expect(FakeSocket.all[1]!.url).toContain('&after=1')
  })

  it('keeps what it could not send, also when the page is left, and sends it under the same id', async () => {
    run()
    guanjia().open()
    const first = await connected()
    first.lose()
    write('离线写的')
    document.body.replaceChildren()
    delete (window as unknown as { Guanjia?: Widget }).Guanjia
    run()
    guanjia().open()
    const second = await connected()
    const sent = second.of('send')
    expect(sent).toHaveLength(1)
    second.say({ type: 'accepted', id: sent[0]!.id })
    second.say({ type: 'messages', after: 0, sequence: 1, items: [line(1, 'customer', { type: 'text', body: '离线写的' }, sent[0]!.id)] })
    expect(all('.said .bubble')).toEqual(['离线写的'])
    expect(JSON.parse(localStorage.getItem('guanjia:web')!)).toMatchObject({ outbox: [] })
  })

  it('says that a message will never be taken, and lets it be sent anew', async () => {
    run()
    guanjia().open()
    const socket = await connected()
    write('太长了')
    socket.say({ type: 'refused', id: socket.of('send')[0]!.id, code: 'too-long' })
    expect(all('.state.failed')[0]).toContain('未能发送')
    one<HTMLButtonElement>('.state button').click()
    expect(socket.of('send')).toHaveLength(2)
    expect(socket.of('send')[1]!.id).not.toBe(socket.of('send')[0]!.id)
  })

  it('reports what was received, and as read only what is looked at', async () => {
    run()
    guanjia().open()
    const socket = await connected()
    guanjia().close()
    socket.say({ type: 'messages', after: 0, sequence: 1, items: [line(1, 'agent', { type: 'text', body: '您好' })] })
    await vi.advanceTimersByTimeAsync(500)
    expect(socket.of('received')).toEqual([{ type: 'received', sequence: 1 }])
    expect(socket.of('read')).toEqual([])
    expect(guanjia().unread()).toBe(1)
    expect(one('.badge').textContent).toBe('1')
    guanjia().open()
    await vi.advanceTimersByTimeAsync(500)
    expect(socket.of('read')).toEqual([{ type: 'read', sequence: 1 }])
  })

  it('offers suggestions as buttons and says which was chosen', async () => {
    run()
    guanjia().open()
    const socket = await connected()
    socket.say({ type: 'messages', after: 0, sequence: 1, items: [line(1, 'bot', { type: 'suggestions', text: '您想问：', options: [{ id: 'repay', label: '怎么还款' }], tail: null })] })
    one<HTMLButtonElement>('.choices button').click()
    expect(socket.of('send')[0]!.content).toEqual({ type: 'choice', id: 'repay', label: '怎么还款' })
  })

  it('makes no markup out of text, and leads nowhere that is not the web', async () => {
    run()
    guanjia().open()
    const socket = await connected()
    socket.say({
      type: 'messages', after: 0, sequence: 3, items: [
        line(1, 'bot', { type: 'text', body: '<img src=x onerror=alert(1)> https://bank.example/a，谢谢' }),
        line(2, 'bot', { type: 'link', title: '点我', url: 'javascript:alert(1)' }),
        line(3, 'bot', { type: 'hologram' }),
      ],
    })
    expect(root().querySelectorAll('img')).toHaveLength(0)
    expect([...root().querySelectorAll('a')].map((each) => each.getAttribute('href'))).toEqual(['https://bank.example/a'])
    expect(all('.said .bubble')[2]).toBe('暂不支持显示此消息')
  })

  it('can be used without a mouse', async () => {
    run()
    const launcher = one<HTMLButtonElement>('.launcher')
    expect(launcher.getAttribute('aria-label')).toBe('打开在线客服')
    launcher.click()
    expect(launcher.getAttribute('aria-expanded')).toBe('true')
    expect(one('.log').getAttribute('role')).toBe('log')
    one('.panel').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    expect(one<HTMLElement>('.panel').hidden).toBe(true)
    expect(launcher.getAttribute('aria-expanded')).toBe('false')
  })

  it('does not take the end of a word in an input method for the end of a message', async () => {
    run()
    guanjia().open()
    const socket = await connected()
    const field = one<HTMLTextAreaElement>('textarea')
    field.value = 'ni hao'
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))
    expect(socket.of('send')).toEqual([])
  })

  it('takes a line that no longer answers for dead', async () => {
    run()
    guanjia().open()
    await connected()
    await vi.advanceTimersByTimeAsync(25_000 + 10_000 + 1_000)
    expect(FakeSocket.all.length).toBeGreaterThan(1)
  })

  it('keeps its token when it was told to slow down, and gets another when it has expired', async () => {
    run()
    guanjia().open()
    ;(await connected()).lose(1008)
    expect(JSON.parse(localStorage.getItem('guanjia:web')!)).toMatchObject({ visitor: 'visitor-token' })
    await vi.advanceTimersByTimeAsync(2_000)
    ;(await connected()).lose(1008, 'token expired')
    expect(JSON.parse(localStorage.getItem('guanjia:web')!)).toMatchObject({ visitor: null })
  })

  it('speaks English where the page does', () => {
    run({ lang: 'en' })
    expect(one('.launcher').getAttribute('aria-label')).toBe('Chat with us')
  })
})
