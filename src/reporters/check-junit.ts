import { type CheckResult, totalsOf } from '../checks/check-result.js'
import { xml } from './junit.js'

/** A JUnit report of checks, as CI servers read it: one suite, one case a check, times in seconds. A warning passes and is told in the output. */
export const checkJunit = (suite: string, to: string | undefined, results: readonly CheckResult[]): string => {
  const { failed, skipped } = totalsOf(results)
  const seconds = (took: number) => (took / 1_000).toFixed(3)
  const time = seconds(results.reduce((sum, { took }) => sum + took, 0))
  const totals = `tests="${results.length}" failures="${failed}" errors="0" skipped="${skipped}" time="${time}"`
  const cases = results.map(({ name, verdict, message, fix, took }) => {
    const head = `    <testcase name="${xml(name)}" classname="${xml(suite)}" time="${seconds(took)}"`
    if (verdict === 'failed') return `${head}>\n      <failure type="failed" message="${xml(message)}">${xml(fix)}</failure>\n    </testcase>`
    if (verdict === 'skipped') return `${head}>\n      <skipped message="${xml(message)}"/>\n    </testcase>`
    return verdict === 'warned' ? `${head}>\n      <system-out>${xml(`${message} ${fix}`)}</system-out>\n    </testcase>` : `${head}/>`
  })
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(`jivo-dev ${suite}${to === undefined ? '' : ` to ${to}`}`)}" ${totals}>`,
    `  <testsuite name="${xml(suite)}" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}
