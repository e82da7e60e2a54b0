import { call } from '@/api/http'
import type { Account, AccountDetails, Channels, SettingsChange } from './contract'

const of = (channel: string) => `/channels/${encodeURIComponent(channel)}/accounts`
const one = (account: { channel: string; name: string }) => `${of(account.channel)}/${encodeURIComponent(account.name)}`

/** Every call the page of channels makes. Failures are those of {@link call}. */
export const channelCalls = {
  all: () => call<Channels>('GET', '/channels'),
  show: (account: Account) => call<AccountDetails>('GET', one(account)),
  add: (channel: string, name: string, settings: SettingsChange) =>
    call<AccountDetails>('POST', of(channel), { name, settings }),
  change: (account: Account, change: { settings?: SettingsChange; enabled?: boolean }) =>
    call<AccountDetails>('PATCH', one(account), { revision: account.revision, ...change }),
  remove: (account: Account) => call<void>('DELETE', `${one(account)}?revision=${account.revision}`),
}
