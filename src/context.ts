import type { Clock } from './emulator/clock.js'

/** A stream that text goes to. */
export interface Output {
  readonly write: (text: string) => void
  readonly isTTY: boolean
  /** Width in characters; 80 where nothing is known. */
  readonly columns: number
}

/** The stream that text comes from. Nothing is read before somebody iterates it. */
export interface Input extends AsyncIterable<Buffer | string> {
  readonly isTTY: boolean
  /** Lets go of it: an open one keeps the process from ending. */
  readonly close: () => void
}

/** The outside world as one value. No command reads `process`; a test passes its own. */
export interface Context {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly stdin: Input
  readonly clock: Clock
  /** Random hexadecimal digits, two for each byte. */
  readonly randomHex: (bytes: number) => string
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  /** Gives all signals to one that runs another program, instead of ending; until it is called off. */
  readonly takeSignals: (take: (name: string) => void) => () => void
  readonly pid: number
  readonly platform: string
  /** Version of Node, such as `20.19.0`. */
  readonly nodeVersion: string
  /** Version of this package. */
  readonly version: string
  /** Folder of this package: its fixtures and its build. */
  readonly packageFolder: string
}
