// Paired timing: A and B run in turn, the ratio is taken pair by pair, medians are quoted. A ratio holds on a noisy
// machine where milliseconds do not.

import { cpus } from 'node:os'

/** Median of numbers; of an even count the upper one. */
export const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

const busy = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

/** Waits until others leave the machine alone: less than a tenth of one core in 300 milliseconds. Gives up after 20 seconds. */
const quiet = async () => {
  for (let tries = 0; tries < 66; tries += 1) {
    const before = busy()
    await new Promise(resolve => setTimeout(resolve, 300))
    if (busy() - before < 30) return
  }
}

/**
 * Runs two measurements in turn, the order changing with every pair, after one pair that does not count.
 *
 * @param pairs how many pairs count
 * @param subject measures ours, `yardstick` what it is held against; both return milliseconds
 */
export const paired = async (pairs, subject, yardstick) => {
  const times = { subject: [], yardstick: [] }
  for (let pair = 0; pair <= pairs; pair += 1) {
    const order = pair % 2 === 0 ? ['subject', 'yardstick'] : ['yardstick', 'subject']
    const measured = {}
    for (const name of order) {
      await quiet()
      measured[name] = await (name === 'subject' ? subject() : yardstick())
    }
    if (pair === 0) continue
    times.subject.push(measured.subject)
    times.yardstick.push(measured.yardstick)
  }
  return ratiosOf(times.subject, times.yardstick)
}

/** Medians of two lists of numbers, and the ratio, taken pair by pair. */
export const ratiosOf = (subject, yardstick) => {
  const ratios = subject.map((value, at) => value / yardstick[at])
  return { subject: median(subject), yardstick: median(yardstick), ratio: median(ratios), range: [Math.min(...ratios), Math.max(...ratios)] }
}
