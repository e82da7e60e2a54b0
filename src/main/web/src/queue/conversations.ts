import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, triggerRef } from 'vue'
import type { Conversation, Counts, View } from '@/api/contract'
import { desk } from '@/api/desk'
import { useSession } from '@/session/session'
import { ConversationBook } from './conversation-book'
import { belongs, inOrder } from './order'

interface Listing {
  phase: 'idle' | 'loading' | 'ready' | 'failed'
  next: string | null
  loadingMore: boolean
}

const COUNT_AFTER_MS = 1_200

/** The lists on the left: what stands in them, and how they are kept up to date. */
export const useConversations = defineStore('conversations', () => {
  const session = useSession()
  const book = shallowRef(new ConversationBook())
  const view = ref<View>('queue')
  const searched = ref('')
  const found = ref<string[] | null>(null)
  const counts = ref<Counts>({ queue: 0, mine: 0, bot: 0 })
  const openId = ref<string | null>(null)
  const listing = reactive<Listing>({ phase: 'idle', next: null, loadingMore: false })
  let asked = 0
  let countTimer: ReturnType<typeof setTimeout> | undefined

  const listed = computed(() => {
    const hits = found.value === null ? null : new Set(found.value)
    const inView = book.value
      .all()
      .filter((one) => belongs(one, view.value, session.me) && (hits === null || hits.has(one.id)))
    return inOrder(inView, view.value)
  })
  const open = computed(() => (openId.value === null ? undefined : book.value.find(openId.value)))

  async function show(next: View): Promise<void> {
    view.value = next
    await reload()
  }

  async function search(words: string): Promise<void> {
    searched.value = words.trim()
    await reload()
  }

  /** Reads the first page again. What is on screen stays there meanwhile. */
  async function reload(): Promise<void> {
    const mine = ++asked
    const about = { view: view.value, me: session.me, askedAt: book.value.tick(), keep: openId.value }
    listing.phase = 'loading'
    try {
      const page = await desk.conversations(about.view, { q: searched.value })
      if (mine !== asked) {
        return
      }
      if (searched.value === '') {
        book.value.putFirstPage(page, about)
        found.value = null
      } else {
        page.items.forEach((item) => book.value.put(item))
        found.value = page.items.map((item) => item.id)
      }
      counts.value = page.counts
      listing.next = page.next
      listing.phase = 'ready'
      triggerRef(book)
    } catch {
      if (mine === asked) {
        listing.phase = 'failed'
      }
    }
  }

  async function loadMore(): Promise<void> {
    if (listing.next === null || listing.loadingMore) {
      return
    }
    const mine = asked
    listing.loadingMore = true
    try {
      const page = await desk.conversations(view.value, { q: searched.value, before: listing.next })
      if (mine === asked) {
        page.items.forEach((item) => book.value.put(item))
        found.value?.push(...page.items.map((item) => item.id))
        counts.value = page.counts
        listing.next = page.next
        triggerRef(book)
      }
    } catch {
      // the end of the list still offers to load more
    } finally {
      listing.loadingMore = false
    }
  }

  function find(id: string): Conversation | undefined {
    return book.value.find(id)
  }

  /** News of one conversation, pushed or answered. True when its state or agent is new to us. */
  function hear(conversation: Conversation): boolean {
    const before = book.value.find(conversation.id)
    if (!book.value.put(conversation)) {
      return false
    }
    triggerRef(book)
    const moved =
      before === undefined ||
      before.state !== conversation.state ||
      before.agent?.username !== conversation.agent?.username
    if (moved) {
      countSoon()
    }
    return moved
  }

  function hearCounts(next: Counts): void {
    clearTimeout(countTimer)
    counts.value = { queue: next.queue, mine: next.mine, bot: next.bot }
  }

  /** The server usually pushes new counts along; when it does not, they are asked for once. */
  function countSoon(): void {
    clearTimeout(countTimer)
    countTimer = setTimeout(async () => {
      try {
        counts.value = (await desk.conversations(view.value, { limit: 1 })).counts
      } catch {
        // the next answer brings them
      }
    }, COUNT_AFTER_MS)
  }

  function forget(): void {
    clearTimeout(countTimer)
    asked += 1
    book.value = new ConversationBook()
    view.value = 'queue'
    searched.value = ''
    found.value = null
    counts.value = { queue: 0, mine: 0, bot: 0 }
    openId.value = null
    Object.assign(listing, { phase: 'idle', next: null, loadingMore: false })
  }

  return {
    view, searched, counts, listing, listed, openId, open,
    show, search, reload, loadMore, find, hear, hearCounts, forget,
  }
})
