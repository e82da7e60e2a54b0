import { onScopeDispose, readonly, ref, type Ref } from 'vue'
import { serverNow } from './clock'

const now = ref(serverNow())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The current time in milliseconds, once a second; one timer serves the whole page. */
export function useNow(): Readonly<Ref<number>> {
  if (watchers++ === 0) {
    now.value = serverNow()
    timer = setInterval(() => (now.value = serverNow()), 1_000)
  }
  onScopeDispose(() => {
    if (--watchers === 0) {
      clearInterval(timer)
    }
  })
  return readonly(now)
}
