import type { Command } from 'commander'
import type { Context } from '../context.js'
import { near } from '../contracts/near.js'
import { webhookNames } from '../contracts/webhooks/events.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { shuffled, shuffleWindow } from '../replay/order.js'
import { seededRandom } from '../replay/random.js'
import type { SendBody } from '../replay/replay.js'
import { readFailedReport } from '../replay/report.js'
import { runReplay } from '../replay/run.js'
import { createTally } from '../replay/tally.js'
import { type FixtureSource, findFixtures } from '../transports/fixture-files.js'
import type { HttpClient } from '../transports/http/http-client.js'
import { keepHeapSteady } from '../transports/steady-heap.js'
import { readText } from '../transports/text-files.js'
import { addOptions, type Options } from './replay-options.js'
import { checkEdits, checkFiles, type Plan, prepared, rewritingOf } from './replay-plan.js'
import { writeReports } from './replay-reports.js'
import { replayScreen } from './replay-screen.js'
import { createSidecars } from './replay-sidecars.js'
import { watch } from './replay-watch.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addOptions(
    command
      .description('Sends every fixture under the paths to your server, in order, and judges the answers.')
      .argument('[path...]', 'fixtures, recordings (.jsonl), folders or patterns of them, - for stdin; fixtures/… also names those of the package'),
  ).action(async (paths: string[], options: Options) => done(await run(paths, options, context)))
}

const run = async (given: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const failed = options.failedOf === undefined ? null : await readFailed(options.failedOf, context)
  const paths = given.length === 0 && failed !== null ? failed.paths : given
  checkUsage(paths, options)
  const { stderr, signal } = context
  const plan: Plan = {
    paths,
    options,
    context,
    to: options.to ?? '',
    seed: options.seed ?? Number.parseInt(context.randomHex(4), 16) % 2 ** 31,
    ...(failed === null ? {} : { names: failed.names }),
  }
  if (failed !== null && failed.more > 0) stderr.write(`${failed.more} more failed in ${options.failedOf}; it names the first ${failed.names.size}.\n`)
  try {
    const sources = await findFixtures(paths, context)
    if (options.seed === undefined && (options.order === 'shuffle' || options.freshIds)) stderr.write(`The same again with  --seed ${plan.seed}\n`)
    if (options.export !== undefined) {
      const { exportTest } = await import('./replay-export.js')
      return await exportTest(sources, options.export, plan)
    }
    keepHeapSteady()
    const { client, send } = await openSender(plan)
    try {
      const code = await once(sources, plan, send)
      return options.watch && !signal.aborted ? await watch(code, plan, changed => once(changed, plan, send)) : code
    } finally {
      await client.close()
    }
  } finally {
    if (paths.includes('-')) context.stdin.close()
  }
}

const checkUsage = (paths: readonly string[], { to, watch, repeat, json, report, export: exported }: Options) => {
  const usage = (problem: string, hint?: string) => new UserError('usage', { problem, ...(hint === undefined ? {} : { hint }) })
  const example = `jivo-dev replay ${paths.join(' ') || 'fixtures/webhooks'} --to http://127.0.0.1:3000/jivo`
  if (paths.length === 0) throw usage('Say what to replay.', example)
  if (to === undefined && exported === undefined) throw usage('Say where to send them.', example)
  if (paths.includes('-') && watch) throw usage('--watch needs files: stdin cannot be sent again.')
  if (paths.includes('-') && repeat > 1 && exported === undefined) throw usage('--repeat needs files: stdin cannot be read twice.')
  if (json && report.some(({ format }) => format === 'github')) throw usage('--report github and --json both want stdout; take one of them.')
}

const readFailed = async (file: string, { cwd }: Context) => {
  const text = await readText(file, cwd)
  try {
    const { paths, failures, moreFailures } = readFailedReport(text)
    return { paths, names: new Set(failures.map(({ name }) => name)), more: moreFailures }
  } catch (error) {
    throw new UserError('badReport', { path: file, problem: (error as Error).message })
  }
}

/** The guarded client, with a connection for each request in flight, the headers as Jivo sends them. */
const openSender = async ({ options, to, context: { version, signal } }: Plan): Promise<{ client: HttpClient; send: SendBody }> => {
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}`, connections: options.concurrency })
  const headers = { 'content-type': 'application/json; charset=utf-8', ...Object.fromEntries(options.header) }
  // A sidecar may allow more time than the rest has.
  return { client, send: (body, within = 0) => client.request({ url: to, body, headers, timeout: Math.max(options.timeout, within), signal }) }
}

const once = async (sources: readonly FixtureSource[], plan: Plan, send: SendBody): Promise<ExitCode> => {
  const { options, context, seed } = plan
  const { clock, signal, stderr } = context
  const total = await checkFiles(sources, plan)
  const rewriting = rewritingOf(plan)
  async function* repeated() {
    for (let time = 0; time < options.repeat; time += 1) yield* prepared(sources, rewriting, plan)
  }
  const fixtures = options.order === 'shuffle' ? shuffled(repeated(), seededRandom(seed)) : repeated()
  if (options.order === 'shuffle' && (total === null || total > shuffleWindow)) stderr.write(`Shuffled within a window of ${shuffleWindow}.\n`)

  const began = clock.now()
  const tally = createTally()
  const screen = replayScreen(context, options.json, total, tally)
  const sidecars = createSidecars(plan)
  let failure: unknown = null
  try {
    await runReplay({
      ...options,
      fixtures,
      send,
      clock,
      signal,
      pace: { ...(options.rate === undefined ? {} : { rate: options.rate }), ...(options.speed === undefined ? {} : { speed: options.speed }) },
      onResult: result => {
        tally.add(result)
        screen.result(result)
      },
      ...(options.update ? { judge: sidecars.judge, onOutcome: sidecars.write } : {}),
    })
    if (!signal.aborted) checkEdits(rewriting)
  } catch (error) {
    failure = error
  }
  const took = clock.now() - began
  const summary = tally.summary()
  if (failure !== null && summary.sent === 0) throw failure
  const { only, where } = options
  if (summary.sent === 0 && !signal.aborted && only.length + where.length > 0 && options.shard === undefined && plan.names === undefined) {
    throw new UserError('nothingChosen', { near: only.flatMap(name => (webhookNames.includes(name as never) ? [] : near(name, webhookNames))) })
  }
  screen.end(summary, took, plan.to)
  if (options.update) stderr.write(sidecars.told())
  await writeReports(summary, began, took, plan)
  if (failure !== null) throw failure
  if (signal.aborted && !options.watch) return exitCodes.interrupted
  if (summary.failed === 0) return exitCodes.done
  return summary.answered === 0 ? exitCodes.unreachable : exitCodes.verdict
}
