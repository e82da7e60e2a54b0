import type { FromServer, ToServer } from '@/api/contract'
import { Refusal } from '@/api/problem'
import { backOff } from './back-off'

export type Link =
  | { state: 'connecting' }
  | { state: 'online' }
  | { state: 'offline'; retryAt: number }
  | { state: 'ended' }

/** The part of a WebSocket the desk uses, so that tests can stand in for one. */
export interface Wire {
  send(data: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
}

export interface SocketParts {
  /** A one-use ticket; fails like any call. */
  ticket(): Promise<string>
  open(ticket: string): Wire
  random?(): number
}

export interface SocketEvents {
  link(link: Link): void
  /** Connected, at first or again: lists may be out of date. */
  connected(again: boolean): void
  message(message: Exclude<FromServer, { type: 'hello' | 'pong' }>): void
  /** The session is over. The socket stays closed until it is started again. */
  signedOut(): void
  /** What this user may do has changed; the socket comes back by itself. */
  roleChanged(): void
}

const PING_EVERY_MS = 25_000
const PONG_WITHIN_MS = 10_000
const CALM_AFTER_MS = 5_000

const GOING_AWAY = 1001
const SESSION_ENDED = 4401
const ROLE_CHANGED = 4403

/**
 * The live line to the gateway. It keeps itself up until it is stopped, and after every loss resumes
 * each watched thread from the revision that its owner has by then, so nothing in between is missed.
 */
export class DeskSocket {
  private wire: Wire | null = null
  private wireIsOpen = false
  private running = false
  private attempt = 0
  private everConnected = false
  private generation = 0
  private readonly watched = new Map<string, () => number>()
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private pingTimer: ReturnType<typeof setTimeout> | undefined
  private pongTimer: ReturnType<typeof setTimeout> | undefined
  private calmTimer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly parts: SocketParts,
    private readonly events: SocketEvents,
  ) {}

  start(): void {
    if (!this.running) {
      this.running = true
      this.attempt = 0
      void this.connect()
    }
  }

  stop(): void {
    this.running = false
    this.everConnected = false
    this.drop()
    this.events.link({ state: 'ended' })
  }

  /** Watches one thread from the revision its owner has now, and again after every reconnect. */
  watch(conversation: string, revision: () => number): void {
    this.watched.set(conversation, revision)
    this.sendWatch(conversation)
  }

  unwatch(conversation: string): void {
    if (this.watched.delete(conversation)) {
      this.send({ type: 'unwatch', conversation })
    }
  }

  /** Asks once more for everything after what the owner has: a push did not connect to it. */
  resume(conversation: string): void {
    if (this.watched.has(conversation)) {
      this.sendWatch(conversation)
    }
  }

  /** The network came back or the page was looked at again: no need to wait for the timers. */
  nudge(): void {
    if (!this.running) {
      return
    }
    if (this.wireIsOpen) {
      this.ping()
    } else if (this.retryTimer !== undefined) {
      clearTimeout(this.retryTimer)
      void this.connect()
    }
  }

  private async connect(): Promise<void> {
    this.drop()
    const generation = this.generation
    this.events.link({ state: 'connecting' })
    let ticket: string
    try {
      ticket = await this.parts.ticket()
    } catch (failure) {
      if (generation !== this.generation) {
        return
      }
      if (failure instanceof Refusal && failure.status === 401) {
        this.end()
      } else {
        this.retryLater()
      }
      return
    }
    if (this.running && generation === this.generation) {
      this.adopt(this.parts.open(ticket))
    }
  }

  private adopt(wire: Wire): void {
    this.wire = wire
    wire.onopen = () => this.opened()
    wire.onmessage = (event) => this.received(event.data)
    wire.onclose = (event) => this.closed(event.code)
    // A connection that neither opens nor fails is as good as none.
    this.pongTimer = setTimeout(() => this.closed(0), PONG_WITHIN_MS)
  }

  private opened(): void {
    clearTimeout(this.pongTimer)
    this.pongTimer = undefined
    this.wireIsOpen = true
    this.calmTimer = setTimeout(() => (this.attempt = 0), CALM_AFTER_MS)
    for (const conversation of this.watched.keys()) {
      this.sendWatch(conversation)
    }
    this.pingTimer = setTimeout(() => this.ping(), PING_EVERY_MS)
    const again = this.everConnected
    this.everConnected = true
    this.events.link({ state: 'online' })
    this.events.connected(again)
  }

  private received(data: unknown): void {
    clearTimeout(this.pongTimer)
    this.pongTimer = undefined
    const message = parse(data)
    if (message !== null && message.type !== 'hello' && message.type !== 'pong') {
      this.events.message(message)
    }
  }

  private closed(code: number): void {
    if (code === SESSION_ENDED) {
      this.end()
      return
    }
    if (code === ROLE_CHANGED) {
      this.events.roleChanged()
    }
    const atOnce = this.attempt === 0 && (code === GOING_AWAY || code === ROLE_CHANGED)
    this.retryLater(atOnce ? 0 : undefined)
  }

  private retryLater(given?: number): void {
    this.drop()
    if (!this.running) {
      return
    }
    const wait = given ?? backOff(this.attempt, this.parts.random)
    this.attempt += 1
    this.events.link({ state: 'offline', retryAt: Date.now() + wait })
    this.retryTimer = setTimeout(() => void this.connect(), wait)
  }

  private end(): void {
    this.stop()
    this.events.signedOut()
  }

  private ping(): void {
    clearTimeout(this.pingTimer)
    this.pingTimer = setTimeout(() => this.ping(), PING_EVERY_MS)
    this.send({ type: 'ping' })
    this.pongTimer ??= setTimeout(() => this.closed(0), PONG_WITHIN_MS)
  }

  private sendWatch(conversation: string): void {
    const revision = this.watched.get(conversation)
    if (revision !== undefined) {
      this.send({ type: 'watch', conversation, revision: revision() })
    }
  }

  private send(message: ToServer): void {
    if (this.wireIsOpen) {
      this.wire?.send(JSON.stringify(message))
    }
  }

  /** Lets go of the wire and every timer; what a former wire still has to say is not heard. */
  private drop(): void {
    this.generation += 1
    for (const timer of [this.retryTimer, this.pingTimer, this.pongTimer, this.calmTimer]) {
      clearTimeout(timer)
    }
    this.retryTimer = this.pingTimer = this.pongTimer = this.calmTimer = undefined
    const wire = this.wire
    this.wire = null
    this.wireIsOpen = false
    if (wire !== null) {
      wire.onopen = wire.onmessage = wire.onclose = null
      wire.close()
    }
  }
}

function parse(data: unknown): FromServer | null {
  try {
    const message: unknown = JSON.parse(String(data))
    return typeof message === 'object' && message !== null && 'type' in message
      ? (message as FromServer)
      : null
  } catch {
    return null // not ours; the next one will be
  }
}
