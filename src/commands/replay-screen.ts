import type { Context } from '../context.js'
import type { ReplayResult } from '../replay/replay.js'
import type { Summary, Tally } from '../replay/tally.js'
import { paint } from '../reporters/paint.js'
import { progressLine } from '../reporters/progress-line.js'
import { eventLines, failureLines, fewest, resultLines, summaryLine } from '../reporters/replay-lines.js'

/** Milliseconds between two pictures of the progress line. */
const redraw = 100

/** What a run shows while it goes on and when it has ended. `total` is null where nobody knows how many there will be. */
export const replayScreen = ({ stdout, stderr, env, clock }: Context, json: boolean, total: number | null, tally: Tally) => {
  const colors = paint(stdout, env)
  const began = clock.now()
  const isLive = stderr.isTTY && !json && env.TERM !== 'dumb'
  const print = (lines: readonly string[]) => stdout.write(`${lines.join('\n')}\n`)
  /** Results that have no line yet, because there may be too many for that. */
  let held: ReplayResult[] = []
  let drawn = 0
  let count = 0

  const clear = () => {
    if (drawn > 0) stderr.write('\r\u001b[2K')
    drawn = 0
  }

  return {
    result: (result: ReplayResult) => {
      count += 1
      if (json) {
        stdout.write(`${JSON.stringify({ type: 'replay.result', ...result })}\n`)
        return
      }
      if (total !== null && total <= fewest) {
        clear()
        print(resultLines(result, colors))
      } else if (count <= fewest) held.push(result)
      else if (held.length > 0) held = []
      if (!isLive) return
      const now = clock.now()
      if (now - began < redraw || now - drawn < redraw) return
      stderr.write(`\r\u001b[2K${progressLine({ ...tally.counts(), elapsed: now - began, total }, stderr.columns)}`)
      drawn = now
    },
    end: (summary: Summary, took: number, to: string) => {
      clear()
      const { passed, failed, median, p95, longest } = summary
      if (json) {
        stdout.write(`${JSON.stringify({ type: 'replay.summary', to, passed, failed, took, median, p95, longest })}\n`)
        return
      }
      if (held.length > 0) print(held.flatMap(result => resultLines(result, colors)))
      if (count > fewest) print([...eventLines(summary.events, colors), ...failureLines(summary, colors)])
      print(['', summaryLine(summary, took)])
    },
  }
}
