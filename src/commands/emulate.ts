import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { World } from '../emulator/world/world.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { banner } from '../reporters/banner.js'
import { paint } from '../reporters/paint.js'
import { listens } from '../transports/listens.js'
import { addOptions, type Options } from './emulate-options.js'
import { outputOf } from './emulate-output.js'
import { type Settings, settingsOf } from './emulate-settings.js'
import { tokenOf } from './emulator-addresses.js'
import { startEmulator } from './running-emulator.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addOptions(command).action(async (options: Options) => done(await emulate(await settingsOf(options, command, context), context)))
}

const emulate = async (settings: Settings, context: Context): Promise<ExitCode> => {
  const { options, file } = settings
  const { clock, signal } = context
  const output = outputOf(options, context)

  const running = await startEmulator(settings, context, { report: output.report, onEvents: output.take })
  try {
    const { url, tlsPort, token, data, journal, world } = running
    await introduce({ url, tlsPort, token, data, journal, file, world }, options, context)
    await output.begin(running.emulator, token)
    if (options.open) {
      const { openBrowser } = await import('../transports/browser.js')
      await openBrowser(url).catch(output.report)
    }

    await Promise.race([ended(signal, clock, options.exitAfter), output.quit])
    output.close()
    await running.stop()
    return exitCodes.done
  } finally {
    output.close()
    await running.close()
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
