import type { Capabilities, Channels } from './contract'

/** Accounts of one channel that can carry the same. */
export interface CapabilityGroup {
  channel: string
  accounts: string[]
  can: Capabilities
}

/** In the order in which people think of them; what the server has learnt since comes behind. */
const KINDS = [
  'text', 'image', 'voice', 'video', 'file', 'location', 'link', 'mini-program', 'suggestions', 'template', 'native', 'event',
]

export function capabilityGroups(all: Channels): CapabilityGroup[] {
  return all.channels.flatMap(({ channel, accounts }) => {
    const groups = new Map<string, CapabilityGroup>()
    for (const { name, capabilities } of accounts) {
      if (capabilities !== null) {
        const same = JSON.stringify(capabilities)
        const group = groups.get(same) ?? { channel, accounts: [], can: capabilities }
        group.accounts.push(name)
        groups.set(same, group)
      }
    }
    return [...groups.values()]
  })
}

/** Every kind of content that any of them carries in either direction. */
export function kindsOf(groups: readonly CapabilityGroup[]): string[] {
  const carried = new Set(groups.flatMap(({ can }) => [...can.receives, ...can.sends.map(({ kind }) => kind)]))
  return [...KINDS.filter((kind) => carried.has(kind)), ...[...carried].filter((kind) => !KINDS.includes(kind))]
}

export type Direction = 'both' | 'in' | 'out' | 'neither'

export function directionOf(can: Capabilities, kind: string): Direction {
  const comesIn = can.receives.includes(kind)
  const goesOut = can.sends.some((one) => one.kind === kind)
  if (comesIn && goesOut) {
    return 'both'
  }
  return comesIn ? 'in' : goesOut ? 'out' : 'neither'
}
