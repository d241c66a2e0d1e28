import { isAbsolute, join, relative } from 'node:path'
import type { Command } from 'commander'
import type { Context } from '../context.js'
import { madeUpToken } from '../emulator/account.js'
import { createEmulator, type Emulator, type EmulatorDeps } from '../emulator/emulator.js'
import { mostAtOnce, type Send } from '../emulator/outbox.js'
import { createSecretStore } from '../emulator/secrets.js'
import type { Suggest } from '../emulator/suggestion.js'
import type { World } from '../emulator/world/world.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { banner } from '../reporters/banner.js'
import { paint } from '../reporters/paint.js'
import { assetFiles } from '../transports/asset-files.js'
import { openFileFolder } from '../transports/file-folder.js'
import type { HttpClient } from '../transports/http/http-client.js'
import { openJournalFile } from '../transports/journal-file.js'
import { listens } from '../transports/listens.js'
import { type RunningServer, startServer } from '../transports/node-server.js'
import { openSecretsFile } from '../transports/secrets-file.js'
import { addOptions, type Options } from './emulate-options.js'
import { outputOf } from './emulate-output.js'
import { explainListen, isLoopback, shownHost, takeFolder } from './emulate-port.js'
import { type Settings, settingsOf } from './emulate-settings.js'

/** How long a stop waits for deliveries in flight, in milliseconds. */
const patience = 2_000

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addOptions(command).action(async (options: Options) => done(await emulate(await settingsOf(options, command, context), context)))
}

const emulate = async ({ options, account, file }: Settings, context: Context): Promise<ExitCode> => {
  const { cwd, clock, signal, version, pid } = context
  const { host, port } = options
  const data = isAbsolute(options.data) ? options.data : join(cwd, options.data)
  const isOpen = !isLoopback(host)
  const token = isOpen ? context.randomHex(24) : null
  const output = outputOf(options, context)

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
      get: async (url, timeout) => (await client.request({ url, method: 'GET', timeout, signal })).result,
      assets: assetFiles(join(context.packageFolder, 'dist')),
      files: openFileFolder(folder.files),
      randomId: prefix => prefix + context.randomHex(16),
      report: output.report,
      version,
      origin: `http://${shownHost(host)}:${server.port}`,
      onEvents: output.take,
      ...(options.suggest === undefined ? {} : { suggest: assistant(options.suggest, client, signal) }),
    }
    const running = await createEmulator(deps, account)
    start(running)

    const url = `http://${shownHost(host)}:${server.port}/`
    folder.announce({ pid, url, token })
    await introduce({ url, token, data, journal: relative(cwd, folder.journal), file, world: running.world }, options, context)
    await output.begin(running, token)
    if (options.open) {
      const { openBrowser } = await import('../transports/browser.js')
      await openBrowser(url).catch(output.report)
    }

    await Promise.race([ended(signal, clock, options.exitAfter), output.quit])
    output.close()
    await running.stop(patience)
    return exitCodes.done
  } finally {
    output.close()
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
  readonly file: string | null
  readonly world: Readonly<World>
}

/** The first thing that is said: to a program one line of JSON, to a person the banner. */
const introduce = async ({ url, token, data, journal, file, world }: Whereabouts, options: Options, { stdout, stderr, version, pid, env }: Context) => {
  const [channel] = world.account?.channels ?? []
  const widgetId = channel?.publicId ?? ''
  if (options.json) {
    stdout.write(`${JSON.stringify({ type: 'emulator.ready', url, pid, widgetId, token, data })}\n`)
    return
  }
  if (options.quiet) return
  const webhook = channel?.webhook ?? null
  const bots = (world.account?.bots ?? []).map(({ name, url: asked, providerId, token: mask }, nth) => {
    const guessed = madeUpToken(options.seed, nth)
    const isMadeUp = mask === createSecretStore().hide(guessed)
    return { name, asked, answers: `${url}webhooks/${providerId}/${isMadeUp ? guessed : 'TOKEN'}` }
  })
  const chats = (world.account?.channels ?? []).flatMap(({ api, name, publicId }) =>
    api === null ? [] : [{ name, asked: api.url, answers: `${url}chat/${publicId}` }],
  )
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
        bots,
        chats,
        file,
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

/** Channel and CRM may be one server: the outbox never waits for a connection, so that its time limit is the receiver's alone. */
const connections = mostAtOnce * 2

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
