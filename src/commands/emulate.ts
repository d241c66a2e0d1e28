import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { Event } from '../contracts/journal.js'
import type { World } from '../emulator/world/world.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { banner } from '../reporters/banner.js'
import { eventLine } from '../reporters/event-line.js'
import { paint } from '../reporters/paint.js'
import { listens } from '../transports/listens.js'
import { addOptions, type Options } from './emulate-options.js'
import { type Settings, settingsOf } from './emulate-settings.js'
import { tokenOf } from './emulator-addresses.js'
import { startEmulator } from './running-emulator.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addOptions(command).action(async (options: Options) => done(await emulate(await settingsOf(options, command, context), context)))
}

const emulate = async (settings: Settings, context: Context): Promise<ExitCode> => {
  const { options, file } = settings
  const { clock, signal, stdout, stderr } = context
  const report = (error: unknown) => stderr.write(`jivo-dev: ${error instanceof Error ? error.message : String(error)}\n`)
  const output = options.quiet ? undefined : eventOutput(stdout.write, options.json ? (event: Event) => JSON.stringify(event) : eventLine)

  const emulator = await startEmulator(settings, context, { report, ...(output === undefined ? {} : { onEvents: output.take }) })
  try {
    const { url, tlsPort, token, data, journal, world } = emulator
    await introduce({ url, tlsPort, token, data, journal, file, world }, options, context)
    output?.begin()
    if (options.open) {
      const { openBrowser } = await import('../transports/browser.js')
      await openBrowser(url).catch(report)
    }

    await ended(signal, clock, options.exitAfter)
    await emulator.stop()
    return exitCodes.done
  } finally {
    await emulator.close()
  }
}

interface Whereabouts {
  readonly url: string
  readonly tlsPort: number | null
  readonly token: string | null
  readonly data: string
  /** Path of the journal as the user would write it. */
  readonly journal: string
  readonly file: string | null
  readonly world: Readonly<World>
}

/** The first thing that is said: to a program one line of JSON, to a person the banner. */
const introduce = async (
  { url, tlsPort, token, data, journal, file, world }: Whereabouts,
  options: Options,
  { stdout, stderr, version, pid, env }: Context,
) => {
  const [channel] = world.account?.channels ?? []
  const widgetId = channel?.publicId ?? ''
  if (options.json) {
    stdout.write(`${JSON.stringify({ type: 'emulator.ready', url, tlsPort, pid, widgetId, token, data })}\n`)
    return
  }
  if (options.quiet) return
  const webhook = channel?.webhook ?? null
  const bots = (world.account?.bots ?? []).map(({ name, url: asked, providerId, token: mask }, nth) => {
    return { name, asked, answers: `${url}webhooks/${providerId}/${tokenOf(mask, options.seed, nth) ?? 'TOKEN'}` }
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
        tlsPort,
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
