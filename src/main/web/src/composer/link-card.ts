import type { Attachable } from '@/api/contract'
import { Refusal } from '@/api/problem'
import { whyNot } from '@/api/problem-words'
import { t } from '@/i18n/i18n'
import { webAddress } from '@/thread/safe-link'

/** What somebody has written into the form of a card. */
export interface LinkFields {
  title: string
  url: string
  description: string
  picture: string
}

/** By field; what is about none of them stands under ''. */
export type LinkProblems = Partial<Record<keyof LinkFields | '', string>>

/** What every platform shows whole: 企业微信 cuts after 128 and 512 bytes, and a Chinese character has three. */
export const LONGEST_TITLE = 42
export const LONGEST_DESCRIPTION = 170

/** What is wrong before anybody is asked. */
export function linkProblems({ title, url, picture }: LinkFields): LinkProblems {
  const problems: LinkProblems = {}
  if (title.trim() === '') {
    problems.title = t('linkCard.required')
  }
  if (url.trim() === '') {
    problems.url = t('linkCard.required')
  } else if (pageAddress(url) === null) {
    problems.url = t('linkCard.noAddress')
  }
  if (picture.trim() !== '' && pageAddress(picture) === null) {
    problems.picture = t('linkCard.noAddress')
  }
  return problems
}

/** The card, of fields that have no problems. */
export function linkOf({ title, url, description, picture }: LinkFields): Attachable {
  return {
    type: 'link',
    title: title.trim(),
    url: pageAddress(url) ?? url,
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    ...(picture.trim() === '' ? {} : { picture: pageAddress(picture) ?? picture }),
  }
}

/** What the server found wrong, at the field that it is about. */
export function refusedFields(failure: unknown): LinkProblems {
  const problems: LinkProblems = {}
  for (const { field, message } of failure instanceof Refusal ? failure.fields : []) {
    const key = field.replace(/^content\./, '')
    problems[isField(key) ? key : ''] = message
  }
  return Object.keys(problems).length > 0 ? problems : { '': whyNot(failure) }
}

function isField(key: string): key is keyof LinkFields {
  return ['title', 'url', 'description', 'picture'].includes(key)
}

/** What stands before an `@` only looks like a host, so no address has it. */
function pageAddress(address: string): string | null {
  const written = address.trim()
  const url = /^https?:\/\//i.test(written) ? webAddress(written) : null
  return url === null || new URL(url).username !== '' ? null : url
}
