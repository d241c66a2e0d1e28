import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { type Command, Option } from 'commander'
import { parsePort } from '../config/values.js'
import type { Context } from '../context.js'
import type { World } from '../emulator/world/world.js'
import { exitCodes, UserError } from '../errors.js'
import { readLocator } from '../transports/data-folder.js'
import type { Variable } from '../transports/intercept/child-environment.js'
import type { Intercept } from '../transports/intercept/open-intercept.js'
import { addAccountOptions, type Options as EmulateOptions } from './emulate-options.js'
import { settingsOf } from './emulate-settings.js'
import { addressVariables } from './emulator-addresses.js'
import { emulatorOption, findEmulator, whereabouts } from './emulator-client.js'
import { isBrowserCommand, whyNoCall, whyRefused } from './exec-reasons.js'
import { environmentLines } from './exec-variables.js'
import { startEmulator } from './running-emulator.js'
import { jsonOption } from './target.js'

interface Options extends Omit<EmulateOptions, 'data'> {
  readonly data?: string
  readonly emulator?: string
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
      .addOption(new Option('--no-proxy', 'set the addresses alone, and lead no call here; so for browsers, which jivo-dev open is for'))
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
  if (options.json && !options.printEnv) {
    throw new UserError('usage', { problem: 'stdout belongs to the command.', hint: '--json goes with --print-env alone' })
  }
  const temporary = options.data === undefined && options.emulator === undefined ? mkdtempSync(join(tmpdir(), 'jivo-dev-')) : null
  try {
    return await withEmulator(temporary ?? options.data ?? '.jivo-dev', words, options, command, context)
  } finally {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true })
  }
}

/** The emulator that the command runs beside: one of its own, or one that runs. */
interface Beside {
  readonly url: string
  readonly addresses: readonly Variable[]
  /** Whether it heard of anything since the command began. */
  readonly hasHeard: () => Promise<boolean>
}

const withEmulator = async (data: string, words: readonly string[], options: Options, command: Command, context: Context): Promise<number> => {
  if (options.emulator !== undefined) {
    refuseAccountFlags(command)
    const url = await findEmulator({ emulator: options.emulator, data }, context)
    const state = () => stateOf({ emulator: url, data }, context)
    const before = await state()
    const addresses = addressVariables(url, before, undefined)
    return run(data, words, { url, addresses, hasHeard: async () => (await state().catch(() => before)).seq > before.seq }, options, context)
  }
  const { options: rest, ...settings } = await settingsOf({ ...options, ...own, data }, command, context)
  const report = (error: unknown) => context.stderr.write(`jivo-dev: ${error instanceof Error ? error.message : String(error)}\n`)
  let requests = 0
  const onRequest = () => {
    requests += 1
  }
  const emulator = await startEmulator({ ...settings, options: { ...rest, ...own, data } }, context, { report, onRequest })
  try {
    const { url, world } = emulator
    const addresses = addressVariables(url, world, options.botToken)
    const { seq } = world
    const code = await run(data, words, { url, addresses, hasHeard: async () => requests > 0 || world.seq > seq }, options, context)
    await emulator.stop()
    return code
  } finally {
    await emulator.close()
  }
}

/** What an emulator of a command's own is, whatever the project's file says of one that people look at. */
const own = { port: 0, host: '127.0.0.1', allowHost: [], open: false, quiet: true } as const

/** An emulator that runs is what it is. */
const refuseAccountFlags = (command: Command) => {
  const ours = new Set(['data', 'emulator', 'proxy', 'proxyPort', 'printEnv', 'json', 'quiet'])
  const given = command.options.find(option => !ours.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli')
  if (given !== undefined) {
    throw new UserError('usage', {
      problem: `${given.long} says what a new emulator is, and --emulator or JIVO_DEV_URL names one that runs.`,
      hint: 'Leave one of them out',
    })
  }
}

const stateOf = async (options: { readonly emulator: string; readonly data: string }, { cwd, signal }: Context): Promise<World> => {
  const { exchangeJson } = await import('../transports/emulator-stream.js')
  const { status, body } = await exchangeJson(whereabouts(options, cwd), { route: 'state', signal })
  if (status !== 200) throw new UserError('emulatorUnreachable', { url: options.emulator, problem: `it answered ${status} when asked for its state.` })
  return body as World
}

const run = async (data: string, words: readonly string[], beside: Beside, options: Options, context: Context): Promise<number> => {
  const { cwd, env, platform, pid, packageFolder, clock, stdout, stderr, signal, takeSignals } = context
  const say = (line: string) => {
    if (!options.quiet) stderr.write(`jivo-dev exec: ${line}\n`)
  }
  const hasProxy = options.proxy !== false && !(words.length > 0 && isBrowserCommand(words))
  const dataFolder = isAbsolute(data) ? data : join(cwd, data)
  let intercept: Intercept | null = null
  if (hasProxy) {
    const { openIntercept } = await import('../transports/intercept/open-intercept.js')
    intercept = await openIntercept({ dataFolder, emulatorUrl: beside.url, env, platform, packageFolder, pid, now: clock.now(), port: options.proxyPort })
  }
  try {
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
    if (intercept !== null) {
      const refused = whyRefused({ words, platform, calls: intercept.calls, caFile: intercept.caFile })
      for (const line of refused) say(line)
      if (refused.length === 0 && intercept.calls.reached.size === 0 && !(await beside.hasHeard())) say(whyNoCall({ words }))
    }
    return code
  } finally {
    await intercept?.close()
  }
}

const problems: Readonly<Record<string, string>> = { ENOENT: 'there is no such program', EACCES: 'it is not a program that may be run' }

const opening = (intercept: Intercept | null, url: string, { emulator }: Options, cwd: string): string => {
  const running = emulator === undefined ? readLocator(join(cwd, '.jivo-dev')) : null
  const other = running?.url == null ? '' : `; not to the one at ${running.url}, which --emulator names`
  if (intercept === null) return `JIVO_DEV_URL is ${url}; Jivo's own hosts are reached as ever${other}`
  return `${intercept.hosts.join(', ')} lead to ${url}${other}; other hosts are tunnelled unread`
}
