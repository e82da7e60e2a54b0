import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NoAnswer, Refusal } from '@/api/problem'
import { TestWire } from '@/testing/wire'
import { backOff } from './back-off'
import { DeskSocket, type Link } from './desk-socket'

const notSignedIn = new Refusal(401, 'not-signed-in', '', null, [], null, {})

describe('the live line', () => {
  let wires: TestWire[]
  let tickets: number
  let ticketFails: Error | null
  let links: Link['state'][]
  let connections: boolean[]
  let messages: unknown[]
  let endings: string[]
  let socket: DeskSocket

  beforeEach(() => {
    vi.useFakeTimers()
    wires = []
    tickets = 0
    ticketFails = null
    links = []
    connections = []
    messages = []
    endings = []
    socket = new DeskSocket(
      {
        ticket: async () => {
          if (ticketFails !== null) {
            throw ticketFails
          }
          return `ticket-${++tickets}`
        },
        open: () => {
          const wire = new TestWire()
          wires.push(wire)
          return wire
        },
        random: () => 0,
      },
      {
        link: (link) => links.push(link.state),
        connected: (again) => connections.push(again),
        message: (message) => messages.push(message),
        signedOut: () => endings.push('signed out'),
        roleChanged: () => endings.push('role changed'),
      },
    )
  })

  afterEach(() => {
    socket.stop()
    vi.useRealTimers()
  })

  async function connected(): Promise<TestWire> {
    await vi.advanceTimersByTimeAsync(0)
    const wire = wires.at(-1)!
    wire.accept()
    return wire
  }

  it('resumes a watched thread from what is known by then, not from where it began', async () => {
    let known = 3
    socket.start()
    const first = await connected()
    socket.watch('c1', () => known)
    known = 9
    first.breakWith(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    const second = await connected()

    expect(first.heard).toContainEqual({ type: 'watch', conversation: 'c1', revision: 3 })
    expect(second.heard).toEqual([{ type: 'watch', conversation: 'c1', revision: 9 }])
    expect(connections).toEqual([false, true])
  })

  it('asks for a new ticket with every connection, since a ticket is good for one', async () => {
    socket.start()
    ;(await connected()).breakWith(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    await connected()
    expect(tickets).toBe(2)
  })

  it('asks again from what it has when a push does not connect to it', async () => {
    socket.start()
    const wire = await connected()
    socket.watch('c1', () => 5)
    socket.resume('c1')
    expect(wire.heard.filter((message) => message.type === 'watch')).toHaveLength(2)
  })

  it('does not resume a thread that nobody watches any more', async () => {
    socket.start()
    const wire = await connected()
    socket.watch('c1', () => 5)
    socket.unwatch('c1')
    wire.breakWith(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await connected()).heard).toEqual([])
  })

  it('waits longer after every failure, up to half a minute', async () => {
    ticketFails = new NoAnswer('offline')
    socket.start()
    await vi.advanceTimersByTimeAsync(120_000)
    const attempts = links.filter((state) => state === 'connecting').length
    expect(attempts).toBeGreaterThan(8)
    expect(attempts).toBeLessThan(20)
    expect(backOff(0, () => 0)).toBe(250)
    expect(backOff(50, () => 1)).toBe(30_000)
  })

  it('connects at once when the node says it is going away', async () => {
    socket.start()
    ;(await connected()).breakWith(1001)
    // It had been up for a while, so this is no flapping.
    await vi.advanceTimersByTimeAsync(0)
    expect(wires).toHaveLength(2)
  })

  it('backs off when a node that goes away goes away again and again', async () => {
    socket.start()
    ;(await connected()).breakWith(1001)
    await vi.advanceTimersByTimeAsync(0)
    wires.at(-1)!.accept()
    wires.at(-1)!.breakWith(1001)
    await vi.advanceTimersByTimeAsync(0)
    expect(wires).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wires).toHaveLength(3)
  })

  it('connects at once when the network comes back', async () => {
    ticketFails = new NoAnswer('offline')
    socket.start()
    await vi.advanceTimersByTimeAsync(60_000)
    ticketFails = null
    socket.nudge()
    await connected()
    expect(links.at(-1)).toBe('online')
  })

  it('takes a line that no longer answers for dead', async () => {
    socket.start()
    await connected()
    await vi.advanceTimersByTimeAsync(25_000 + 10_000 + 1_000)
    expect(wires.length).toBeGreaterThan(1)
    expect(links).toContain('offline')
  })

  it('keeps a line that answers its pings', async () => {
    socket.start()
    const wire = await connected()
    for (let round = 0; round < 10; round++) {
      await vi.advanceTimersByTimeAsync(25_000)
      wire.say({ type: 'pong' })
    }
    expect(wires).toHaveLength(1)
  })

  it('stays closed when the session has ended, however it learns of it', async () => {
    socket.start()
    ;(await connected()).breakWith(4401)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(endings).toEqual(['signed out'])
    expect(wires).toHaveLength(1)

    ticketFails = notSignedIn
    socket.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(endings).toEqual(['signed out', 'signed out'])
    expect(wires).toHaveLength(1)
  })

  it('comes back by itself when the role has changed', async () => {
    socket.start()
    ;(await connected()).breakWith(4403)
    await connected()
    expect(endings).toEqual(['role changed'])
    expect(links.at(-1)).toBe('online')
  })

  it('hears nothing more from a connection it has given up', async () => {
    socket.start()
    const wire = await connected()
    const late = wire.onmessage
    wire.breakWith(1006)
    expect(wire.onmessage).toBeNull()
    expect(late).not.toBeNull()
    expect(messages).toEqual([])
  })

  it('survives what it cannot read', async () => {
    socket.start()
    const wire = await connected()
    wire.onmessage?.({ data: 'not json' })
    wire.say({ type: 'counts', queue: 1, mine: 2, bot: 3 })
    expect(messages).toEqual([{ type: 'counts', queue: 1, mine: 2, bot: 3 }])
  })
})
