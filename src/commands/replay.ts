import { writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import type { Fixture } from '../replay/fixture.js'
import { type ReplayResult, replay, type SendBody } from '../replay/replay.js'
import { junit } from '../reporters/junit.js'
import { paint } from '../reporters/paint.js'
import { resultLines, summaryLine } from '../reporters/replay-lines.js'
import { loadFixture, loadFixtures } from '../transports/fixture-files.js'
import { jsonOption, openTarget, timeoutOption, toOption } from './target.js'

interface Report {
  readonly format: 'junit'
  readonly file: string
}

interface Options {
  readonly to?: string
  readonly timeout: number
  readonly json: boolean
  readonly report: readonly Report[]
  readonly watch: boolean
}

const parseReport = (text: string, previous: readonly Report[]): Report[] => {
  const [format, file] = text.split('=')
  if (format !== 'junit' || file === undefined || file === '') throw new InvalidArgumentError('Expected junit=FILE.')
  return [...previous, { format, file }]
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Sends every fixture under the paths to your server, in order, and judges the answers.')
    .argument('<path...>', 'fixtures, or folders of them; fixtures/… also names those of the package')
    .addOption(toOption())
    .addOption(timeoutOption())
    .addOption(new Option('--report <format=file>', 'write a report: junit=FILE; may be repeated').argParser(parseReport).default([], ''))
    .addOption(new Option('--watch', 'then send what changes, until Ctrl-C').default(false))
    .addOption(jsonOption('stdout is NDJSON: a line a fixture, then the summary'))
    .action(async (paths: string[], options: Options) => done(await run(paths, options, context)))
}

const run = async (paths: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { cwd, signal, stderr } = context
  if (options.to === undefined) {
    throw new UserError('usage', { problem: 'Say where to send them.', hint: `jivo-dev replay ${paths.join(' ')} --to http://127.0.0.1:3000/jivo` })
  }
  const fixtures = await loadFixtures(paths, context)
  const { client, send } = await openTarget(context, options.to, options.timeout)
  try {
    let code = await once(fixtures, options.to, send, options, context)
    if (!options.watch || signal.aborted) return code
    const { changedFixtures } = await import('../transports/watch-files.js')
    stderr.write('Watching; Ctrl-C ends it.\n')
    for await (const path of changedFixtures(paths, cwd, signal)) {
      try {
        code = await once([await loadFixture(path, context)], options.to, send, options, context)
      } catch (error) {
        // A file that is being written may be broken for a while.
        if (!(error instanceof UserError)) throw error
        stderr.write(`${error.message}\n`)
      }
    }
    return code
  } finally {
    await client.close()
  }
}

const once = async (fixtures: readonly Fixture[], to: string, send: SendBody, options: Options, context: Context): Promise<ExitCode> => {
  const { clock, cwd, signal, stdout, stderr, env } = context
  const began = clock.now()
  const results: ReplayResult[] = []
  for await (const result of replay(fixtures, send)) {
    if (signal.aborted) return exitCodes.interrupted
    results.push(result)
    if (options.json) stdout.write(`${JSON.stringify({ type: 'replay.result', ...result })}\n`)
    else stdout.write(`${resultLines(result, paint(stdout, env)).join('\n')}\n`)
  }
  const took = clock.now() - began
  const failed = results.filter(({ ok }) => !ok).length
  if (options.json) stdout.write(`${JSON.stringify({ type: 'replay.summary', to, passed: results.length - failed, failed, took })}\n`)
  else stdout.write(`\n${summaryLine(results, took)}\n`)
  for (const { file } of options.report) {
    const path = isAbsolute(file) ? file : join(cwd, file)
    await writeFile(path, junit(results, to)).catch(error => {
      throw new UserError('fileUnwritable', { path: file, problem: (error as Error).message })
    })
    if (!options.json) stderr.write(`Report: ${file}\n`)
  }
  if (failed === 0) return exitCodes.done
  return results.every(({ status }) => status === undefined) ? exitCodes.unreachable : exitCodes.verdict
}
