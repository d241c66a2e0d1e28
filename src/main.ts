import { fileURLToPath } from 'node:url'
import { helpText } from './command-table.js'
import { type ExitCode, exitCodes } from './errors.js'
import { version } from './version.js'

/**
 * The command line: runs one command of `process.argv` and sets `process.exitCode`. Never throws.
 *
 * A first SIGINT or SIGTERM asks the command to end; a second ends the process at once.
 */
export const main = async (process: NodeJS.Process): Promise<void> => {
  const [, , ...args] = process.argv
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${version}\n`)
    return
  }
  if (args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''))) {
    process.stdout.write(helpText())
    return
  }
  const interrupt = new AbortController()
  const onSignal = () => {
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

  // Both src/ and dist/ are one level below the package.
  const packageFolder = fileURLToPath(new URL('..', import.meta.url))
  const { nodeContext } = await import('./node-context.js')
  const { run } = await import('./cli.js')
  const code: ExitCode = await run(args, nodeContext(process, packageFolder, interrupt.signal))
  process.exitCode = code
}
