import { computed, ref, shallowRef } from 'vue'
import type { Locale } from '@/api/contract'
import en from '@/locales/en'
import zh from '@/locales/zh'

/** Every language has the words of the Chinese one, which is the product's first. */
export type Words = { [Section in keyof typeof zh]: { [Key in keyof (typeof zh)[Section]]: string } }

export type WordKey = {
  [Section in keyof Words & string]: `${Section}.${keyof Words[Section] & string}`
}[keyof Words & string]

export type Translate = (key: WordKey, values?: Record<string, string | number>) => string

const REMEMBERED = 'guanjia.locale'
const languages: Record<Locale, Words> = { zh, en }

/** What channels bring of words, by section and key, as the gateway has them. */
export type ServedWords = Record<string, string>
type ServedSection = 'channel' | 'choice' | 'api' | 'sign' | 'setting' | 'settingHint'

const served = shallowRef<Partial<Record<Locale, ServedWords>>>({})

const locale = ref<Locale>(remembered())

/**
 * The words of the language on screen, with `{name}` places filled in. Reactive: a template that
 * uses it changes with the language. Plain replacement, so no message is ever compiled or run.
 */
export const t: Translate = (key, values = {}) => fill(lookUp(languages[locale.value], key) ?? key, values)

/** The words for a value the server named, or undefined for one it has learnt since. */
export function wordsFor(section: keyof Words | ServedSection, value: string, values = {}): string | undefined {
  const key = `${section}.${value}`
  const found = lookUp(languages[locale.value], key) ?? served.value[locale.value]?.[key]
  return found === undefined ? undefined : fill(found, values)
}

export function knowsServedWords(language: Locale): boolean {
  return served.value[language] !== undefined
}

export function learnServedWords(language: Locale, words: ServedWords): void {
  served.value = { ...served.value, [language]: words }
}

export function useI18n() {
  return { t, locale: computed(() => locale.value) }
}

export function currentLocale(): Locale {
  return locale.value
}

export function setLocale(chosen: Locale): void {
  locale.value = chosen
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  try {
    localStorage.setItem(REMEMBERED, chosen)
  } catch {
    // storage may be switched off; the choice then lasts as long as the page
  }
}

export function localeWasChosen(): boolean {
  return stored() !== null
}

function remembered(): Locale {
  return stored() ?? 'zh'
}

function stored(): Locale | null {
  try {
    const value = localStorage.getItem(REMEMBERED)
    return value === 'zh' || value === 'en' ? value : null
  } catch {
    return null
  }
}

function lookUp(words: Words, key: string): string | undefined {
  const dot = key.indexOf('.')
  const section = (words as Record<string, Record<string, string>>)[key.slice(0, dot)]
  return section?.[key.slice(dot + 1)]
}

function fill(pattern: string, values: Record<string, string | number>): string {
  return pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
