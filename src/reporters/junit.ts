import type { ReplayResult } from '../replay/replay.js'
import type { Summary } from '../replay/tally.js'

/**
 * A JUnit report, as CI servers read it: one suite an event, one case a fixture, times in seconds. Of a long run the first
 * passes and failures are listed; the totals count all.
 */
export const junit = (summary: Summary, to: string): string => {
  const suites = summary.events.map(event => {
    const failures = summary.failures.filter(result => result.event === event.event).map(failedCase)
    const passes = summary.passes.filter(result => result.event === event.event).map(pass => `${head(pass)}/>`)
    return `  <testsuite name="${xml(event.event)}" ${totals(event.sent, event.failed, timeOf(summary, event.event))}>\n${[...failures, ...passes].join('\n')}\n  </testsuite>`
  })
  const { sent, failed, moreFailures, morePasses } = summary
  const more = moreFailures + morePasses === 0 ? '' : `  <!-- ${moreFailures} more failures and ${morePasses} more passes are counted, not listed. -->\n`
  const all = totals(sent, failed, timeOf(summary))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(`jivo-dev replay to ${to}`)}" ${all}>\n${more}${suites.join('\n')}\n</testsuites>\n`
}

/** Milliseconds of the cases that are listed. */
const timeOf = ({ failures, passes }: Summary, event?: string) =>
  [...failures, ...passes].filter(result => event === undefined || result.event === event).reduce((sum, { took }) => sum + took, 0)

const totals = (tests: number, failures: number, time: number) =>
  `tests="${tests}" failures="${failures}" errors="0" skipped="0" time="${(time / 1_000).toFixed(3)}"`

const head = ({ name, event, took }: Pick<ReplayResult, 'name' | 'event' | 'took'>) =>
  `    <testcase name="${xml(name)}" classname="${xml(event)}" time="${(took / 1_000).toFixed(3)}"`

const failedCase = (result: ReplayResult) => {
  const { reason = '', message = '', diff, answer } = result
  const compared = diff?.map(({ mark, text }) => `${mark} ${text}`).join('\n')
  const details = xml((compared ?? answer?.body ?? '').slice(0, 4_000))
  return `${head(result)}>\n      <failure type="${xml(reason)}" message="${xml(message)}">${details}</failure>\n    </testcase>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Escaped, and without what XML cannot hold at all. */
export const xml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"']/g, letter => entities[letter] ?? letter)
