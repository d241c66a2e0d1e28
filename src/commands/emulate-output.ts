import type { Context } from '../context.js'
import type { Event } from '../contracts/journal.js'
import type { Emulator } from '../emulator/emulator.js'
import type { Options } from './emulate-options.js'

/** Where the events of a run go: to a program as JSON, to a file or a small terminal as lines, to a person as a screen. */
export interface EventOutput {
  /** Takes events from the first of the run on; none is shown before `begin`, because the banner comes first. */
  readonly take: (events: readonly Event[]) => void
  /** @param token what the console wants of whoever opens it; null where it wants nothing */
  readonly begin: (emulator: Emulator, token: string | null) => Promise<void>
  /** Says what is nobody's request: our bugs, a journal that cannot be written. */
  readonly report: (error: unknown) => void
  /** Resolves when the person wants to end. */
  readonly quit: Promise<void>
  /** Gives the terminal back. What happens from then on is a line each. */
  readonly close: () => void
}

export const outputOf = (options: Options, context: Context): EventOutput => {
  const { stdout, stderr } = context
  const report = (error: unknown) => stderr.write(`jivo-dev: ${error instanceof Error ? error.message : String(error)}\n`)
  if (options.quiet) return { take: () => {}, begin: async () => {}, report, quit: never, close: () => {} }
  let format: (event: Event) => string = JSON.stringify
  const print = (events: readonly Event[]) => {
    if (events.length > 0) stdout.write(`${events.map(event => format(event)).join('\n')}\n`)
  }
  const waiting: Event[] = []
  let show: ((events: readonly Event[]) => void) | null = null
  let screen: Awaited<ReturnType<typeof import('./emulate-screen.js').startScreen>> | null = null
  let quit = () => {}
  const hasQuit = new Promise<void>(resolve => {
    quit = resolve
  })
  return {
    take: events => {
      if (show === null) waiting.push(...events)
      else show(events)
    },
    begin: async (emulator, token) => {
      // The words for every event are of no use to a program, which waits for the start.
      if (!options.json) format = (await import('../reporters/event-line.js')).eventLine
      if (isScreen(options, context)) {
        const { startScreen } = await import('./emulate-screen.js')
        const gone = () => {
          screen = null
          show = print
        }
        screen = await startScreen({ emulator, token, context, quit, report, gone })
        show = screen.take
      } else show = print
      show(waiting.splice(0))
    },
    report: error => (screen === null ? report(error) : screen.report(error)),
    quit: hasQuit,
    close: () => screen?.close(),
  }
}

const never = new Promise<void>(() => {})

/** Whether a person sits there, with a terminal that can be drawn on. */
const isScreen = ({ json, tui }: Options, { stdin, stdout, stderr, env }: Context): boolean => {
  const isCi = !['', '0', 'false'].includes(env.CI ?? '')
  return stdin.isTTY && stdout.isTTY && stderr.isTTY && !json && tui && !isCi && env.TERM !== 'dumb'
}
