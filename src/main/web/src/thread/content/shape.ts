import type { Content } from '@/api/contract'

/** How a content stands in the thread: in a speech bubble, as a card of its own, or bare. */
export type Shape = 'bubble' | 'card' | 'bare'

export function shapeOf(content: Content): Shape {
  switch (content.type) {
    case 'text':
    case 'voice':
    case 'suggestions':
    case 'choice':
      return 'bubble'
    case 'image':
    case 'video':
      return 'bare'
    default:
      return 'card'
  }
}
