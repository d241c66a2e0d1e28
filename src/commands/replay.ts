import { createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import type { Command } from 'commander'
import type { Context } from '../context.js'
import { webhookNames } from '../contracts/webhooks/events.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { createChoice } from '../replay/choose.js'
import { EditError } from '../replay/edit.js'
import type { Fixture } from '../replay/fixture.js'
import { createFreshIds } from '../replay/fresh-ids.js'
import { near } from '../replay/near.js'
import { shuffled, shuffleWindow } from '../replay/order.js'
import { seededRandom } from '../replay/random.js'
import { judgeFixture, type Outcome, type SendBody } from '../replay/replay.js'
import { readFailedReport } from '../replay/report.js'
import { createRewriting, type Rewriting } from '../replay/rewrite.js'
import { runReplay } from '../replay/run.js'
import { createTally, type Summary } from '../replay/tally.js'
import { expectationOf } from '../replay/verdict.js'
import { shellWord } from '../reporters/html-report.js'
import { paint } from '../reporters/paint.js'
import { absolute, type FixtureSource, findFixtures, readFixtures, sidecarOf } from '../transports/fixture-files.js'
import type { HttpClient } from '../transports/http-client.js'
import { untilAborted } from '../transports/line-stream.js'
import { addOptions, type Options } from './replay-options.js'
import { replayScreen } from './replay-screen.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addOptions(
    command
      .description('Sends every fixture under the paths to your server, in order, and judges the answers.')
      .argument('[path...]', 'fixtures, recordings (.jsonl), folders or patterns of them, - for stdin; fixtures/… also names those of the package'),
  ).action(async (paths: string[], options: Options) => done(await run(paths, options, context)))
}

/** What all runs of one command line share. */
interface Plan {
  readonly paths: readonly string[]
  readonly options: Options
  readonly context: Context
  readonly to: string
  readonly seed: number
  /** Names that failed before. */
  readonly names?: ReadonlySet<string>
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
    if (options.export !== undefined) return await exportTest(sources, options.export, plan)
    if (options.seed === undefined && (options.order === 'shuffle' || options.freshIds)) stderr.write(`The same again with  --seed ${plan.seed}\n`)
    const { client, send } = await openSender(plan)
    try {
      const code = await once(sources, plan, send)
      return options.watch && !signal.aborted ? await watch(code, plan, send) : code
    } finally {
      await client.close()
    }
  } finally {
    if (paths.includes('-')) context.stdin.close()
  }
}

const checkUsage = (paths: readonly string[], { to, watch, repeat, json, report }: Options) => {
  const usage = (problem: string, hint?: string) => new UserError('usage', { problem, ...(hint === undefined ? {} : { hint }) })
  const example = `jivo-dev replay ${paths.join(' ') || 'fixtures/webhooks'} --to http://127.0.0.1:3000/jivo`
  if (paths.length === 0) throw usage('Say what to replay.', example)
  if (to === undefined) throw usage('Say where to send them.', example)
  if (paths.includes('-') && watch) throw usage('--watch needs files: stdin cannot be sent again.')
  if (paths.includes('-') && repeat > 1) throw usage('--repeat needs files: stdin cannot be read twice.')
  if (json && report.some(({ format }) => format === 'github')) throw usage('--report github and --json both want stdout; take one of them.')
}

const readFailed = async (file: string, { cwd }: Context) => {
  const text = await readFile(inFolder(cwd, file), 'utf8').catch(error => {
    throw new UserError('fileUnreadable', { path: file, problem: error.code === 'ENOENT' ? 'it does not exist' : error.message })
  })
  try {
    const { paths, failures, moreFailures } = readFailedReport(text)
    return { paths, names: new Set(failures.map(({ name }) => name)), more: moreFailures }
  } catch (error) {
    throw new UserError('badReport', { path: file, problem: (error as Error).message })
  }
}

/** The guarded client, with a connection for each request in flight, the headers as Jivo sends them. */
const openSender = async ({ options, to, context: { version, signal } }: Plan): Promise<{ client: HttpClient; send: SendBody }> => {
  const { createHttpClient } = await import('../transports/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}`, connections: options.concurrency })
  const headers = { 'content-type': 'application/json; charset=utf-8', ...Object.fromEntries(options.header) }
  // A sidecar may allow more time than the rest has.
  return { client, send: (body, within = 0) => client.request({ url: to, body, headers, timeout: Math.max(options.timeout, within), signal }) }
}

const inFolder = (cwd: string, file: string) => (isAbsolute(file) ? file : join(cwd, file))

/** The chosen fixtures, rewritten, in the order of their sources. */
async function* prepared(sources: readonly FixtureSource[], rewriting: Rewriting, { options, context, names }: Plan): AsyncGenerator<readonly Fixture[]> {
  const isChosen = createChoice({ ...options, ...(names === undefined ? {} : { names }) })
  try {
    for await (const batch of readFixtures(sources, context, untilAborted(context.stdin, context.signal))) {
      const chosen = batch.filter(isChosen).map(rewriting.rewrite)
      if (chosen.length > 0) yield chosen
    }
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    const { problem } = error
    throw problem.kind === 'bad-value' ? new UserError('badValue', problem) : error
  }
}

const rewritingOf = ({ options, seed, context }: Plan) =>
  createRewriting([...options.set, ...options.unset], options.freshIds ? createFreshIds(seededRandom(seed), context.clock.now()) : undefined)

/** @throws UserError when an edit fits no event at all */
const checkEdits = (rewriting: Rewriting) => {
  const [unused] = rewriting.unused()
  if (unused === undefined) return
  const { problem } = unused.error
  throw new UserError('unknownPath', { path: unused.edit.path, event: unused.event, near: problem.kind === 'unknown-path' ? problem.near : [] })
}

/** Reads all files once, so that a mistake in the last is known before the first is sent. Returns how many are chosen; null when streams are among them. */
const checkFiles = async (sources: readonly FixtureSource[], plan: Plan): Promise<number | null> => {
  const files = sources.filter(({ kind }) => kind === 'file')
  const rewriting = rewritingOf(plan)
  let count = 0
  for await (const batch of prepared(files, rewriting, plan)) count += batch.length
  if (files.length < sources.length) return null
  checkEdits(rewriting)
  return count * plan.options.repeat
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

/** Writes what servers answer beside the fixtures; what is answered counts as right. */
const createSidecars = ({ context }: Plan) => {
  const counts = { written: 0, same: 0, skipped: 0 }
  const write = async (fixture: Fixture, { result, headers }: Outcome) => {
    const own = isAbsolute(fixture.name) ? fixture.name : join(context.cwd, fixture.name)
    // The lines of a recording have no sidecar, and those of the package are not ours to write.
    if (result.kind === 'no-answer' || fixture.line !== undefined || absolute(fixture.name, context) !== own) {
      counts.skipped += 1
      return
    }
    const { headers: wanted, within } = fixture.expected ?? {}
    const refreshed = wanted && Object.fromEntries(Object.keys(wanted).map(name => [name, headers?.[name.toLowerCase()]?.toString() ?? '']))
    const expected = { ...expectationOf(result), ...(refreshed === undefined ? {} : { headers: refreshed }), ...(within === undefined ? {} : { within }) }
    const path = sidecarOf(own)
    const text = `${JSON.stringify(expected, null, 2)}\n`
    if ((await readFile(path, 'utf8').catch(() => '')) === text) {
      counts.same += 1
      return
    }
    await writeText(path, text)
    counts.written += 1
  }
  return {
    write,
    judge: (fixture: Fixture, outcome: Outcome) => {
      const judged = judgeFixture(fixture, outcome)
      if (outcome.result.kind === 'no-answer') return judged
      const { reason, message, diff, hint, ...rest } = judged
      return { ...rest, ok: true }
    },
    told: () => {
      const { written, same, skipped } = counts
      return `Expectations: ${written} written, ${same} as they were${skipped === 0 ? '' : `, ${skipped} without a place: no answer, a recording, or a fixture of the package`}.\n`
    },
  }
}

const writeText = async (path: string, text: string) => {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    throw new UserError('fileUnwritable', { path, problem: (error as Error).message })
  }
}

const writeReports = async (summary: Summary, began: number, took: number, plan: Plan): Promise<void> => {
  const { options, context, paths, seed } = plan
  const { stderr, stdout, env, version, cwd } = context
  const to = masked(plan.to)
  const { concurrency, timeout } = options
  const report = { command: commandOf(plan), paths, to, version, seed, concurrency, began, took, timeout, summary }
  for (const { format, file } of options.report) {
    if (format === 'github') {
      const { githubAnnotations } = await import('../reporters/github-annotations.js')
      for (const line of githubAnnotations(summary.failures, summary.moreFailures)) stdout.write(`${line}\n`)
      continue
    }
    const write = {
      junit: async () => (await import('../reporters/junit.js')).junit(summary, to),
      json: async () => (await import('../reporters/json-report.js')).jsonReport(report),
      html: async () => (await import('../reporters/html-report.js')).htmlReport(report),
      md: async () => (await import('../reporters/markdown-report.js')).markdownReport(report),
    }
    await writeText(inFolder(cwd, file), await write[format]())
    if (!options.json) stderr.write(`Report: ${file}\n`)
  }
  const again = options.report.find(({ format }) => format === 'json')
  if (summary.failed > 0 && again !== undefined && !options.json) {
    stderr.write(paint(stderr, env).gray(`Again, only these:  jivo-dev replay --failed-of ${shellWord(again.file)} --to ${shellWord(to)}\n`))
  }
}

/** The address without a password. */
const masked = (to: string): string => {
  const url = new URL(to)
  if (url.password === '') return to
  url.password = '***'
  return url.href
}

/** The command line that does it again. Headers are left out: they may hold a secret. */
const commandOf = ({ paths, options, to, seed }: Plan): string => {
  const { only, where, shard, set, unset, concurrency, repeat, order, freshIds } = options
  const words = [
    ...paths,
    '--to',
    masked(to),
    ...only.flatMap(event => ['--only', event]),
    ...where.flatMap(({ path, value }) => ['--where', `${path}=${value}`]),
    ...(shard === undefined ? [] : ['--shard', `${shard.index}/${shard.of}`]),
    ...[...set, ...unset].flatMap(edit => (edit.kind === 'set' ? ['--set', `${edit.path}=${edit.value}`] : ['--unset', edit.path])),
    ...(concurrency === 1 ? [] : ['--concurrency', String(concurrency)]),
    ...(repeat === 1 ? [] : ['--repeat', String(repeat)]),
    ...(order === 'shuffle' ? ['--order', 'shuffle'] : []),
    ...(freshIds ? ['--fresh-ids'] : []),
    ...(order === 'shuffle' || freshIds ? ['--seed', String(seed)] : []),
  ]
  return `jivo-dev replay ${words.map(shellWord).join(' ')}`
}

const watch = async (first: ExitCode, plan: Plan, send: SendBody): Promise<ExitCode> => {
  const { paths, options, context } = plan
  const { stderr, stdin, signal, cwd } = context
  const { changedFixtures } = await import('../transports/watch-files.js')
  stderr.write('Watching; Enter sends all of it again, Ctrl-C ends it.\n')
  const reports = new Set(options.report.map(({ file }) => inFolder(cwd, file)))
  let code = first
  const onLines = (again: () => void) => {
    void (async () => {
      for await (const chunk of untilAborted(stdin, signal)) if (String(chunk).includes('\n')) again()
    })().catch(() => {})
  }
  try {
    for await (const path of changedFixtures(paths, cwd, signal, onLines)) {
      if (path !== null && reports.has(inFolder(cwd, path))) continue
      try {
        code = await once(await findFixtures(path === null ? paths : [path], context), plan, send)
      } catch (error) {
        // A file that is being written may be broken for a while.
        if (!(error instanceof UserError)) throw error
        stderr.write(`${error.message}\n`)
      }
    }
    return code
  } finally {
    stdin.close()
  }
}

/** Writes a load test for Artillery instead of sending. */
const exportTest = async (sources: readonly FixtureSource[], folder: string, plan: Plan): Promise<ExitCode> => {
  const { options, context, to } = plan
  const { artilleryLine, artilleryProcessor, artilleryScript } = await import('../reporters/artillery.js')
  const place = inFolder(context.cwd, folder)
  await checkFiles(sources, plan)
  await writeText(join(place, 'processor.cjs'), artilleryProcessor)
  const rewriting = rewritingOf(plan)
  const bodies = createWriteStream(join(place, 'bodies.jsonl'))
  let count = 0
  for await (const batch of prepared(sources, rewriting, plan)) {
    count += batch.length
    if (!bodies.write(batch.map(({ name, text, expected }) => artilleryLine(name, text, expected)).join('')))
      await new Promise<void>(resolve => bodies.once('drain', () => resolve()))
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
