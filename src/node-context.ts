import { randomBytes } from 'node:crypto'
import type { Context, Input, Output } from './context.js'
import { version } from './version.js'

/** The real outside world. */
export const nodeContext = (process: NodeJS.Process, packageFolder: string, { signal, takeSignals }: Pick<Context, 'signal' | 'takeSignals'>): Context => ({
  cwd: process.cwd(),
  env: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  stdin: input(process),
  clock: {
    now: Date.now,
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  },
  randomHex: bytes => randomBytes(bytes).toString('hex'),
  signal,
  takeSignals,
  pid: process.pid,
  platform: process.platform,
  nodeVersion: process.versions.node,
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

/** Touching `process.stdin` opens it, so it waits until somebody reads. */
const input = (process: NodeJS.Process): Input => ({
  get isTTY() {
    return process.stdin.isTTY === true
  },
  close: () => {
    process.stdin.destroy()
  },
  [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
})
