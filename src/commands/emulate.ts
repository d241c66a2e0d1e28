import { isAbsolute, join, relative } from 'node:path'
import { type Command, Option } from 'commander'
import { type Headers, parseHeader } from '../config/header.js'
import { parseAssistant, parseBoot, parseDuration, parsePort, parseSeed, parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import type { AgentsMode, DeliveryProfile } from '../contracts/account.js'
import type { Event } from '../contracts/journal.js'
import type { Quirks } from '../contracts/webhooks/quirks.js'
import type { WidgetSettings } from '../contracts/widget-settings.js'
import { type BotSettings, createEmulator, type Emulator, type EmulatorDeps, madeUpToken } from '../emulator/emulator.js'
import { mostAtOnce, type Send } from '../emulator/outbox.js'
import { createSecretStore } from '../emulator/secrets.js'
import type { Suggest } from '../emulator/suggestion.js'
import type { World } from '../emulator/world/world.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { banner } from '../reporters/banner.js'
import { eventLine } from '../reporters/event-line.js'
import { paint } from '../reporters/paint.js'
import { assetFiles } from '../transports/asset-files.js'
import { takeDataFolder } from '../transports/data-folder.js'
import { openFileFolder } from '../transports/file-folder.js'
import type { HttpClient } from '../transports/http/http-client.js'
import { openJournalFile } from '../transports/journal-file.js'
import { listens } from '../transports/listens.js'
import { type RunningServer, startServer } from '../transports/node-server.js'
import { openSecretsFile } from '../transports/secrets-file.js'

interface Options {
  readonly port: number
  readonly host: string
  readonly allowHost: readonly string[]
  readonly data: string
  /** False for `--no-webhook`. */
  readonly webhook?: string | false
  /** False for `--no-crm-webhook`. */
  readonly crmWebhook?: string | false
  /** False for `--no-bot`. */
  readonly bot?: string | false
  readonly botToken?: string
  readonly botHeader: Headers
  readonly strict: boolean
  readonly deliveryProfile: DeliveryProfile['name']
  readonly quirk: readonly string[]
  readonly agents: AgentsMode
  readonly widgetBoot?: WidgetSettings['boot']
  readonly suggest?: string
  readonly seed: number
  readonly open: boolean
  readonly json: boolean
  readonly quiet: boolean
  readonly exitAfter?: number
}

/** How long a stop waits for deliveries in flight, in milliseconds. */
const patience = 2_000

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Starts the fake Jivo on this machine: a shop page with the widget, the agent console, webhooks to your server.')
    .addOption(new Option('-p, --port <number>', 'port; 0 takes any free one').default(7410).argParser(parsePort))
    .addOption(new Option('--host <address>', 'address to listen on; beyond loopback the console needs a token').default('127.0.0.1'))
    .addOption(new Option('--allow-host <name...>', 'host names to answer to besides loopback').default([]))
    .addOption(new Option('-d, --data <folder>', 'folder of the journal').default('.jivo-dev'))
    .addOption(new Option('-w, --webhook <url>', 'your server, which receives the webhooks; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-webhook', 'send no webhooks, whatever the last start had'))
    .addOption(new Option('--crm-webhook <url>', 'your server for CRM webhooks, an address of the account; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-crm-webhook', 'send no CRM webhooks, whatever the last start had'))
    .addOption(new Option('--bot <url>', 'your bot for the site, asked at URL/TOKEN; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-bot', 'no bot, whatever the last start had'))
    .addOption(new Option('--bot-token <token>', 'token of the bot, in both directions; made up when absent'))
    .addOption(new Option('--bot-header <name: value>', 'send the bot a header; may be repeated').argParser(parseHeader).default({}, ''))
    .addOption(new Option('--strict', "refuse what Jivo's documents refuse, where the live service was seen to be lenient").default(false))
    .addOption(
      new Option(
        '--delivery-profile <name>',
        'jivo: 3 s for an answer, again after 1 s and 5 s when there is none or it is 5xx or 429; strict: again after every answer that is not ok; none: one attempt. Guesses all: Jivo documents no numbers',
      )
        .choices(['jivo', 'strict', 'none'])
        .default('jivo'),
    )
    .addOption(new Option('--quirk <name=value>', 'how the channel resolves a contradiction in the docs; may be repeated').argParser(collect).default([], ''))
    .addOption(
      new Option('--agents <mode>', 'auto: answers by itself; manual: waits for the console; offline: nobody is there')
        .choices(['auto', 'manual', 'offline'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--widget-boot <when>',
        'when the widget starts on a loaded page: now; lazy: at the first scroll or movement of the mouse, 5 s at most; or milliseconds. Kept for the next start',
      ).argParser(parseBoot),
    )
    .addOption(
      new Option(
        '--suggest <url or command>',
        'who suggests answers to the agent: gets the chat as JSON, by POST or on stdin, and answers with the text or {"text": "…"}',
      ).argParser(parseAssistant),
    )
    .addOption(new Option('--seed <number>', 'decides the widget id; the same seed, the same id').default(1).argParser(parseSeed))
    .addOption(new Option('--open', 'open the shop page in the browser').default(false))
    .addOption(new Option('--json', 'stdout is NDJSON: emulator.ready, then every event').default(false))
    .addOption(new Option('-q, --quiet', 'no banner and no events').default(false))
    .addOption(new Option('--exit-after <duration>', 'stop by itself after 500ms, 10s, 5m').argParser(parseDuration))
    .action(async (options: Options) => done(await emulate(options, context)))
}

/** What the flags say of the bot. */
const botOf = ({ bot, botToken: token, botHeader: headers }: Options): { bot?: BotSettings | null } =>
  bot === undefined ? {} : { bot: bot === false ? null : { url: bot, token, headers } }

/** Commas part values as well: a variable of the environment holds all of them. */
const collect = (value: string, previous: readonly string[]) => [...previous, ...value.split(',')]

const emulate = async (options: Options, context: Context): Promise<ExitCode> => {
  const { cwd, clock, signal, stdout, stderr, version, pid } = context
  const { host, port } = options
  const data = isAbsolute(options.data) ? options.data : join(cwd, options.data)
  const isOpen = !isLoopback(host)
  const token = isOpen ? context.randomHex(24) : null
  const report = (error: unknown) => stderr.write(`jivo-dev: ${error instanceof Error ? error.message : String(error)}\n`)
  const output = options.quiet ? undefined : eventOutput(stdout.write, options.json ? (event: Event) => JSON.stringify(event) : eventLine)

  const quirks = options.quirk.length === 0 ? {} : await parseQuirks(options.quirk)
  const client = lazyClient(version)
  const folder = await takeFolder(data, options, context, client)
  let server: RunningServer | undefined
  try {
    // The port comes first: an emulator that cannot have it must not have sent or written anything.
    const { promise: emulator, resolve: start } = promised<Emulator>()
    server = await startServer({
      host,
      port,
      hosts: [...options.allowHost, host].map(name => name.toLowerCase()),
      isOpen,
      token,
      fetch: async request => (await emulator).fetch(request),
      pages: async () => (await emulator).pages(),
      ready: emulator.then(() => ({ ready: true, name: 'jivo-dev', version, pid })),
    }).catch(async error => {
      throw await explainListen(error, options, client)
    })
    const { store, dropped } = await openJournalFile(folder.journal)
    const deps: EmulatorDeps = {
      store,
      dropped,
      secrets: openSecretsFile(folder.secrets),
      clock,
      send: sender(client),
      assets: assetFiles(join(context.packageFolder, 'dist')),
      files: openFileFolder(folder.files),
      randomId: prefix => prefix + context.randomHex(16),
      report,
      version,
      ...(output === undefined ? {} : { onEvents: output.take }),
      ...(options.suggest === undefined ? {} : { suggest: assistant(options.suggest, client, signal) }),
    }
    const settings = {
      seed: options.seed,
      mode: options.agents,
      webhook: options.webhook === false ? null : options.webhook,
      crmWebhook: options.crmWebhook === false ? null : options.crmWebhook,
      ...botOf(options),
      isStrict: options.strict,
      delivery: options.deliveryProfile,
      quirks,
      ...(options.widgetBoot === undefined ? {} : { widget: { boot: options.widgetBoot } }),
    }
    const running = await createEmulator(deps, settings)
    start(running)

    const url = `http://${shownHost(host)}:${server.port}/`
    folder.announce({ pid, url, token })
    await introduce({ url, token, data, journal: relative(cwd, folder.journal), world: running.world }, options, context)
    output?.begin()
    if (options.open) {
      const { openBrowser } = await import('../transports/browser.js')
      await openBrowser(url).catch(report)
    }

    await ended(signal, clock, options.exitAfter)
    await running.stop(patience)
    return exitCodes.done
  } finally {
    await server?.close()
    await client.close()
    folder.release()
  }
}

interface Whereabouts {
  readonly url: string
  readonly token: string | null
  readonly data: string
  /** Path of the journal as the user would write it. */
  readonly journal: string
  readonly world: Readonly<World>
}

/** The first thing that is said: to a program one line of JSON, to a person the banner. */
const introduce = async ({ url, token, data, journal, world }: Whereabouts, options: Options, { stdout, stderr, version, pid, env }: Context) => {
  const [channel] = world.account?.channels ?? []
  const widgetId = channel?.publicId ?? ''
  if (options.json) {
    stdout.write(`${JSON.stringify({ type: 'emulator.ready', url, pid, widgetId, token, data })}\n`)
    return
  }
  if (options.quiet) return
  const webhook = channel?.webhook ?? null
  const [bot] = world.account?.bots ?? []
  const isMadeUp = bot !== undefined && bot.token === createSecretStore().hide(madeUpToken(options.seed))
  const answers = bot === undefined ? '' : `${url}webhooks/${bot.providerId}/${isMadeUp ? madeUpToken(options.seed) : 'TOKEN'}`
  const agentName = world.account?.agents[0]?.name.split(' ')[0] ?? ''
  const took = Math.round(performance.now())
  const isHeard = webhook === null || (await listens(webhook))
  stderr.write(
    banner(
      {
        version,
        url,
        widgetId,
        webhook,
        isHeard,
        bot: bot === undefined ? null : { asked: bot.url, answers },
        agents: options.agents,
        agentName,
        token,
        journal,
        took,
      },
      paint(stderr, env),
    ),
  )
}

/** A promise with its end in hand. */
const promised = <Value>() => {
  let resolve: (value: Value) => void = () => {}
  const promise = new Promise<Value>(onValue => {
    resolve = onValue
  })
  return { promise, resolve }
}

/** Writes events as lines, from the first of this run on, but none before it may begin: the banner comes first. */
const eventOutput = (write: (text: string) => void, format: (event: Event) => string) => {
  let waiting: Event[] | null = []
  const print = (events: readonly Event[]) => {
    if (events.length > 0) write(`${events.map(format).join('\n')}\n`)
  }
  return {
    take: (events: readonly Event[]) => {
      if (waiting === null) print(events)
      else waiting.push(...events)
    },
    begin: () => {
      print(waiting ?? [])
      waiting = null
    },
  }
}

/** Channel and CRM may be one server: the outbox never waits for a connection, so that its time limit is the receiver's alone. */
const connections = mostAtOnce * 2

/** The switches that were given, checked. Their contract is loaded only for that. */
const parseQuirks = async (given: readonly string[]): Promise<Partial<Quirks>> => {
  const [{ quirks }, { near }] = await Promise.all([import('../contracts/webhooks/quirks.js'), import('../replay/near.js')])
  const known = quirks.shape
  return Object.fromEntries(
    given.map(text => {
      const at = text.indexOf('=')
      const name = at === -1 ? text : text.slice(0, at)
      if (!Object.hasOwn(known, name)) throw new UserError('unknownQuirk', { name, near: near(name, Object.keys(known)), known: Object.keys(known) })
      const value = at === -1 ? '' : text.slice(at + 1)
      const values: readonly string[] = known[name as keyof typeof known].unwrap().options
      if (!values.includes(value)) throw new UserError('unknownQuirkValue', { name, value, near: near(value, values)[0] ?? null, known: values })
      return [name, value]
    }),
  )
}

/** The outbound client, loaded with the first request: most starts never send anything. */
const lazyClient = (version: string): HttpClient => {
  let loading: Promise<HttpClient> | null = null
  let loaded: HttpClient | null = null
  const load = async () => {
    const { createHttpClient } = await import('../transports/http/http-client.js')
    loaded = createHttpClient({ userAgent: `jivo-dev/${version}`, connections })
    return loaded
  }
  return {
    request: request => {
      if (loaded !== null) return loaded.request(request)
      loading ??= load()
      return loading.then(client => client.request(request))
    },
    close: async () => {
      if (loading !== null) await (await loading).close()
    },
  }
}

/** One object for all deliveries: the client makes a head of it once. */
const webhookHeaders = { 'content-type': 'application/json; charset=utf-8' }

const sender =
  (client: HttpClient): Send =>
  ({ url, body, timeout, headers }, signal) =>
    client.request({ url, body, timeout, signal, headers: headers === undefined ? webhookHeaders : { ...webhookHeaders, ...headers } })

/** Loaded with the first question. */
const assistant =
  (target: string, client: HttpClient, signal: AbortSignal): Suggest =>
  async conversation =>
    (await import('../transports/assistant.js')).askAssistant(target, conversation, client, signal)

const ended = (signal: AbortSignal, clock: Context['clock'], exitAfter: number | undefined) =>
  new Promise<void>(resolve => {
    if (signal.aborted) return resolve()
    const callOff = exitAfter === undefined ? () => {} : clock.after(exitAfter, resolve)
    signal.addEventListener(
      'abort',
      () => {
        callOff()
        resolve()
      },
      { once: true },
    )
  })

/** Two emulators that were started alike want the same port and the same folder: the port is the better thing to speak of. */
const takeFolder = async (path: string, options: Options, { pid }: Context, client: HttpClient) => {
  try {
    return await takeDataFolder(path, pid, async holder => {
      const { emulatorAt } = await import('../transports/port-owner.js')
      return holder.url !== null && (await emulatorAt(holder.url, client)) === holder.pid
    })
  } catch (error) {
    if (!(error instanceof UserError) || options.port === 0) throw error
    const { findPortOwner } = await import('../transports/port-owner.js')
    const owner = await findPortOwner(shownHost(options.host), options.port, client).catch(() => null)
    await client.close()
    throw owner === null ? error : portBusy(options, owner, ` --data ${options.data}-${options.port + 1}`)
  }
}

const explainListen = async (error: NodeJS.ErrnoException, options: Options, client: HttpClient): Promise<unknown> => {
  const { host, port } = options
  if (error.code === 'EADDRINUSE') {
    const { findPortOwner } = await import('../transports/port-owner.js')
    return portBusy(options, await findPortOwner(shownHost(host), port, client).catch(() => null), '')
  }
  if (error.code === 'EACCES') return new UserError('portForbidden', { host, port, problem: 'this user may not use ports below 1024' })
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError('portForbidden', { host, port, problem: 'this machine does not have that address' })
  }
  return error
}

const portBusy = ({ host, port }: Options, owner: ConstructorParameters<typeof UserError<'portBusy'>>[1]['owner'], extra: string) =>
  new UserError('portBusy', { host: shownHost(host), port, owner, next: `jivo-dev emulate --port ${port === 65_535 ? 0 : port + 1}${extra}` })

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** An address that a browser on this machine can open. */
const shownHost = (host: string) => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host)
