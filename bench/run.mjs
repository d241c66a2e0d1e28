// npm run bench: measures every claim, prints a Markdown table, and fails when a goal is missed. A word behind it chooses rows.
import { cpus, totalmem } from 'node:os'
import { setup } from '../scripts/setup.mjs'
import { botApi } from './bot-api.mjs'
import { console } from './console.mjs'
import { deliveries } from './deliveries.mjs'
import { hooks } from './hooks.mjs'
import { replay } from './replay.mjs'
import { startUp } from './start-up.mjs'
import { widget } from './widget.mjs'

setup()
const [only = ''] = process.argv.slice(2)
const rows = ['| what | against | medians | ratio [range] | goal |', '| --- | --- | --- | --- | --- |']
let missed = 0
for (const { name, against, goal, most, unit = 'ms', atLeast = false, within, digits = 0, measure } of [
  ...startUp,
  ...hooks(),
  ...deliveries,
  ...botApi,
  ...replay,
  ...widget,
  ...console,
]) {
  if (!`${name} ${against}`.includes(only)) continue
  process.stderr.write(`${name}…\n`)
  const times = await measure()
  const { subject, yardstick } = times
  // Where more is better, times become speeds.
  const [ratio, ...range] = [times.ratio, ...times.range].map(value => (atLeast ? 1 / value : value))
  if ((goal !== undefined && (atLeast ? ratio < goal : ratio > goal)) || subject > most || subject - yardstick > within) missed += 1
  const goals = [
    ...(goal === undefined ? [] : [`${atLeast ? '≥' : '≤'} ${goal}`]),
    ...(most === undefined ? [] : [`< ${most} ${unit}`]),
    // Where the yardstick is next to nothing, the difference says more than the ratio.
    ...(within === undefined ? [] : [`≤ ${within} ${unit} more (${(subject - yardstick).toFixed(1)})`]),
  ]
  const spread = range.sort((a, b) => a - b).map(value => value.toFixed(2))
  rows.push(
    `| ${name} | ${against} | ${subject.toFixed(digits)} / ${yardstick.toFixed(digits)} ${unit} | **${ratio.toFixed(2)}** [${spread.join('–')}] | ${goals.join(', ') || 'none'} |`,
  )
}
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}`
process.stdout.write(`${rows.join('\n')}\n\nMachine: ${machine}\n`)
process.exitCode = missed === 0 ? 0 : 1
