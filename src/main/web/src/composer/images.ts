import type { ImageLimit } from '@/api/contract'
import { sizeWords } from '@/thread/content/size-words'

/** A picture chosen and not sent yet. */
export interface Staged {
  readonly key: string
  readonly file: File
  readonly preview: string
}

const MOST_AT_ONCE = 9
let counter = 0

export type NotStaged = 'not-an-image' | 'too-large' | 'too-many'

/** Sorts what was picked, pasted or dropped into pictures to send and the reasons for the rest. */
export function stage(files: readonly File[], already: number, limit: ImageLimit | null): { staged: Staged[]; refused: Set<NotStaged> } {
  const staged: Staged[] = []
  const refused = new Set<NotStaged>()
  for (const file of files) {
    if (limit === null || !takes(limit, file.type)) {
      refused.add('not-an-image')
    } else if (limit.maxBytes > 0 && file.size > limit.maxBytes) {
      refused.add('too-large')
    } else if (already + staged.length >= MOST_AT_ONCE) {
      refused.add('too-many')
    } else {
      staged.push({ key: `image-${++counter}`, file, preview: URL.createObjectURL(file) })
    }
  }
  return { staged, refused }
}

/** What the words of a refusal are filled in with. */
export function imageWords(limit: ImageLimit | null): { types: string; size: string } {
  return {
    types: (limit?.types ?? []).map((type) => type.replace('image/', '').toUpperCase()).join(' / '),
    size: sizeWords(limit?.maxBytes ?? 0),
  }
}

function takes(limit: ImageLimit, type: string): boolean {
  return limit.types.length === 0 ? type.startsWith('image/') : limit.types.includes(type)
}

/** The pictures on a clipboard or in a drop; text among them is left to the text field. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])]
}
