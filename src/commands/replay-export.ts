import { createWriteStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { shuffled } from '../replay/order.js'
import { seededRandom } from '../replay/random.js'
import { artilleryLine, artilleryProcessor, artilleryScript, placeholderTarget } from '../reporters/artillery.js'
import { shellWord } from '../reporters/html-report.js'
import type { FixtureSource } from '../transports/fixture-files.js'
import { inFolder, writeText } from '../transports/text-files.js'
import { checkEdits, checkFiles, type Plan, prepared, rewritingOf } from './replay-plan.js'

/** Writes a load test for Artillery instead of sending. */
export const exportTest = async (sources: readonly FixtureSource[], folder: string, plan: Plan): Promise<ExitCode> => {
  const { options, context, seed } = plan
  const { stderr } = context
  const to = plan.to === '' ? placeholderTarget : plan.to
  const place = inFolder(context.cwd, folder)
  await checkFiles(sources, plan)
  await writeText(join(place, 'processor.cjs'), artilleryProcessor)
  await copyFile(join(context.packageFolder, 'dist/artillery/judge.cjs'), join(place, 'judge.cjs'))
  const rewriting = rewritingOf(plan)
  const fixtures = prepared(sources, rewriting, plan)
  const bodies = createWriteStream(join(place, 'bodies.jsonl'))
  let count = 0
  let { timeout } = options
  for await (const batch of options.order === 'shuffle' ? shuffled(fixtures, seededRandom(seed)) : fixtures) {
    count += batch.length
    timeout = Math.max(timeout, ...batch.map(({ expected }) => expected?.within ?? 0))
    if (!bodies.write(batch.map(artilleryLine).join(''))) await new Promise<void>(resolve => bodies.once('drain', () => resolve()))
  }
  await new Promise<void>((resolve, reject) => bodies.on('error', reject).end(resolve))
  checkEdits(rewriting)
  if (count === 0) throw new UserError('nothingChosen', { near: [] })
  const script = artilleryScript({
    to,
    count: count * options.repeat,
    rate: options.rate ?? 10,
    ...(options.concurrency === 1 ? {} : { concurrency: options.concurrency }),
    timeout,
    headers: { 'content-type': 'application/json; charset=utf-8', ...authorization(to), ...Object.fromEntries(options.header) },
  })
  await writeText(join(place, 'load-test.yml'), script)
  const target = plan.to === '' ? `JIVO_DEV_TO=${placeholderTarget} ` : ''
  stderr.write(`Load test with ${count} bodies: ${folder}\n  cd ${shellWord(folder)} && ${target}npx artillery@2 run load-test.yml\n`)
  return exitCodes.done
}

/** User and password of the address, which the script does not name. */
const authorization = (to: string): Record<string, string> => {
  const { username, password } = new URL(to)
  if (username === '') return {}
  return { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` }
}
