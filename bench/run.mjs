// npm run bench: measures every claim, prints a Markdown table, and fails when a goal is missed.
import { cpus, totalmem } from 'node:os'
import { setup } from '../scripts/setup.mjs'
import { deliveries } from './deliveries.mjs'
import { startUp } from './start-up.mjs'

setup()
const rows = ['| what | against | median ms | ratio [range] | goal |', '| --- | --- | --- | --- | --- |']
let missed = 0
for (const { name, against, goal, atLeast = false, measure } of [...startUp, ...deliveries]) {
  process.stderr.write(`${name}…\n`)
  const { subject, yardstick, ratio, range } = await measure()
  if (goal !== undefined && (atLeast ? ratio < goal : ratio > goal)) missed += 1
  const spread = range.map(value => value.toFixed(2)).join('–')
  rows.push(
    `| ${name} | ${against} | ${subject.toFixed(0)} / ${yardstick.toFixed(0)} | **${ratio.toFixed(2)}** [${spread}] | ${goal === undefined ? 'none' : `${atLeast ? '≥' : '≤'} ${goal}`} |`,
  )
}
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}`
process.stdout.write(`${rows.join('\n')}\n\nMachine: ${machine}\n`)
process.exitCode = missed === 0 ? 0 : 1
