import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { parsePort } from '../config/values.js'
import type { Context } from '../context.js'
import { exitCodes, UserError } from '../errors.js'
import { isRunning, readLocator } from '../transports/data-folder.js'
import type { Intercept } from '../transports/intercept/open-intercept.js'
import { addAccountOptions } from './emulate-options.js'
import { emulatorOption } from './emulator-client.js'
import { type Beside, type BesideOptions, openBeside } from './exec-emulator.js'
import { isBrowserCommand, whyNoCall, whyRefused } from './exec-reasons.js'
import { environmentLines } from './exec-variables.js'
import { jsonOption } from './target.js'

interface Options extends BesideOptions {
  /** Undefined where the command decides. */
  readonly proxy?: boolean
  readonly proxyPort: number
  readonly printEnv: boolean
}

export const configure = (command: Command, context: Context, done: (code: number) => void): void => {
  addAccountOptions(
    command
      .description("Runs a command whose calls to Jivo's hosts come to an emulator, in any language and without a changed line. The emulator ends with it.")
      .usage('[flags] -- COMMAND [ARGUMENTS...]')
      .argument('[command...]', 'what to run; its exit code is ours')
      .addOption(new Option('-d, --data <folder>', 'folder of the journal and of the certificates; thrown away unless given'))
      .addOption(emulatorOption())
      .addOption(new Option('--proxy', 'lead its calls here; so for every command but a browser, which jivo-dev open is for'))
      .addOption(new Option('--no-proxy', 'set the addresses alone'))
      .addOption(new Option('--proxy-port <number>', 'port that calls are led to; 0 takes any free one').default(0).argParser(parsePort))
      .addOption(new Option('--print-env', 'print the variables that the command gets, and why; without a command, that is all').default(false))
      .addOption(jsonOption('print them as one JSON object'))
      .addOption(new Option('-q, --quiet', 'say nothing on stderr').default(false)),
  )
    .addHelpText('after', help)
    .action(async (words: readonly string[], options: Options) => done(await exec(words, options, command, context)))
}

const help = `
The command gets, besides what leads its calls here:
  JIVO_DEV_URL         the emulator; other jivo-dev commands find it by this
  JIVO_DEV_BOT_URL     where the first bot writes to (with --bot)
  JIVO_DEV_CHAT_URL    where the first channel of the Chat API writes to (with --chat)
  JIVO_DEV_WIDGET_URL  the script of the widget

Examples:
  jivo-dev exec -- npm test
  jivo-dev exec --bot http://127.0.0.1:3000/bot -- python bot.py
  jivo-dev exec --emulator http://127.0.0.1:7410 -- php send.php   the emulator that runs there
  jivo-dev exec --print-env                                        the variables, and what each is for
`

const exec = async (words: readonly string[], options: Options, command: Command, context: Context): Promise<number> => {
  if (words.length === 0 && !options.printEnv) {
    throw new UserError('usage', { problem: 'No command is given.', hint: 'It comes after two dashes:  jivo-dev exec -- npm test' })
  }
  if (!options.printEnv && command.getOptionValueSource('json') === 'cli') {
    throw new UserError('usage', { problem: 'stdout belongs to the command.', hint: '--json goes with --print-env alone' })
  }
  const beside = await openBeside(options, command, context)
  try {
    const hasProxy = options.proxy ?? !isBrowserCommand(words)
    const intercept = hasProxy ? await openPortOf(beside, options, context) : null
    try {
      return await run(words, beside, intercept, options, context)
    } finally {
      await intercept?.close()
    }
  } finally {
    await beside.end()
  }
}

const openPortOf = async ({ url, dataFolder }: Beside, { proxyPort }: Options, { env, platform, pid, packageFolder, clock }: Context): Promise<Intercept> => {
  const { openIntercept } = await import('../transports/intercept/open-intercept.js')
  return openIntercept({ dataFolder, emulatorUrl: url, env, platform, packageFolder, pid, now: clock.now(), port: proxyPort }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error
      throw new UserError('portBusy', { port: proxyPort, host: '127.0.0.1', owner: null, next: 'jivo-dev exec --proxy-port 0' })
    },
  )
}

const run = async (words: readonly string[], beside: Beside, intercept: Intercept | null, options: Options, context: Context): Promise<number> => {
  const { cwd, env, platform, stdout, stderr, signal, takeSignals } = context
  const say = (line: string) => {
    if (!options.quiet) stderr.write(`jivo-dev exec: ${line}\n`)
  }
  const { variables, notes } = intercept?.settings() ?? { variables: [], notes: [] }
  const all = [...beside.addresses, ...variables]
  if (options.printEnv) stdout.write(environmentLines(all, options.json))
  if (words.length === 0) {
    say('the port and the files are there only while a command runs: jivo-dev exec --print-env -- COMMAND')
    return exitCodes.done
  }
  say(opening(intercept, beside.url, options, cwd))
  for (const note of notes) say(`${note}.`)
  if (signal.aborted) return exitCodes.interrupted
  const { runChild } = await import('../transports/run-child.js')
  const code = await runChild(words, {
    env: { ...env, ...Object.fromEntries(all.map(({ name, value }) => [name, value])) },
    cwd,
    platform,
    takeSignals,
    hasTerminal: stdout.isTTY || stderr.isTTY,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('commandFailed', { program: words[0] ?? '', problem: problems[error.code ?? ''] ?? error.message })
  })
  // Who was interrupted did not get that far.
  if (intercept !== null && !options.quiet && code < 128) {
    const { calls, caFile } = intercept
    // What the command did last may not have come to us yet.
    if (calls.reached.size === 0) await intercept.settled(lastWords)
    const refused = whyRefused({ words, platform, calls, caFile: beside.isKept ? caFile : null })
    for (const line of refused) say(line)
    if (refused.length === 0 && calls.reached.size === 0 && !(await beside.hasHeard())) say(whyNoCall(words))
  }
  return code
}

/** Milliseconds. */
const lastWords = 200

const problems: Readonly<Record<string, string>> = { ENOENT: 'there is no such program', EACCES: 'it is not a program that may be run' }

const opening = (intercept: Intercept | null, url: string, { emulator, proxy }: Options, cwd: string): string => {
  const other = emulator === undefined ? readLocator(join(cwd, '.jivo-dev')) : null
  const notThat = other?.url == null || !isRunning(other.pid) ? '' : `, not to the one at ${other.url} (--emulator ${other.url} takes that)`
  if (intercept !== null) return `${intercept.hosts.join(', ')} lead to ${url}${notThat}; other hosts are tunnelled unread`
  return `JIVO_DEV_URL is ${url}; Jivo's own hosts are reached as ever${proxy === false ? '' : ', as a browser takes no proxy from here: jivo-dev open URL starts one that does'}`
}
