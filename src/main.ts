import { fileURLToPath } from 'node:url'
import { version } from './version.js'

/**
 * The command line: runs one command of `process.argv` and sets `process.exitCode`. Never throws.
 *
 * `--version` is answered before anything else is loaded: scripts ask for it to see whether we are there.
 */
export const main = async (process: NodeJS.Process): Promise<void> => {
  const [, , ...args] = process.argv
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${version}\n`)
    return
  }
  const { runInProcess } = await import('./run-in-process.js')
  // Both src/ and dist/ are one level below the package.
  await runInProcess(process, args, fileURLToPath(new URL('..', import.meta.url)))
}
