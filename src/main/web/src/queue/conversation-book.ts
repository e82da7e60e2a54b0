import type { Conversation, Me, View } from '@/api/contract'
import { activity, belongs } from './order'

interface Entry {
  conversation: Conversation
  /** When this desk last heard of it, counted in its own ticks. */
  heardAt: number
}

/**
 * Every conversation this desk has heard of, in its latest revision. Lists are read from it, so one
 * that changes state moves from one list to the other without being asked for.
 */
export class ConversationBook {
  private readonly entries = new Map<string, Entry>()
  private ticks = 0

  /** Marks a moment: what is heard from here on is newer than an answer asked for before it. */
  tick(): number {
    return ++this.ticks
  }

  find(id: string): Conversation | undefined {
    return this.entries.get(id)?.conversation
  }

  all(): Conversation[] {
    return [...this.entries.values()].map((entry) => entry.conversation)
  }

  /** Takes it in unless a later revision is known; false when it was old news. */
  put(conversation: Conversation): boolean {
    const known = this.find(conversation.id)
    if (known !== undefined && known.revision > conversation.revision) {
      return false
    }
    this.entries.set(conversation.id, { conversation, heardAt: this.tick() })
    return true
  }

  /**
   * Takes in the first page of a view. What we believed to stand in the part of the list that the
   * page covers, and that is not on it, has moved on without our hearing of it, and is forgotten.
   */
  putFirstPage(
    page: { items: Conversation[]; next: string | null },
    about: { view: View; me: Me | null; askedAt: number; keep: string | null },
  ): void {
    const listed = new Set(page.items.map((item) => item.id))
    const covers = coverage(page, about.view)
    for (const [id, { conversation, heardAt }] of this.entries) {
      const suspect = belongs(conversation, about.view, about.me) && covers(conversation)
      if (suspect && !listed.has(id) && heardAt < about.askedAt && id !== about.keep) {
        this.entries.delete(id)
      }
    }
    page.items.forEach((item) => this.put(item))
  }

  clear(): void {
    this.entries.clear()
  }
}

function coverage(
  page: { items: Conversation[]; next: string | null },
  view: View,
): (conversation: Conversation) => boolean {
  const end = page.items.at(-1)
  if (page.next === null || end === undefined) {
    return () => true
  }
  return view === 'queue'
    ? (conversation) => conversation.since <= end.since
    : (conversation) => activity(conversation) >= activity(end)
}
