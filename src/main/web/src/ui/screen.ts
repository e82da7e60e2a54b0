import { onScopeDispose, ref, type Ref } from 'vue'

/** Below this width the desk is one view at a time. */
export const PHONE = '(max-width: 759px)'
/** Below this width the details cover the thread instead of standing beside it. */
export const NARROW = '(max-width: 1199px)'

export function useScreen(condition: string): Ref<boolean> {
  const query = window.matchMedia(condition)
  const matches = ref(query.matches)
  const follow = (event: MediaQueryListEvent) => (matches.value = event.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return matches
}
