import { join, relative } from 'node:path'
import type { Context } from '../context.js'
import type { Event } from '../contracts/journal.js'
import { createEmulator, type Emulator, type EmulatorDeps } from '../emulator/emulator.js'
import { jivoHosts } from '../emulator/guard.js'
import { mostAtOnce, type Send } from '../emulator/outbox.js'
import type { Suggest } from '../emulator/suggestion.js'
import type { World } from '../emulator/world/world.js'
import { UserError } from '../errors.js'
import { assetFiles } from '../transports/asset-files.js'
import { openFileFolder } from '../transports/file-folder.js'
import type { HttpClient } from '../transports/http/http-client.js'
import { openJournalFile } from '../transports/journal-file.js'
import { listens } from '../transports/listens.js'
import { isLoopback } from '../transports/loopback.js'
import { type RunningServer, startServer } from '../transports/node-server.js'
import { openSecretsFile } from '../transports/secrets-file.js'
import { inFolder } from '../transports/text-files.js'
import { explainListen, shownHost, takeFolder } from './emulate-port.js'
import type { Settings } from './emulate-settings.js'

/** How long a stop waits for deliveries in flight, in milliseconds. */
const patience = 2_000

/** What the emulator tells while it runs. */
export interface Listeners {
  readonly report: (error: unknown) => void
  readonly onEvents?: (events: readonly Event[]) => void
  /** Hears of every request that the app gets. */
  readonly onRequest?: () => void
}

/** An emulator that listens, and whose data folder names it. */
export interface RunningEmulator {
  readonly url: string
  /** The port that speaks TLS; null without one. */
  readonly tlsPort: number | null
  /** What control routes demand; null while only loopback is listened on. */
  readonly token: string | null
  readonly data: string
  /** Path of the journal as the user would write it. */
  readonly journal: string
  readonly world: Readonly<World>
  readonly emulator: Emulator
  /** Waits for deliveries in flight. */
  readonly stop: () => Promise<void>
  /** Gives port and folder free, stopped or not. */
  readonly close: () => Promise<void>
}

/** Starts an emulator with these settings. */
export const startEmulator = async ({ options, account }: Settings, context: Context, { report, onEvents, onRequest }: Listeners): Promise<RunningEmulator> => {
  const { cwd, clock, signal, version, pid } = context
  const { host, port, tlsPort, trust } = options
  if (trust !== undefined && tlsPort === undefined) {
    throw new UserError('usage', { problem: '--trust is about the certificate of --tls-port, and none is given.', hint: 'Add  --tls-port 443' })
  }
  const data = inFolder(cwd, options.data)
  const isOpen = !isLoopback(host)
  const token = isOpen ? context.randomHex(24) : null

  const client = lazyClient(version)
  const folder = await takeFolder(data, options, context, client)
  let server: RunningServer | undefined
  const close = async () => {
    await server?.close()
    await client.close()
    folder.release()
  }
  try {
    // The port comes first: an emulator that cannot have it must not have sent or written anything.
    const { promise: emulator, resolve: start } = promised<Emulator>()
    const identity = tlsPort === undefined ? null : await identityIn(data, context)
    server = await startServer({
      host,
      port,
      hosts: [...options.allowHost, host].map(name => name.toLowerCase()),
      isOpen,
      token,
      fetch: async request => {
        onRequest?.()
        return (await emulator).fetch(request)
      },
      pages: async () => (await emulator).pages(),
      ready: emulator.then(() => ({ ready: true, name: 'jivo-dev', version, pid })),
      tls: identity === null || tlsPort === undefined ? undefined : { port: tlsPort, key: identity.key, cert: identity.leaf },
    }).catch(async error => {
      throw await explainListen(error, options, client)
    })
    // Who waits until the emulator answers finds it there.
    if (trust !== undefined && identity !== null) {
      const { writeSharedTrust } = await import('../transports/intercept/trust-files.js')
      writeSharedTrust(inFolder(cwd, trust), context.env, { authority: identity.authority, now: clock.now() })
    }
    const { store, dropped } = await openJournalFile(folder.journal)
    const deps: EmulatorDeps = {
      store,
      dropped,
      secrets: openSecretsFile(folder.secrets),
      clock,
      send: sender(client),
      get: async (url, timeout) => (await client.request({ url, method: 'GET', timeout, signal })).result,
      listens,
      assets: assetFiles(join(context.packageFolder, 'dist')),
      files: openFileFolder(folder.files),
      randomId: prefix => prefix + context.randomHex(16),
      report,
      version,
      origin: `http://${shownHost(host)}:${server.port}`,
      ...(onEvents === undefined ? {} : { onEvents }),
      ...(options.suggest === undefined ? {} : { suggest: assistant(options.suggest, client, signal) }),
    }
    const running = await createEmulator(deps, account)
    start(running)

    const url = `http://${shownHost(host)}:${server.port}/`
    folder.announce({ pid, url, token })
    return {
      url,
      tlsPort: server.tlsPort,
      token,
      data,
      journal: relative(cwd, folder.journal),
      world: running.world,
      emulator: running,
      stop: () => running.stop(patience),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const identityIn = async (data: string, { clock, pid }: Context) => {
  const { keptIdentity } = await import('../transports/intercept/identity-file.js')
  return keptIdentity(data, jivoHosts, clock.now(), pid)
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
