import { t } from '@/i18n/i18n'
import { NoAnswer, Refusal } from './problem'

/** What went wrong, for the person who pressed the button. */
export function whyNot(failure: unknown): string {
  if (failure instanceof NoAnswer) {
    return t('problem.noAnswer')
  }
  if (!(failure instanceof Refusal)) {
    return t('problem.unexpected')
  }
  switch (failure.code) {
    case 'conversation-taken': {
      const agent = failure.body.agent as { name?: string } | null | undefined
      return agent?.name ? t('problem.takenBy', { name: agent.name }) : t('problem.taken')
    }
    case 'not-yours':
      return t('problem.notYours')
    case 'window-closed':
      return failure.detail ?? t('window.shutLong')
    default:
      return failure.detail ?? failure.fields[0]?.message ?? (failure.title || t('problem.unexpected'))
  }
}
