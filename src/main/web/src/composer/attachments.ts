import type { Arrival, Attachable, StoredMedia } from '@/api/contract'
import { desk } from '@/api/desk'
import { Refusal } from '@/api/problem'
import { whyNot } from '@/api/problem-words'
import { kindWords } from '@/channels/capability-words'
import { t } from '@/i18n/i18n'
import type { Look } from '@/thread/outbox'

/** What is to be sent and how it would reach the customer. */
export interface Placed {
  content: Attachable
  arrival: Arrival
}

/** A file or a card that was added and not sent yet. */
export interface Attached {
  readonly key: string
  /** Null for a card. */
  readonly file: File | null
  readonly look: Look | null
  readonly state: 'uploading' | 'ready' | 'failed'
  /** Of the upload, from 0 to 1. */
  readonly progress: number
  /** Null until it is ready. */
  readonly placed: Placed | null
  readonly problem: string | null
  /** Whether trying again may help. */
  readonly again: boolean
}

/**
 * As what a file goes out. As what it is, where the account carries that; else as a file, where it carries any;
 * else as what it is, by a link. Fails with the refusal where the account has no way for it.
 */
export async function placed(conversation: string, stored: StoredMedia): Promise<Placed> {
  const content = contentOf(stored)
  const arrival = await desk.preview(conversation, content).catch(refusalOrThrow)
  if (content.type !== 'file' && !(isArrival(arrival) && arrival.as === 'itself')) {
    const plain: Attachable = { type: 'file', media: content.media }
    const asFile = await desk.preview(conversation, plain).catch(refusalOrThrow)
    if (isArrival(asFile) && asFile.as === 'itself') {
      return { content: plain, arrival: asFile }
    }
  }
  if (!isArrival(arrival)) {
    throw arrival
  }
  return { content, arrival }
}

type OfFile = Extract<Attachable, { media: unknown }>

/** What a file is, its content has told the server. */
function contentOf({ id, mimeType }: StoredMedia): OfFile {
  const media = { id }
  switch (mimeType.split('/')[0]) {
    case 'image':
      return { type: 'image', media }
    case 'audio':
      return { type: 'voice', media }
    case 'video':
      return { type: 'video', media }
    default:
      return { type: 'file', media }
  }
}

function refusalOrThrow(failure: unknown): Refusal {
  if (failure instanceof Refusal) {
    return failure
  }
  throw failure
}

function isArrival(answer: Arrival | Refusal): answer is Arrival {
  return !(answer instanceof Refusal)
}

/** What whoever sends it has to know, or null where it arrives as it is. */
export function arrivalWords({ content, arrival }: Placed): string | null {
  switch (arrival.as) {
    case 'link':
      return t('composer.asLink', { kind: kindWords(content.type) })
    case 'words':
      return t('composer.asWords', { kind: kindWords(content.type) })
    default:
      return null
  }
}

/** Why it cannot be sent. */
export function problemWords(failure: unknown): string {
  return failure instanceof Refusal && failure.code === 'cannot-say' ? t('composer.cannotSend') : whyNot(failure)
}
