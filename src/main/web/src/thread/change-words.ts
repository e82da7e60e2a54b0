import type { StateChange } from '@/api/contract'
import { wordsFor, type Translate } from '@/i18n/i18n'

/** A change of state as one sentence: who did what, and why where there is a reason. */
export function changeWords(change: StateChange, t: Translate): string {
  const what = sentence(change, t)
  return change.reason === null ? what : t('change.because', { what, reason: reasonWords(change.reason) })
}

export function reasonWords(reason: string): string {
  return wordsFor('reason', reason) ?? reason
}

export function actorWords(change: StateChange, t: Translate): string {
  switch (change.by.kind) {
    case 'bot':
      return t('author.bot')
    case 'customer':
      return t('author.customer')
    case 'system':
      return t('author.system')
    default:
      return change.by.name ?? t('author.agent')
  }
}

function sentence(change: StateChange, t: Translate): string {
  const name = actorWords(change, t)
  switch (change.to) {
    case 'bot':
      return change.from === null || change.from === 'closed'
        ? t('change.startedWithBot')
        : t('change.handedBack', { name })
    case 'waiting':
      return change.by.kind === 'customer' ? t('change.customerAsked') : t('change.waits', { name })
    case 'agent':
      return change.from === 'agent' ? t('change.takenOver', { name }) : t('change.taken', { name })
    case 'closed':
      return change.by.kind === 'agent' ? t('change.closed', { name }) : t('change.closedBySystem')
    default:
      return t('change.other', { name, to: String(change.to) })
  }
}
