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
      const agent = failure.body.agent
      return typeof agent === 'string' ? t('problem.takenBy', { name: agent }) : t('problem.taken')
    }
    case 'not-yours':
      return t('problem.notYours')
    default:
      return failure.detail ?? failure.fields[0]?.message ?? (failure.title || t('problem.unexpected'))
  }
}
