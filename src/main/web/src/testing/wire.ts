import type { FromServer, ToServer } from '@/api/contract'
import type { Wire } from '@/socket/desk-socket'

/** The server's end of a socket, in the test's hands. */
export class TestWire implements Wire {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly heard: ToServer[] = []
  closed = false

  send(data: string): void {
    this.heard.push(JSON.parse(data) as ToServer)
  }

  close(): void {
    this.closed = true
  }

  accept(): void {
    this.onopen?.()
  }

  say(message: FromServer): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }

  breakWith(code: number): void {
    this.onclose?.({ code })
  }
}
