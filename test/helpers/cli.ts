import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/jivo-dev.js', import.meta.url))

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A folder that is gone when the test is over. */
export const temporaryFolder = (): { path: string } & Disposable => {
  const path = mkdtempSync(join(tmpdir(), 'jivo-dev-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Nothing of the caller's environment that would change what the command prints. */
export const environment = (env: Record<string, string>) => {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(JIVO_DEV_|FORCE_COLOR|NO_COLOR|CI$|NODE_OPTIONS|VITEST)/.test(name)))
  return { ...own, ...env }
}

/** A process whose output is read. */
export interface Followed {
  readonly output: { stdout: string; stderr: string }
  readonly finished: Promise<Finished>
  /** Resolves when stdout or stderr holds the text. Rejects when the process ends before. */
  readonly says: (text: string | RegExp) => Promise<void>
}

interface Running extends Followed, AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams
}

export interface StartOptions {
  readonly cwd: string
  readonly env?: Record<string, string>
  /** What stdin gives before it ends; null leaves it open. */
  readonly input?: string | null
}

/** Starts the real command. It is killed at the end of the test if it has not ended. */
export const start = (args: readonly string[], { cwd, env = {}, input = '' }: StartOptions): Running => {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: environment(env) })
  const followed = follow(child)
  // A command may end before it has read everything.
  child.stdin.on('error', () => {})
  if (input !== null) child.stdin.end(input)
  return {
    child,
    ...followed,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await followed.finished
    },
  }
}

/** Reads what a process says. */
export const follow = (child: ChildProcessWithoutNullStreams): Followed => {
  const output = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', text => {
      output[name] += text
      for (const check of waiting) check()
    })
  }
  const finished = new Promise<Finished>(resolve => child.on('close', code => resolve({ code, ...output })))
  return {
    output,
    finished,
    says: text =>
      new Promise((resolve, reject) => {
        const holds = (stream: string) => (typeof text === 'string' ? stream.includes(text) : text.test(stream))
        const check = () => {
          if (!holds(output.stdout) && !holds(output.stderr)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        void finished.then(({ code }) => reject(new Error(`ended with ${code} before it said ${text}:\n${output.stdout}\n${output.stderr}`)))
        check()
      }),
  }
}

/** Runs the real command to its end. */
export const run = (args: readonly string[], options: StartOptions): Promise<Finished> => start(args, options).finished

/** Starts `emulate` on any free port and waits until it is ready. */
export const emulate = async (args: readonly string[], cwd: string): Promise<Running & { url: string; widgetId: string; pid: number }> => {
  const running = start(['emulate', '--port', '0', '--json', ...args], { cwd })
  await running.says('emulator.ready')
  const ready = JSON.parse(running.output.stdout.split('\n')[0] ?? '')
  return { ...running, url: ready.url, widgetId: ready.widgetId, pid: ready.pid }
}
