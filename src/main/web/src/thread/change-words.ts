import type { StateChange } from '@/api/contract'
import { wordsFor, type Translate } from '@/i18n/i18n'

const PLAIN = new Set(['began', 'taken', 'handed-back', 'closed', 'named', 'opted-out', 'taken-elsewhere', 'left-elsewhere'])

/** A change of state as one sentence: who did what, and why where there is a reason. */
export function changeWords(change: StateChange, t: Translate): string {
  const what = sentence(change, t)
  const reason = asksForPerson(change) ? null : reasonWords(change)
  return reason === null ? what : t('change.because', { what, reason })
}

/** Which the sentence says without its reason. */
function asksForPerson(change: StateChange): boolean {
  return change.to === 'waiting' && change.by.kind === 'customer' && change.reason === 'asked'
}

/** What it came to, in a word or two. */
export function headline(change: StateChange, t: Translate): string {
  switch (change.reason) {
    case 'named':
      return t('details.name')
    case 'opted-out':
      return t('change.optedOut')
    default:
      return t(`state.${change.to}`)
  }
}

/** Why it changed, or null where the sentence about the change has said it already. */
export function reasonWords(change: StateChange): string | null {
  if (change.reason === null || PLAIN.has(change.reason)) {
    return null
  }
  return wordsFor('reason', change.reason) ?? change.reason
}

export function actorWords(change: StateChange, t: Translate): string {
  switch (change.by.kind) {
    case 'bot':
      return t('author.bot')
    case 'customer':
      return t('author.customer')
    case 'colleague':
      return change.by.name ?? t('author.colleague')
    case 'system':
      return t('author.system')
    default:
      return change.by.name ?? t('author.agent')
  }
}

function sentence(change: StateChange, t: Translate): string {
  const name = actorWords(change, t)
  if (change.reason === 'named') {
    return t('change.named', { name })
  }
  if (change.reason === 'opted-out') {
    return t('change.optedOut')
  }
  switch (change.to) {
    case 'bot':
      if (change.reason === 'left-elsewhere') {
        return t('change.leftElsewhere', { name })
      }
      return change.from === null || change.from === 'closed' || change.by.kind === 'customer'
        ? t('change.startedWithBot')
        : t('change.handedBack', { name })
    case 'waiting':
      return change.by.kind === 'customer' ? t('change.customerAsked') : t('change.waits', { name })
    case 'agent':
      return change.from === 'agent' ? t('change.takenOver', { name }) : t('change.taken', { name })
    case 'elsewhere':
      return change.by.kind === 'colleague' ? t('change.takenElsewhere', { name }) : t('change.passedElsewhere')
    case 'closed':
      return change.by.kind === 'agent' ? t('change.closed', { name }) : t('change.closedBySystem')
    default:
      return t('change.other', { name, to: String(change.to) })
  }
}
