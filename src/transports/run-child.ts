import { spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface ChildOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: string
  /** Gives the signals that come to us, until it is called off. */
  readonly takeSignals: (take: (name: string) => void) => () => void
  /** A terminal gives Ctrl-C to the child by itself. */
  readonly hasTerminal: boolean
}

/** Signals that a terminal sends to everything that runs in it. */
const ofTerminal = ['SIGINT', 'SIGQUIT', 'SIGHUP']

/**
 * Runs a program with our own streams and passes signals on. Resolves with its exit code as a shell has it: 128 and the
 * number of the signal that ended it.
 *
 * @throws the error of `spawn`, such as `ENOENT`
 */
export const runChild = async (words: readonly string[], { env, cwd, platform, takeSignals, hasTerminal }: ChildOptions): Promise<number> => {
  const [program = '', ...args] = words
  const isWindows = platform === 'win32'
  // npm and its like are scripts on Windows, and only a shell finds them there.
  const child = isWindows
    ? spawn(words.map(quoted).join(' '), { env, cwd, stdio: 'inherit', shell: true })
    : spawn(program, args, { env, cwd, stdio: 'inherit' })
  const callOff = takeSignals(name => {
    if (!(hasTerminal && ofTerminal.includes(name))) child.kill(name as NodeJS.Signals)
  })
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal]))
    })
  } finally {
    callOff()
  }
}

const quoted = (word: string) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`)
