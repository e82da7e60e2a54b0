import { countdown } from '@/clock/words'
import type { Translate } from '@/i18n/i18n'
import type { WindowState } from './window-state'

/** A reply window in words: for a phone, for the header, and in full. */
export function windowWords(state: WindowState, t: Translate): { brief: string; short: string; long: string } {
  if (state.kind === 'shut') {
    return { brief: t('window.shut'), short: t('window.shut'), long: t('window.shutLong') }
  }
  if (state.kind === 'spent') {
    return { brief: t('window.spentBrief'), short: t('window.spent'), long: t('window.spentLong') }
  }
  const count = state.remaining === null ? null : t('window.remaining', { n: state.remaining })
  const time = state.leftMs === null ? null : countdown(state.leftMs)
  const facts = [count, time].filter((fact) => fact !== null).join(' · ')
  return facts === ''
    ? { brief: '∞', short: t('window.unlimited'), long: t('window.unlimited') }
    : { brief: facts, short: t('window.open', { facts }), long: t('window.openLong', { facts }) }
}
