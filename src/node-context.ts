import { randomBytes } from 'node:crypto'
import type { Context, Output } from './context.js'
import { version } from './version.js'

/** The real outside world. */
export const nodeContext = (process: NodeJS.Process, packageFolder: string, signal: AbortSignal): Context => ({
  cwd: process.cwd(),
  env: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  clock: {
    now: Date.now,
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  },
  randomHex: bytes => randomBytes(bytes).toString('hex'),
  signal,
  pid: process.pid,
  platform: process.platform,
  version,
  packageFolder,
})

const output = (stream: NodeJS.WriteStream): Output => ({
  write: text => {
    stream.write(text)
  },
  isTTY: stream.isTTY === true,
  get columns() {
    return stream.columns ?? 80
  },
})
