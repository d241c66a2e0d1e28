import type { Event, EventOf } from '../contracts/journal.js'

type Ended = EventOf<'delivery.done'> | EventOf<'delivery.failed'>

/** A stretch of time, and the deliveries that ended in it. */
export interface Bar {
  /** Milliseconds since 1970 at which it begins. */
  readonly from: number
  readonly taken: number
  readonly failed: number
  /** Milliseconds within which 95 of 100 last attempts were over; null where none ended. */
  readonly p95: number | null
  /** `seq` of the first that ended in it; null where none did. */
  readonly first: number | null
}

export interface DeliveryPlot {
  readonly ended: number
  readonly failed: number
  /** Milliseconds of the last attempts. */
  readonly median: number
  readonly p95: number
  /** Milliseconds of one bar. */
  readonly width: number
  readonly bars: readonly Bar[]
  /** The longest p95 and the highest bar: what the scales end with. */
  readonly longest: number
  readonly most: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const widths = [1, 2, 5, 10, 15, 30].flatMap(step => [step * second, step * minute]).concat([1, 2, 6, 12, 24].map(step => step * hour))
const mostBars = 60
/** Fewer would be blocks rather than a course; those that nothing ended in come before the others. */
const leastBars = 24

/** How the deliveries among the events went over time. Null when none has ended. */
export const deliveryPlot = (events: readonly Event[]): DeliveryPlot | null => {
  const ended = events.filter((event): event is Ended => event.type === 'delivery.done' || event.type === 'delivery.failed')
  const [first] = ended
  const last = ended.at(-1)
  if (first === undefined || last === undefined) return null
  // A clock that was set back must not make a negative span.
  const start = ended.reduce((least, { at }) => Math.min(least, at), first.at)
  const end = ended.reduce((most, { at }) => Math.max(most, at), last.at)
  const sorted = widths.toSorted((a, b) => a - b)
  const width = sorted.find(step => Math.floor(end / step) - Math.floor(start / step) < mostBars) ?? Math.ceil((end - start + 1) / mostBars)
  const bound = (Math.floor(end / width) + 1) * width
  const begin = Math.min(Math.floor(start / width) * width, bound - leastBars * width)
  const groups = Array.from({ length: Math.round((bound - begin) / width) }, (): Ended[] => [])
  for (const event of ended) groups[Math.floor((event.at - begin) / width)]?.push(event)
  const bars = groups.map((group, at): Bar => {
    const failed = group.filter(({ type }) => type === 'delivery.failed').length
    return { from: begin + at * width, taken: group.length - failed, failed, p95: quantile(group, 0.95), first: group[0]?.seq ?? null }
  })
  return {
    ended: ended.length,
    failed: bars.reduce((sum, bar) => sum + bar.failed, 0),
    median: quantile(ended, 0.5) ?? 0,
    p95: quantile(ended, 0.95) ?? 0,
    width,
    bars,
    longest: Math.max(...bars.map(({ p95 }) => p95 ?? 0)),
    most: Math.max(...bars.map(({ taken, failed }) => taken + failed)),
  }
}

/** The nearest rank: a time that was measured, not one between two. */
const quantile = (group: readonly Ended[], part: number): number | null => {
  const times = group.map(({ took }) => took).sort((a, b) => a - b)
  return times[Math.max(0, Math.ceil(times.length * part) - 1)] ?? null
}
