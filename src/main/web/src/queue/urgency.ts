export type Urgency = 'calm' | 'soon' | 'late'

const SOON_MS = 60_000
const LATE_MS = 180_000

/** How a waiting time looks: after a minute it turns amber, after three it turns red. */
export function urgency(waitedMs: number): Urgency {
  if (waitedMs >= LATE_MS) {
    return 'late'
  }
  return waitedMs >= SOON_MS ? 'soon' : 'calm'
}
