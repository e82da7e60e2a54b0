import { nextTick, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useThreads } from './threads'

const AT_BOTTOM_PX = 48
const NEAR_TOP_PX = 160

/**
 * Where somebody is in a thread: holds on to the bottom while they are there, keeps the place when
 * history is put above it, counts what arrives while they read further up, and remembers how far
 * they have read.
 */
export function useReading(id: Ref<string>, scroller: Ref<HTMLElement | undefined>, page: Ref<HTMLElement | undefined>) {
  const threads = useThreads()
  const atBottom = ref(true)
  const news = ref(0)
  const unreadAfter = ref<number | null>(null)
  let lastTop = 0

  function begin(): void {
    unreadAfter.value = threads.of(id.value).readUpTo
    news.value = 0
    atBottom.value = true
    lastTop = 0
    void nextTick(() => toBottom(false))
  }

  function toBottom(smooth: boolean): void {
    const element = scroller.value
    element?.scrollTo({ top: element.scrollHeight, behavior: smooth ? 'smooth' : 'instant' })
    arrive()
  }

  function scrolled(): void {
    const element = scroller.value
    if (element === undefined) {
      return
    }
    const below = element.scrollHeight - element.scrollTop - element.clientHeight
    // Only a scroll upwards leaves the bottom: a picture that has just loaded moves it away by itself.
    if (below < AT_BOTTOM_PX) {
      atBottom.value = true
      arrive()
    } else if (element.scrollTop < lastTop - 1) {
      atBottom.value = false
    }
    lastTop = element.scrollTop
    if (element.scrollTop < NEAR_TOP_PX && threads.of(id.value).older === 'idle') {
      void older()
    }
  }

  /** Loads what came before, and keeps what is being read where it is. */
  async function older(): Promise<void> {
    const element = scroller.value
    const asked = id.value
    const height = element?.scrollHeight ?? 0
    const top = element?.scrollTop ?? 0
    await threads.loadOlder(asked)
    await nextTick()
    if (element !== undefined && asked === id.value && element.scrollHeight > height) {
      element.scrollTop = Math.max(element.scrollTop, top) + element.scrollHeight - height
    }
  }

  function arrive(): void {
    news.value = 0
    if (document.visibilityState === 'visible') {
      threads.markRead(id.value)
    }
  }

  function seenAgain(): void {
    if (document.visibilityState === 'visible' && atBottom.value) {
      arrive()
    } else if (document.visibilityState === 'hidden') {
      unreadAfter.value = threads.of(id.value).readUpTo
    }
  }

  watch(id, begin, { immediate: true })
  watch(() => threads.of(id.value).phase, (phase) => phase === 'ready' && begin())

  watch(
    () => threads.of(id.value).state.messages,
    (messages, before) => {
      const newest = before?.at(-1)?.seq
      const arrived = newest === undefined ? [] : messages.filter((one) => one.seq > newest)
      if (atBottom.value) {
        void nextTick(() => toBottom(false))
      } else {
        news.value += arrived.filter((one) => one.direction === 'in').length
      }
    },
  )
  watch(
    () => threads.of(id.value).pending.length,
    (now, before) => {
      if (now > before) {
        unreadAfter.value = null
        void nextTick(() => toBottom(false)) // whoever sends wants to see it
      }
    },
  )

  // Pictures grow as they load, and the composer grows as it is typed in.
  const grown = new ResizeObserver(() => {
    if (atBottom.value) {
      scroller.value?.scrollTo({ top: scroller.value.scrollHeight, behavior: 'instant' })
    }
  })
  watch([scroller, page], ([outer, inner]) => {
    grown.disconnect()
    for (const element of [outer, inner]) {
      if (element !== undefined) {
        grown.observe(element)
      }
    }
  }, { immediate: true, flush: 'post' })

  document.addEventListener('visibilitychange', seenAgain)
  onScopeDispose(() => {
    grown.disconnect()
    document.removeEventListener('visibilitychange', seenAgain)
  })

  return { atBottom, news, unreadAfter, scrolled, older, toBottom }
}
