import { computed, ref, watch, type Ref } from 'vue'
import { drafts, type Draft } from './drafts'

/** The draft of the open conversation, kept with every key press. */
export function useDraft(username: Ref<string>, conversation: Ref<string>) {
  const draft = ref<Draft>(drafts.of(username.value, conversation.value))

  watch([username, conversation], ([user, id]) => (draft.value = drafts.of(user, id)))
  watch(draft, (next) => drafts.keep(username.value, conversation.value, next), { deep: true, flush: 'sync' })

  const text = computed({
    get: () => draft.value[draft.value.mode],
    set: (words) => (draft.value[draft.value.mode] = words),
  })
  return { draft, text }
}
