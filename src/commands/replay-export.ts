import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { type ExitCode, exitCodes } from '../errors.js'
import { shellWord } from '../reporters/html-report.js'
import type { FixtureSource } from '../transports/fixture-files.js'
import { checkEdits, checkFiles, inFolder, type Plan, prepared, rewritingOf, writeText } from './replay-plan.js'

/** Writes a load test for Artillery instead of sending. */
export const exportTest = async (sources: readonly FixtureSource[], folder: string, plan: Plan): Promise<ExitCode> => {
  const { options, context, to } = plan
  const { artilleryLine, artilleryProcessor, artilleryScript } = await import('../reporters/artillery.js')
  const place = inFolder(context.cwd, folder)
  await checkFiles(sources, plan)
  await writeText(join(place, 'processor.cjs'), artilleryProcessor)
  const rewriting = rewritingOf(plan)
  const bodies = createWriteStream(join(place, 'bodies.jsonl'))
  let count = 0
  for await (const { name, text, expected } of prepared(sources, rewriting, plan)) {
    count += 1
    if (!bodies.write(artilleryLine(name, text, expected))) await new Promise<void>(resolve => bodies.once('drain', () => resolve()))
  }
  await new Promise<void>((resolve, reject) => bodies.on('error', reject).end(resolve))
  checkEdits(rewriting)
  const script = artilleryScript({
    to,
    count,
    rate: options.rate ?? 10,
    concurrency: options.concurrency,
    timeout: options.timeout,
    headers: { 'content-type': 'application/json; charset=utf-8', ...Object.fromEntries(options.header) },
  })
  await writeText(join(place, 'load-test.yml'), script)
  context.stderr.write(`Load test with ${count} bodies: ${folder}\n  cd ${shellWord(folder)} && npx artillery@2 run load-test.yml\n`)
  return exitCodes.done
}
