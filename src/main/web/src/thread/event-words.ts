import type { Content } from '@/api/contract'
import type { Translate } from '@/i18n/i18n'
import { wordsFor } from '@/i18n/i18n'

/** What the customer or the platform did, in one line. */
export function eventWords(content: Content, t: Translate): string {
  switch (content.type) {
    case 'followed':
      return content.scene ? t('event.followedBy', { scene: content.scene }) : t('event.followed')
    case 'unfollowed':
      return t('event.unfollowed')
    case 'scanned':
      return t('event.scanned', { scene: content.scene })
    case 'entered':
      return wordsFor('platformEvent', content.name.toLowerCase()) ?? t('event.entered')
    case 'introduced':
      return t('event.introduced')
    case 'menu-tapped':
      return t('event.menuTapped', { key: content.key ?? wordsFor('menuKind', content.kind) ?? content.kind })
    case 'location-reported':
      return t('event.locationReported', { place: coordinates(content.latitude, content.longitude) })
    case 'taken-elsewhere':
      return t('event.takenElsewhere', { name: content.member || t('author.colleague') })
    case 'left-elsewhere':
      return t('event.leftElsewhere', { name: content.member || t('author.colleague') })
    case 'event':
      return wordsFor('platformEvent', content.name.toLowerCase()) ?? t('event.other', { name: content.name })
    default:
      return t('event.other', { name: content.type })
  }
}

export function coordinates(latitude: number, longitude: number): string {
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`
}
