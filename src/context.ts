import type { Clock } from './emulator/clock.js'

/** A stream that text goes to. */
export interface Output {
  readonly write: (text: string) => void
  readonly isTTY: boolean
  /** Width in characters; 80 where nothing is known. */
  readonly columns: number
}

/** The outside world as one value. No command reads `process`; a test passes its own. */
export interface Context {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly clock: Clock
  /** Random hexadecimal digits, two for each byte. */
  readonly randomHex: (bytes: number) => string
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  readonly pid: number
  readonly platform: string
  /** Version of this package. */
  readonly version: string
  /** Folder of this package: its fixtures and its build. */
  readonly packageFolder: string
}
