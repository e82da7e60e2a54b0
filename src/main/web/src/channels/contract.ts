import type { Instant, TextLimit } from '@/api/contract'

/** Channels, their accounts and how these are doing, as `/api/v1/channels` says it. */
export interface Channels {
  /** Whether there is an encryption key, without which no secret is stored. */
  takesSecrets: boolean
  channels: Channel[]
}

export interface Channel {
  channel: string
  /** Whether accounts can be added here. */
  managed: boolean
  /** Where the platform calls, to be followed by the account's name; null where it does not. */
  callback: string | null
  fields: Field[]
  accounts: Account[]
}

/** What an administrator fills in. */
export interface Field {
  key: string
  /** The platform's own word, in its own language. */
  term: string
  /** `address`: where the secrets go, which are written again with any change of it. */
  kind: 'text' | 'address' | 'secret' | 'number' | 'flag' | 'choice'
  required: boolean
  choices: string[]
  /** Whether hardly anybody needs it. */
  advanced: boolean
  /** What holds where nothing is written; null where nothing does. */
  standard: string | null
}

export type AccountState = 'well' | 'attention' | 'down' | 'off'

export interface Account {
  channel: string
  name: string
  origin: 'settings' | 'console'
  enabled: boolean
  /** To be said with a change; null for one of the settings file. */
  revision: number | null
  state: AccountState
  /** What is wrong and what to do, in the language of the request. */
  sentence: string
  heardAt: Instant | null
  reachedAt: Instant | null
  waiting: { queued: number; held: number; oldest: Instant | null }
  circuits: AccountCircuit[]
  signs: { part: string; problem: string | null; until: Instant | null }[]
  /** What is left of what the platform allows, where it says so. */
  quotas: { api: string; left: number; limit: number; per: 'hour' | 'day' | 'package' }[]
  /** Null where the account is not in force. */
  capabilities: Capabilities | null
}

export interface AccountCircuit {
  api: string
  alarm: boolean
  reason: string
  since: Instant
  until: Instant | null
}

export interface AccountDetails extends Account {
  settings: Record<string, string>
  /** Since when each secret is set; what it is, nobody is told. */
  secrets: Record<string, Instant>
  changes: { at: Instant; by: string; action: string; keys: string[] }[]
}

export interface Capabilities {
  receives: string[]
  sends: { kind: string; types: string[]; maxBytes: number }[]
  text: TextLimit
  initiative: string
  reports: string[]
  typing: boolean
  recall: boolean
  /** 0 where nothing can be taken back. */
  recallSeconds: number
  push: boolean
  windows: { trigger: string; messages: number; seconds: number }[]
  pace: Record<string, number>
}

/** A value to set, null to unset; what is not named stays. */
export type SettingsChange = Record<string, string | null>
