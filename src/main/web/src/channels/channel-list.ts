import { onMounted, onUnmounted, ref, type Ref } from 'vue'
import { channelCalls } from './calls'
import type { Channels } from './contract'

const LOOK_EVERY_MS = 15_000

/** What the page shows, looked at again every now and then while the page is open. */
export function useChannelList(): { all: Ref<Channels | null>; failed: Ref<boolean>; look: () => Promise<void> } {
  const all = ref<Channels | null>(null)
  const failed = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<void> {
    try {
      all.value = await channelCalls.all()
      failed.value = false
    } catch {
      // what is on screen stays; the next look tells
      failed.value = true
    }
  }

  onMounted(() => {
    void look()
    timer = setInterval(() => void look(), LOOK_EVERY_MS)
  })
  onUnmounted(() => clearInterval(timer))
  return { all, failed, look }
}
