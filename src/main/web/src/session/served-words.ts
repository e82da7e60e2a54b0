import { desk } from '@/api/desk'
import { currentLocale, knowsServedWords, learnServedWords } from '@/i18n/i18n'

/**
 * Has the words of channels in the language on screen; returns whether they are there. Without them
 * a channel goes by its code.
 */
export async function loadServedWords(): Promise<boolean> {
  const language = currentLocale()
  if (knowsServedWords(language)) {
    return true
  }
  try {
    learnServedWords(language, await desk.words())
    return true
  } catch {
    return false
  }
}
