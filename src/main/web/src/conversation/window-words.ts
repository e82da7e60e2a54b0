import { countdown } from '@/clock/words'
import type { Translate } from '@/i18n/i18n'
import type { WindowState } from './window-state'

/** A reply window in words: for the header, and in full. */
export function windowWords(state: WindowState, t: Translate): { short: string; long: string } {
  if (state.kind === 'shut') {
    return { short: t('window.shut'), long: t('window.shutLong') }
  }
  if (state.kind === 'spent') {
    return { short: t('window.spent'), long: t('window.spentLong') }
  }
  const count = state.remaining === null ? null : t('window.remaining', { n: state.remaining })
  const time = state.leftMs === null ? null : countdown(state.leftMs)
  const facts = [count, time].filter((fact) => fact !== null).join(' · ')
  return facts === ''
    ? { short: t('window.unlimited'), long: t('window.unlimited') }
    : { short: t('window.open', { facts }), long: t('window.openLong', { facts }) }
}
