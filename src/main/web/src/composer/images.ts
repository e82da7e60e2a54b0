import type { Limits } from './limits'

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
export function stage(files: readonly File[], already: number, limits: Limits): { staged: Staged[]; refused: Set<NotStaged> } {
  const staged: Staged[] = []
  const refused = new Set<NotStaged>()
  for (const file of files) {
    if (!limits.imageTypes.includes(file.type)) {
      refused.add('not-an-image')
    } else if (file.size > limits.imageBytes) {
      refused.add('too-large')
    } else if (already + staged.length >= MOST_AT_ONCE) {
      refused.add('too-many')
    } else {
      staged.push({ key: `image-${++counter}`, file, preview: URL.createObjectURL(file) })
    }
  }
  return { staged, refused }
}

/** The pictures on a clipboard or in a drop; text among them is left to the text field. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])]
}
