/**
 * The server's clock, as well as this machine can know it. Countdowns and waiting times are about
 * instants the server named, and a teller's PC may be minutes off.
 */
let aheadMs = 0

/** Takes the `Date` header of an answer; small differences are the header's own rounding. */
export function adjustClock(dateHeader: string | null, localNow: number = Date.now()): void {
  const server = dateHeader === null ? Number.NaN : Date.parse(dateHeader)
  if (Number.isNaN(server)) {
    return
  }
  const difference = server - localNow
  aheadMs = Math.abs(difference) < 2_000 ? 0 : difference
}

export function serverNow(): number {
  return Date.now() + aheadMs
}
