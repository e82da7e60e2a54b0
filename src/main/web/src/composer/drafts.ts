export interface Draft {
  reply: string
  note: string
  mode: 'reply' | 'note'
}

const PREFIX = 'guanjia.draft.'

/**
 * What was typed and not sent, one draft for each conversation. It lives in the tab's session
 * storage: it survives a reload and an expired session, but not the tab, since it may name a customer.
 */
export class Drafts {
  private readonly memory = new Map<string, Draft>()

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>) {}

  of(username: string, conversation: string): Draft {
    const key = keyOf(username, conversation)
    let draft = this.memory.get(key)
    if (draft === undefined) {
      draft = this.stored(key) ?? { reply: '', note: '', mode: 'reply' }
      this.memory.set(key, draft)
    }
    return { ...draft }
  }

  keep(username: string, conversation: string, draft: Draft): void {
    const key = keyOf(username, conversation)
    this.memory.set(key, { ...draft })
    try {
      if (draft.reply === '' && draft.note === '') {
        this.storage.removeItem(key)
      } else {
        this.storage.setItem(key, JSON.stringify(draft))
      }
    } catch {
      // full or switched off: the draft still lives as long as the page
    }
  }

  /** Signing out leaves nothing behind for the next person at this machine. */
  forget(): void {
    this.memory.clear()
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index))
    keys.filter((key) => key?.startsWith(PREFIX)).forEach((key) => this.storage.removeItem(key!))
  }

  private stored(key: string): Draft | null {
    try {
      const draft = JSON.parse(this.storage.getItem(key) ?? 'null') as Draft | null
      return draft !== null && typeof draft.reply === 'string' && typeof draft.note === 'string' ? draft : null
    } catch {
      return null
    }
  }
}

export const drafts = new Drafts(sessionStorage)

function keyOf(username: string, conversation: string): string {
  return `${PREFIX}${username}.${conversation}`
}
