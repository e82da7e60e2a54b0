import type { Delivery } from '@/api/contract'
import type { Translate } from '@/i18n/i18n'
import { wordsFor } from '@/i18n/i18n'

export type DeliveryTone = 'quiet' | 'done' | 'warn' | 'bad'

const TONES: Record<string, DeliveryTone> = {
  queued: 'quiet',
  sending: 'quiet',
  accepted: 'done',
  delivered: 'done',
  read: 'done',
  held: 'warn',
  unknown: 'warn',
  expired: 'bad',
  refused: 'bad',
}

export function deliveryTone(delivery: Delivery): DeliveryTone {
  return TONES[delivery.state] ?? 'quiet'
}

/** The state, with the reason where there is something to explain: what has not gone out, and why. */
export function deliveryWords(delivery: Delivery, t: Translate): string {
  const state = wordsFor('delivery', delivery.state) ?? delivery.state
  const tone = deliveryTone(delivery)
  const explain = tone === 'bad' || tone === 'warn' || delivery.state === 'queued'
  return explain && delivery.reason ? t('delivery.because', { state, reason: delivery.reason }) : state
}

/** Whether a person may decide to send it again. */
export function canRetry(delivery: Delivery): boolean {
  return delivery.state === 'refused' || delivery.state === 'expired' || delivery.state === 'unknown'
}
