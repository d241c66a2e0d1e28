import { type ChildProcess, spawn } from 'node:child_process'

export interface CommandOptions {
  /** What stdin gives before it ends. */
  readonly input: string
  /** Milliseconds after which it is killed, with all that it started. */
  readonly timeout: number
  /** Bytes of stdout after which it is killed. */
  readonly longest: number
  /** The caller goes away: it is killed. */
  readonly signal: AbortSignal
}

/** `problem` is null when the command ended by itself with code 0; otherwise it says what happened, as the end of a sentence. */
export interface CommandResult {
  readonly stdout: string
  /** The end of what it said on stderr. */
  readonly stderr: string
  readonly problem: string | null
}

/** Letters of stderr that are kept. */
const longestTalk = 2_000

/** Runs a command line in the user's shell and waits for its end. Nothing of it outlives the call, as far as it stays in its process group. */
export const runCommand = (command: string, { input, timeout, longest, signal }: CommandOptions): Promise<CommandResult> =>
  new Promise(resolve => {
    // A group of its own, so that what the shell started can be killed with it.
    const child = spawn(command, { shell: true, detached: process.platform !== 'win32', windowsHide: true })
    const chunks: Buffer[] = []
    let size = 0
    let stderr = ''
    let problem: string | null = null
    const end = (why: string) => {
      problem ??= why
      killGroup(child)
      // One that left the group may still hold them open.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    const stop = () => end('was stopped with the emulator')
    const timer = setTimeout(() => end(`did not end within ${timeout / 1_000} s`), timeout)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > longest) end(`wrote more than ${longest} bytes`)
      else chunks.push(chunk)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-longestTalk)
    })
    // A command may end before it has read everything.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    const settle = (why: string | null) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      resolve({ stdout: Buffer.concat(chunks).toString('utf8'), stderr: stderr.trim(), problem: problem ?? why })
    }
    child.on('error', error => settle(`could not be started: ${error.message}`))
    // What it left behind may hold its output open.
    child.on('exit', () => killGroup(child))
    child.on('close', (code, by) => settle(code === 0 ? null : `ended with ${by ?? `code ${code}`}`))
  })

const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone.
  }
}
