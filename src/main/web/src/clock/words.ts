import type { Translate } from '@/i18n/i18n'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `47:59:12`; hours run past 24, and what is over stays at zero. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND))
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** How long something has lasted, in its two largest units at most. */
export function lasted(milliseconds: number, t: Translate): string {
  const ms = Math.max(0, milliseconds)
  if (ms < MINUTE) {
    return t('time.seconds', { n: Math.floor(ms / SECOND) })
  }
  if (ms < HOUR) {
    const seconds = Math.floor((ms % MINUTE) / SECOND)
    const minutes = t('time.minutes', { n: Math.floor(ms / MINUTE) })
    return ms < 10 * MINUTE ? t('time.pair', { a: minutes, b: t('time.seconds', { n: seconds }) }) : minutes
  }
  if (ms < DAY) {
    const hours = t('time.hours', { n: Math.floor(ms / HOUR) })
    const minutes = Math.floor((ms % HOUR) / MINUTE)
    return minutes === 0 ? hours : t('time.pair', { a: hours, b: t('time.minutes', { n: minutes }) })
  }
  return t('time.days', { n: Math.floor(ms / DAY) })
}

export function clockTime(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

export function clockTimeWithSeconds(at: number): string {
  return `${clockTime(at)}:${two(new Date(at).getSeconds())}`
}

/** `14:03` today, `昨天 14:03`, else the date; the way a chat separates its days. */
export function momentWords(at: number, now: number, t: Translate): string {
  const days = daysBetween(at, now)
  if (days === 0) {
    return clockTime(at)
  }
  if (days === 1) {
    return t('time.yesterday', { time: clockTime(at) })
  }
  return `${dateWords(at, now, t)} ${clockTime(at)}`
}

/** The same for a list, where there is room for one word only. */
export function shortMoment(at: number, now: number, t: Translate): string {
  const days = daysBetween(at, now)
  if (days === 0) {
    return clockTime(at)
  }
  return days === 1 ? t('time.yesterdayShort') : dateWords(at, now, t)
}

export function fullMoment(at: number): string {
  const date = new Date(at)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${clockTimeWithSeconds(at)}`
}

function dateWords(at: number, now: number, t: Translate): string {
  const date = new Date(at)
  const month = date.getMonth() + 1
  const day = date.getDate()
  return date.getFullYear() === new Date(now).getFullYear()
    ? t('time.monthDay', { month, day })
    : t('time.yearMonthDay', { year: date.getFullYear(), month, day })
}

function daysBetween(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / DAY)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
