import { ref, shallowRef } from 'vue'
import type { FromServer } from '@/api/contract'
import { desk } from '@/api/desk'
import { DeskSocket, type Link, type Wire } from './desk-socket'

type Pushed = Exclude<FromServer, { type: 'hello' | 'pong' }>

interface Listener {
  message?(message: Pushed): void
  connected?(again: boolean): void
  signedOut?(): void
  roleChanged?(): void
}

const listeners = new Set<Listener>()
const link = shallowRef<Link>({ state: 'connecting' })
const lostSince = ref<number | null>(null)

const socket = new DeskSocket(
  { ticket: async () => (await desk.ticket()).ticket, open },
  {
    link(next) {
      link.value = next
      if (next.state === 'online' || next.state === 'ended') {
        lostSince.value = null
      } else if (next.state === 'offline') {
        lostSince.value ??= Date.now()
      }
    },
    connected: (again) => listeners.forEach((listener) => listener.connected?.(again)),
    message: (message) => listeners.forEach((listener) => listener.message?.(message)),
    signedOut: () => listeners.forEach((listener) => listener.signedOut?.()),
    roleChanged: () => listeners.forEach((listener) => listener.roleChanged?.()),
  },
)

/** The page's one live line, and what it last said about itself. */
export const live = {
  socket,
  link,
  /** Since when the line has been down, or null while it is up. */
  lostSince,
  listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

function open(ticket: string): Wire {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const address = `${scheme}://${location.host}/api/v1/desk/socket?ticket=${encodeURIComponent(ticket)}`
  return new WebSocket(address) as Wire
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => socket.nudge())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      socket.nudge()
    }
  })
}
