import { computed, onUnmounted, shallowRef } from 'vue'
import type { Attachable } from '@/api/contract'
import { desk } from '@/api/desk'
import { NoAnswer } from '@/api/problem'
import { t } from '@/i18n/i18n'
import { sizeWords } from '@/thread/content/size-words'
import type { Look } from '@/thread/outbox'
import { ElMessage } from '@/ui/elements'
import { placed, problemWords, type Attached, type Placed } from './attachments'

const MOST_AT_ONCE = 9
/** What every browser can show; others are shown by their names. */
const SHOWN = /^image\/(?:jpeg|png|gif|webp|bmp)$/
let counter = 0

/**
 * What is attached to the next message. A file is uploaded as soon as it is added, so that whoever sends it
 * reads beforehand whether it is taken and what becomes of it.
 */
export function useAttachments(conversation: () => string, largestFile: () => number) {
  const attached = shallowRef<Attached[]>([])
  const uploads = new Map<string, AbortController>()
  const ready = computed(() => attached.value.every(({ state }) => state === 'ready'))

  function add(files: readonly File[]): void {
    for (const file of files) {
      if (attached.value.length >= MOST_AT_ONCE) {
        warn(t('composer.tooMany', { n: MOST_AT_ONCE }))
        return
      }
      if (file.size === 0) {
        warn(t('composer.emptyFile', { name: file.name }))
      } else if (file.size > largestFile()) {
        warn(t('composer.tooLarge', { name: file.name, size: sizeWords(largestFile()) }))
      } else {
        const one = fresh(file, lookOf(file), null)
        attached.value = [...attached.value, one]
        void prepare(one)
      }
    }
  }

  function addCard(card: Placed): void {
    if (attached.value.length >= MOST_AT_ONCE) {
      warn(t('composer.tooMany', { n: MOST_AT_ONCE }))
    } else {
      attached.value = [...attached.value, fresh(null, null, card)]
    }
  }

  function retry(key: string): void {
    const one = attached.value.find((each) => each.key === key)
    if (one !== undefined) {
      change(key, { state: 'uploading', progress: 0, problem: null, again: false })
      void prepare(one)
    }
  }

  async function prepare({ key, file }: Attached): Promise<void> {
    if (file === null) {
      return
    }
    const upload = new AbortController()
    uploads.set(key, upload)
    try {
      const stored = await desk.upload(file, (progress) => change(key, { progress }), upload.signal)
      change(key, { state: 'ready', placed: await placed(conversation(), stored) })
    } catch (failure) {
      change(key, { state: 'failed', problem: problemWords(failure), again: failure instanceof NoAnswer })
    }
  }

  /** One that was removed meanwhile stays so. */
  function change(key: string, next: Partial<Attached>): void {
    attached.value = attached.value.map((one) => (one.key === key ? { ...one, ...next } : one))
  }

  function remove(key: string): void {
    uploads.get(key)?.abort()
    const one = attached.value.find((each) => each.key === key)
    attached.value = attached.value.filter((each) => each.key !== key)
    if (one?.look?.preview) {
      URL.revokeObjectURL(one.look.preview)
    }
  }

  /** Hands over what is ready, previews included. */
  function take(): { content: Attachable; look: Look | null }[] {
    const taken = attached.value
    attached.value = []
    uploads.clear()
    return taken.flatMap((one) => (one.placed === null ? [] : [{ content: one.placed.content, look: one.look }]))
  }

  onUnmounted(() => attached.value.forEach(({ key }) => remove(key)))

  return { attached, ready, add, addCard, retry, remove, take }
}

function fresh(file: File | null, look: Look | null, card: Placed | null): Attached {
  const state = card === null ? 'uploading' : 'ready'
  return { key: `attached-${++counter}`, file, look, state, progress: 0, placed: card, problem: null, again: false }
}

function lookOf(file: File): Look {
  return { name: file.name, size: file.size, preview: SHOWN.test(file.type) ? URL.createObjectURL(file) : null }
}

function warn(message: string): void {
  ElMessage({ type: 'warning', message, grouping: true })
}
