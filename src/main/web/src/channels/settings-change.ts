import { Refusal } from '@/api/problem'
import { faultWords } from '@/locales/fault-words'
import type { Field, SettingsChange } from './contract'

/** What somebody has written into the form, and what was there before. */
export interface Written {
  values: Record<string, string>
  /** Secrets that shall be unset. */
  cleared: Record<string, boolean>
}

/** Only what differs: what is not named stays, null unsets, and a secret is never sent back. */
export function settingsChange(fields: readonly Field[], written: Written, before: Record<string, string>): SettingsChange {
  const change: SettingsChange = {}
  for (const field of fields) {
    const value = (written.values[field.key] ?? '').trim()
    if (field.kind === 'secret') {
      if (written.cleared[field.key] === true) {
        change[field.key] = null
      } else if (value !== '') {
        change[field.key] = value
      }
    } else if (value !== (before[field.key] ?? '')) {
      change[field.key] = value === '' ? null : value
    }
  }
  return change
}

/** Whether the secrets would go somewhere else than before: they are then written again, all of them. */
export function movesAddress(fields: readonly Field[], change: SettingsChange): boolean {
  return fields.some(({ key, kind }) => kind === 'address' && key in change)
}

/** Where something must be written and is not. The server says so only once it finds nothing wrong with the name. */
export function unfilled(fields: readonly Field[], values: Record<string, string>, words: string): Record<string, string> {
  const empty = fields.filter((field) => field.required && (values[field.key] ?? '').trim() === '')
  return Object.fromEntries(empty.map(({ key }) => [key, words]))
}

/** What the server says about each field, by its key; what it says about no field of ours stands under ''. */
export function fieldProblems(refusal: Refusal, fields: readonly Field[], locale: string): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const { field, message: said } of refusal.fields) {
    const message = faultWords(said, locale)
    const key = field === 'name' ? field : field.replace(/^settings\./, '')
    const known = key === 'name' || fields.some((one) => one.key === key)
    const at = known ? key : ''
    problems[at] = problems[at] === undefined ? message : `${problems[at]} ${message}`
  }
  return problems
}
