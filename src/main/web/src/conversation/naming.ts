import type { Conversation } from '@/api/contract'

/** The customer's name, or the end of the party id, which is what tells unnamed ones apart. */
export function customerName(conversation: Pick<Conversation, 'name' | 'party'>): string {
  return conversation.name?.trim() || shortParty(conversation.party)
}

const PHONE_NUMBER = /^(\+\d+)(\d{4})(\d{4})$/

/** Phone numbers as banks show them, without the middle: a screen has more readers than the agent. */
export function shortParty(party: string): string {
  const number = PHONE_NUMBER.exec(party)
  if (number !== null) {
    return `${number[1]}****${number[3]}`
  }
  return party.length <= 14 ? party : `${party.slice(0, 3)}…${party.slice(-5)}`
}

/** The letter or character on an avatar: of a shortened id the last one, since they all begin alike. */
export function initial(name: string): string {
  if (name.includes('…') || name.includes('****')) {
    return name.slice(-1).toUpperCase()
  }
  const letters = [...name.replace(/^[^\p{L}\p{N}]+/u, '')]
  return (letters[0] ?? '·').toUpperCase()
}

/** One of a few calm hues, always the same for the same customer. */
export function hue(party: string, hues: number): number {
  let sum = 0
  for (const letter of party) {
    sum = (sum * 31 + letter.codePointAt(0)!) >>> 0
  }
  return sum % hues
}
