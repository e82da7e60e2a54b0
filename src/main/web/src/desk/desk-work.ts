import { ElMessage } from '@/ui/elements'
import { desk } from '@/api/desk'
import type { Conversation } from '@/api/contract'
import { Refusal } from '@/api/problem'
import { whyNot } from '@/api/problem-words'
import { drafts } from '@/composer/drafts'
import { serverNow } from '@/clock/clock'
import { alerts } from '@/notice/alerts'
import { useConversations } from '@/queue/conversations'
import { useSession } from '@/session/session'
import { live } from '@/socket/live'
import { useThreads } from '@/thread/threads'

/** A queue that is merely heard of for the first time is no news. */
const JUST_NOW_MS = 30_000

/** Joins the live line to what is on screen, until the returned function is called. */
export function startDesk(): () => void {
  const conversations = useConversations()
  const threads = useThreads()
  const session = useSession()

  const stopListening = live.listen({
    connected(again) {
      if (again) {
        void conversations.reload()
        void refreshOpen()
        void retryThread()
        // Signing out elsewhere may have ended this person's presence while this machine slept.
        void session.resume().catch(() => {})
      }
    },
    message(message) {
      switch (message.type) {
        case 'messages':
          threads.hear(message)
          break
        case 'conversation':
          hear(message.conversation)
          break
        case 'counts':
          conversations.hearCounts(message)
          break
        case 'typing':
          threads.hearTyping(message.conversation, message.agent)
          break
      }
    },
    signedOut: () => session.expire(),
    roleChanged: () => void session.resume().catch(() => {}),
  })
  live.socket.start()
  return () => {
    stopListening()
    live.socket.stop()
  }
}

export type Opening = 'open' | 'missing' | 'failed'

/** Shows one conversation, wherever it stands. */
export async function openConversation(id: string): Promise<Opening> {
  const conversations = useConversations()
  conversations.openId = id
  const thread = useThreads().follow(id)
  try {
    conversations.hear(await desk.conversation(id).then(withChanges))
  } catch (failure) {
    return failure instanceof Refusal ? 'missing' : 'failed'
  }
  await thread
  return 'open'
}

export function leaveConversation(id: string): void {
  useThreads().leave(id)
  const conversations = useConversations()
  if (conversations.openId === id) {
    conversations.openId = null
  }
}

export type Action = 'take' | 'handBack' | 'close'

/** Carries out a button. Says in words what went wrong; true when it was done. */
export async function act(action: Action, conversation: Conversation): Promise<boolean> {
  try {
    useConversations().hear(await desk[action](conversation.id))
    await refreshOpen()
    return true
  } catch (failure) {
    ElMessage({ type: 'error', message: whyNot(failure), grouping: true })
    await refreshOpen()
    return false
  }
}

/** What colleagues shall read instead of an id. True when it was done. */
export async function rename(conversation: Conversation, name: string): Promise<boolean> {
  try {
    useConversations().hear(await desk.name(conversation.id, name).then(withChanges))
    return true
  } catch (failure) {
    ElMessage({ type: 'error', message: whyNot(failure), grouping: true })
    return false
  }
}

/** Forgets everything a customer could be known by. */
export function clearDesk(): void {
  useThreads().forget()
  useConversations().forget()
  drafts.forget()
}

function hear(conversation: Conversation): void {
  const conversations = useConversations()
  const moved = conversations.hear(conversation)
  if (moved && conversation.id === conversations.openId) {
    void refreshOpen()
  }
  const justNow = serverNow() - Date.parse(conversation.since) < JUST_NOW_MS
  if (moved && justNow && conversation.state === 'waiting' && useSession().me?.presence === 'online') {
    alerts.someoneWaits(Math.max(1, conversations.counts.queue))
  }
}

async function refreshOpen(): Promise<void> {
  const conversations = useConversations()
  const id = conversations.openId
  if (id !== null) {
    try {
      conversations.hear(await desk.conversation(id).then(withChanges))
      // Whoever lost sight of it meanwhile is told nothing more until they ask again.
      await useThreads().follow(id)
    } catch {
      // what is on screen stays; the next push or reconnect tries again
    }
  }
}

/** A thread that could not be loaded gets its next chance with the line. */
async function retryThread(): Promise<void> {
  const id = useConversations().openId
  if (id !== null && useThreads().of(id).phase === 'failed') {
    await useThreads().follow(id)
  }
}

function withChanges(conversation: Conversation): Conversation {
  useThreads().of(conversation.id).changes = conversation.changes ?? []
  return conversation
}
