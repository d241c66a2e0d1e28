import { createHistogram, type Histogram } from './histogram.js'
import type { ReplayResult } from './replay.js'

/** How much of a run is kept: enough for a report, the same for a thousand bodies and for a million. */
export const limits = { failures: 1_000, passes: 10_000, dots: 1_500 } as const

/** One request in the plot. */
export interface Dot {
  readonly sent: number
  readonly took: number
  readonly ok: boolean
}

export interface EventTally {
  readonly event: string
  readonly sent: number
  readonly failed: number
  /** Milliseconds. */
  readonly median: number
  readonly p95: number
  readonly longest: number
}

/** What is known of a run at its end, or on its way. */
export interface Summary {
  readonly sent: number
  readonly passed: number
  readonly failed: number
  /** How many got any answer at all. */
  readonly answered: number
  readonly median: number
  readonly p95: number
  readonly longest: number
  readonly events: readonly EventTally[]
  /** The first failures, and how many more there were. */
  readonly failures: readonly ReplayResult[]
  readonly moreFailures: number
  /** The first passes, shortened, and how many more there were. */
  readonly passes: readonly Pick<ReplayResult, 'name' | 'event' | 'took'>[]
  readonly morePasses: number
  /** Some of the requests, evenly spread, and every failure that is kept. */
  readonly dots: readonly Dot[]
  readonly histogram: readonly { readonly at: number; readonly count: number }[]
}

export interface Tally {
  readonly add: (result: ReplayResult) => void
  readonly counts: () => { readonly passed: number; readonly failed: number; readonly median: number }
  readonly summary: () => Summary
}

export const createTally = (): Tally => {
  const all = createHistogram()
  const events = new Map<string, { histogram: Histogram; failed: number }>()
  const failures: ReplayResult[] = []
  const passes: Pick<ReplayResult, 'name' | 'event' | 'took'>[] = []
  let dots: Dot[] = []
  let every = 1
  let sent = 0
  let failed = 0
  let answered = 0

  return {
    add: result => {
      const { name, event, ok, took, status } = result
      sent += 1
      if (status !== undefined) answered += 1
      all.add(took)
      let tally = events.get(event)
      if (tally === undefined) {
        tally = { histogram: createHistogram(), failed: 0 }
        events.set(event, tally)
      }
      tally.histogram.add(took)
      if (!ok) {
        failed += 1
        tally.failed += 1
        if (failures.length < limits.failures) failures.push(result)
        return
      }
      if (passes.length < limits.passes) passes.push({ name, event, took })
      if (sent % every !== 0) return
      dots.push({ sent: result.sent ?? 0, took, ok })
      if (dots.length < limits.dots) return
      dots = dots.filter((_, at) => at % 2 === 1)
      every *= 2
    },
    counts: () => ({ passed: sent - failed, failed, median: all.quantile(0.5) }),
    summary: () => ({
      sent,
      passed: sent - failed,
      failed,
      answered,
      median: all.quantile(0.5),
      p95: all.quantile(0.95),
      longest: all.longest(),
      events: [...events].map(([event, { histogram, failed }]) => ({
        event,
        sent: histogram.count(),
        failed,
        median: histogram.quantile(0.5),
        p95: histogram.quantile(0.95),
        longest: histogram.longest(),
      })),
      failures,
      moreFailures: failed - failures.length,
      passes,
      morePasses: sent - failed - passes.length,
      dots: [...dots, ...failures.map(({ sent = 0, took }) => ({ sent, took, ok: false }))],
      histogram: all.steps(),
    }),
  }
}
