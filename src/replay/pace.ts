/** How fast bodies go out. */
export interface Pace {
  /** At most so many a second. */
  readonly rate?: number
  /** So many times as fast as they were recorded. */
  readonly speed?: number
}

/** What was late may be caught up by so many milliseconds: timers are never exact. */
const slack = 100

/**
 * Tells when the next body is due, in milliseconds since 1970. It is given the time now, and when the body was recorded
 * where that is known; what it returns may lie in the past.
 */
export const createPace = ({ rate, speed }: Pace): ((now: number, at?: number) => number) => {
  let byRate: number | null = null
  let origin: { readonly now: number; readonly at: number } | null = null
  return (now, at) => {
    let due = now
    if (rate !== undefined) {
      byRate = byRate === null ? now : Math.max(byRate + 1_000 / rate, now - slack)
      due = byRate
    }
    if (speed !== undefined && at !== undefined) {
      origin ??= { now, at }
      due = Math.max(due, origin.now + (at - origin.at) / speed)
    }
    return due
  }
}

/** Milliseconds before an answer that failed is asked for again: 100, 200, 400 and so on to 2 seconds. */
export const retryDelay = (attempt: number): number => Math.min(100 * 2 ** (attempt - 1), 2_000)
