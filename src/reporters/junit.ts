import type { ReplayResult } from '../replay/replay.js'

/** A JUnit report, as CI servers read it: one suite an event, one case a fixture, times in seconds. */
export const junit = (results: readonly ReplayResult[], to: string): string => {
  const suites = [...new Set(results.map(({ event }) => event))].map(event => {
    const cases = results.filter(result => result.event === event)
    const lines = cases.map(testCase).join('\n')
    return `  <testsuite name="${xml(event)}" ${totals(cases)}>\n${lines}\n  </testsuite>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(`jivo-dev replay to ${to}`)}" ${totals(results)}>\n${suites.join('\n')}\n</testsuites>\n`
}

const totals = (results: readonly ReplayResult[]) => {
  const failures = results.filter(({ ok }) => !ok).length
  const seconds = results.reduce((sum, { took }) => sum + took, 0) / 1_000
  return `tests="${results.length}" failures="${failures}" errors="0" skipped="0" time="${seconds.toFixed(3)}"`
}

const testCase = ({ name, event, ok, took, reason = '', message = '', answer }: ReplayResult) => {
  const head = `    <testcase name="${xml(name)}" classname="${xml(event)}" time="${(took / 1_000).toFixed(3)}"`
  if (ok) return `${head}/>`
  const details = answer === undefined ? '' : xml(answer.body.slice(0, 4_000))
  return `${head}>\n      <failure type="${xml(reason)}" message="${xml(message)}">${details}</failure>\n    </testcase>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Escaped, and without what XML cannot hold at all. */
const xml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"']/g, letter => entities[letter] ?? letter)
