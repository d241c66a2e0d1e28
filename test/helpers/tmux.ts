import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environment } from './cli.js'

const bin = fileURLToPath(new URL('../../bin/jivo-dev.js', import.meta.url))

export const hasTmux = spawnSync('tmux', ['-V']).status === 0

/** A real terminal with the command in it. It is gone, with everything that ran there, when the test is over. */
export interface Terminal extends Disposable {
  /** What is on the screen now. */
  readonly screen: () => string
  /** The same with everything above it. */
  readonly scrollback: () => string
  /** Whether the other screen is shown, which programs take for themselves. */
  readonly isTaken: () => boolean
  /** Types each text as it is; `Enter`, `Escape`, `C-c` and the like are keys. */
  readonly press: (...keys: readonly string[]) => void
  readonly resize: (columns: number, rows: number) => void
  /** Bytes that were written to the terminal so far. */
  readonly written: () => number
  readonly recorded: () => string
  /** Resolves when the screen holds it. */
  readonly shows: (text: string | RegExp) => Promise<void>
}

interface TerminalOptions {
  readonly cwd: string
  readonly columns?: number
  readonly rows?: number
  readonly env?: Record<string, string>
}

let count = 0

/** Milliseconds after which what is waited for does not come any more; less than a test has, so that it says what was there. */
const patience = 30_000

/** Starts `jivo-dev` with these arguments; when it ends, its exit code is printed and the terminal stays. */
export const openTerminal = (args: readonly string[], { cwd, columns = 80, rows = 24, env = {} }: TerminalOptions): Terminal => {
  count += 1
  const socket = `jivo-dev-${process.pid}-${count}`
  const record = join(cwd, `terminal-${count}.txt`)
  const own = environment({ LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...env, TERM: 'xterm-256color' })
  const tmux = (...rest: readonly string[]) => {
    const { stdout, stderr, status } = spawnSync('tmux', ['-u', '-L', socket, '-f', '/dev/null', ...rest], { cwd, env: own, encoding: 'utf8' })
    if (status !== 0) throw new Error(`tmux ${rest.join(' ')} failed: ${stderr}`)
    return stdout
  }
  // tmux says itself what TERM is.
  const variables = env.TERM === undefined ? [] : ['env', `TERM=${env.TERM}`]
  const command = [...variables, process.execPath, bin, ...args].map(part => `'${part}'`).join(' ')
  // It begins when everything that it writes is recorded.
  // The shell lives on when the keys of the terminal end the command.
  const script = `trap : INT; while [ ! -e go ]; do sleep 0.02; done; ${command}; echo "ended with $?"; exec cat`
  const size = ['-x', String(columns), '-y', String(rows)]
  tmux('new-session', '-d', ...size, '-s', 'main', 'sh', '-c', script)
  tmux('set', '-g', 'history-limit', '5000')
  tmux('pipe-pane', '-t', 'main', `cat > '${record}'`)
  tmux('run-shell', `touch '${join(cwd, 'go')}'`)
  const screen = () => tmux('capture-pane', '-p', '-t', 'main')
  return {
    screen,
    scrollback: () => tmux('capture-pane', '-p', '-J', '-S', '-', '-t', 'main'),
    isTaken: () => tmux('display-message', '-p', '-t', 'main', '#{alternate_on}').trim() === '1',
    press: (...keys) => tmux('send-keys', '-t', 'main', ...keys),
    resize: (x, y) => tmux('resize-window', '-t', 'main', '-x', String(x), '-y', String(y)),
    written: () => (existsSync(record) ? statSync(record).size : 0),
    recorded: () => readFileSync(record, 'utf8'),
    shows: async text => {
      const deadline = Date.now() + patience
      for (;;) {
        const now = screen()
        if (Date.now() > deadline) throw new Error(`The terminal never showed ${text}:\n${now}`)
        if (typeof text === 'string' ? now.includes(text) : text.test(now)) return
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    },
    [Symbol.dispose]: () => {
      // The server ends what it started.
      spawnSync('tmux', ['-L', socket, 'kill-server'], { env: own })
    },
  }
}
