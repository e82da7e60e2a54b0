import { t, wordsFor } from '@/i18n/i18n'
import { sizeWords } from '@/thread/content/size-words'
import type { Capabilities } from './contract'

const LIST = ' · '

export function textWords({ text }: Capabilities): string {
  if (text.parts !== null) {
    const { alone, each, narrow } = text.parts
    const words = t('capability.billed', { n: text.most, alone, each })
    if (!narrow) {
      return words
    }
    return t(narrow.mixed ? 'capability.billedBytes' : 'capability.billedAscii', { words, alone: narrow.alone, each: narrow.each })
  }
  return t(`capability.${text.unit}`, { n: text.most })
}

export function initiativeWords({ initiative }: Capabilities): string {
  return wordsFor('initiative', initiative) ?? initiative
}

export function windowWords({ windows }: Capabilities): string[] {
  if (windows.length === 0) {
    return [t('capability.noWindow')]
  }
  return windows.map(({ trigger, messages, seconds }) =>
    t('capability.window', { trigger: wordsFor('trigger', trigger) ?? trigger, n: messages, time: spanWords(seconds) }),
  )
}

/** A round length of time, as the platform's rules have it: `48 小时`, not two days. */
function spanWords(seconds: number): string {
  if (seconds % 3_600 === 0) {
    return t('time.hours', { n: seconds / 3_600 })
  }
  return seconds % 60 === 0 ? t('time.minutesLong', { n: seconds / 60 }) : t('time.seconds', { n: seconds })
}

export function reportWords({ reports }: Capabilities): string {
  return reports.map((one) => wordsFor('report', one) ?? one).join(LIST) || t('capability.nothing')
}

export function alsoWords({ typing, recallSeconds }: Capabilities): string {
  const also = [...(typing ? [t('capability.typing')] : []), ...(recallSeconds > 0 ? [t('capability.recall', { time: spanWords(recallSeconds) })] : [])]
  return also.join(LIST) || t('capability.nothing')
}

export function kindWords(kind: string): string {
  return wordsFor('kind', kind) ?? kind
}

export function kindsWords(kinds: readonly string[]): string {
  return kinds.map(kindWords).join(LIST) || t('capability.nothing')
}

/** What goes out, files with the size they may have: `图片 ≤10.0 MB`. */
export function sentWords(can: Capabilities, kinds: readonly string[]): string {
  const sent = kinds.filter((kind) => can.sends.some((one) => one.kind === kind))
  return sent.map((kind) => [kindWords(kind), fileSizeWords(can, kind)].filter(Boolean).join(' ')).join(LIST) || t('capability.nothing')
}

/** How large a file of a kind may be, or undefined where it is none. */
export function fileSizeWords(can: Capabilities, kind: string): string | undefined {
  const files = filesOf(can, kind)
  return files && t('capability.upTo', { size: sizeWords(files.maxBytes) })
}

/** Which files a kind takes, or undefined where it is none or takes any. */
export function fileTypesWords(can: Capabilities, kind: string): string | undefined {
  return filesOf(can, kind)?.types.join(LIST) || undefined
}

function filesOf(can: Capabilities, kind: string) {
  return can.sends.find((one) => one.kind === kind && one.maxBytes > 0)
}
