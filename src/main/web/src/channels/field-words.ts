import { t, wordsFor } from '@/i18n/i18n'
import type { Field } from './contract'

/** The platform's own word for a setting; what is no platform's has one of ours. */
export function termWords({ key, term }: Pick<Field, 'key' | 'term'>): string {
  const [section, name = '', part] = key.split('.')
  switch (section) {
    case 'windows':
      return t(part === 'lifetime' ? 'setting.windowLifetime' : 'setting.windowMessages', { trigger: wordsFor('trigger', name) ?? name })
    case 'pace':
      return t('setting.pace', { api: wordsFor('api', name) ?? name })
    default:
      return wordsFor('setting', key) ?? term
  }
}

/** What somebody has to know to fill it in; empty where the term says it all. */
export function hintWords({ key }: Pick<Field, 'key'>): string {
  const [section, , part] = key.split('.')
  switch (section) {
    case 'windows':
      return t(part === 'lifetime' ? 'settingHint.windowLifetime' : 'settingHint.windowMessages')
    case 'pace':
      return t('settingHint.pace')
    default:
      return wordsFor('settingHint', key) ?? ''
  }
}
