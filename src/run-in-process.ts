import { setMaxListeners } from 'node:events'
import { helpText } from './command-table.js'
import { exitCodes } from './errors.js'

/**
 * Runs a command with the real process around it. `packageFolder` is where package.json lies.
 *
 * A first SIGINT or SIGTERM asks the command to end; a second ends the process at once. A command that runs another takes
 * all of them instead.
 */
export const runInProcess = async (process: NodeJS.Process, args: readonly string[], packageFolder: string): Promise<void> => {
  if (args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''))) {
    process.stdout.write(helpText())
    return
  }
  const interrupt = new AbortController()
  // Every request of a replay that waits to be sent again listens, and Node warns of more than ten.
  setMaxListeners(0, interrupt.signal)
  const takers = new Set<(name: string) => void>()
  const onSignal = (name: string) => {
    if (takers.size > 0) {
      for (const take of takers) take(name)
      return
    }
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted)
    interrupt.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  // A reader that has seen enough, such as `head`, is not an error of ours.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(exitCodes.done)
    throw error
  })

  /** Signals that end a process which does not listen: only who takes them listens. */
  const others = process.platform === 'win32' ? ['SIGHUP'] : ['SIGHUP', 'SIGQUIT', 'SIGUSR2']
  const takeSignals = (take: (name: string) => void) => {
    takers.add(take)
    for (const name of others) process.on(name, onSignal)
    return () => {
      takers.delete(take)
      for (const name of others) process.off(name, onSignal)
    }
  }

  const { nodeContext } = await import('./node-context.js')
  const { run } = await import('./cli.js')
  process.exitCode = await run(args, nodeContext(process, packageFolder, { signal: interrupt.signal, takeSignals }))
}
