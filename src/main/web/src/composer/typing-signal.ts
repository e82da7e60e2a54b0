const REPEAT_MS = 8_000
const IDLE_MS = 5_000

/**
 * Tells the customer that somebody is typing: at the first key and again while it goes on, and that
 * it is over after a pause. Best effort; a lost signal matters to nobody.
 */
export class TypingSignal {
  private lastOn = Number.NEGATIVE_INFINITY
  private idle: ReturnType<typeof setTimeout> | undefined
  private on = false

  constructor(private readonly tell: (on: boolean) => void) {}

  typed(): void {
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.stop(), IDLE_MS)
    if (!this.on || Date.now() - this.lastOn >= REPEAT_MS) {
      this.on = true
      this.lastOn = Date.now()
      this.tell(true)
    }
  }

  stop(): void {
    clearTimeout(this.idle)
    if (this.on) {
      this.on = false
      this.tell(false)
    }
  }

  /** A sent message ends the sign at the customer's by itself. */
  sent(): void {
    clearTimeout(this.idle)
    this.on = false
  }
}
