import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Locale, Me, Presence } from '@/api/contract'
import { desk } from '@/api/desk'
import { Refusal } from '@/api/problem'
import { localeWasChosen, setLocale } from '@/i18n/i18n'
import { marker } from './marker'
import { loadServedWords } from './served-words'

/** Nobody waits for longer to be let in; channels then go by their codes for a moment. */
const WORDS_WITHIN_MS = 1_000

type Standing = 'unknown' | 'out' | 'in'

/** Who sits at this desk. */
export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const standing = ref<Standing>('unknown')
  /** True when the session ended under somebody's hands, so the sign-in page can say so. */
  const ended = ref(false)
  const supervises = computed(
    () => me.value?.roles.some((role) => role === 'supervisor' || role === 'administrator') ?? false,
  )
  /** Whom customers wait for. An administrator alone sets the product up and counts as nobody there. */
  const serves = computed(() => me.value?.roles.some((role) => role === 'agent' || role === 'supervisor') ?? false)

  /** Finds out whether somebody is signed in; fails like any call except for "nobody". */
  async function resume(): Promise<void> {
    // A browser reports every 401 in red, so who never signed in is not asked about.
    if (!marker.isSet()) {
      standing.value = 'out'
      return
    }
    try {
      await welcome(await desk.me())
    } catch (failure) {
      if (failure instanceof Refusal && failure.status === 401) {
        marker.remove()
        standing.value = 'out'
        return
      }
      throw failure
    }
  }

  async function signIn(username: string, password: string): Promise<void> {
    await welcome(await desk.signIn(username, password))
  }

  async function signOut(): Promise<void> {
    await desk.signOut()
    marker.remove()
    me.value = null
    ended.value = false
    standing.value = 'out'
  }

  function expire(): void {
    marker.remove()
    if (standing.value === 'in') {
      ended.value = true
      standing.value = 'out'
    } else if (standing.value === 'unknown') {
      standing.value = 'out'
    }
  }

  async function setPresence(presence: Presence): Promise<void> {
    me.value = await desk.setPresence(presence)
  }

  /** On this machine at once, and on every other from the next sign-in on. */
  function read(locale: Locale): void {
    setLocale(locale)
    desk.setLocale(locale).then(
      (person) => (me.value = person),
      () => {}, // it stays a choice of this machine
    )
  }

  /** Lets them in once what channels bring of their language is there, or has been waited for long enough. */
  async function welcome(person: Me): Promise<void> {
    marker.set()
    if (person.locale !== null && !localeWasChosen()) {
      setLocale(person.locale)
    }
    await Promise.race([loadServedWords(), new Promise((passed) => setTimeout(passed, WORDS_WITHIN_MS))])
    me.value = person
    ended.value = false
    standing.value = 'in'
  }

  return { me, standing, ended, supervises, serves, resume, signIn, signOut, expire, setPresence, read }
})
