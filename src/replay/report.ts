import * as z from 'zod'
import type { Summary } from './tally.js'

/** A run, as reports tell of it. */
export interface Report {
  /** The command line that would do it again. */
  readonly command: string
  readonly paths: readonly string[]
  /** Address with its password masked. */
  readonly to: string
  readonly version: string
  readonly seed: number
  /** Requests at a time. */
  readonly concurrency: number
  /** Milliseconds since 1970. */
  readonly began: number
  /** Milliseconds. */
  readonly took: number
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number
  readonly summary: Summary
}

/** What `--failed-of` needs of a report; the rest may be anything. */
const failedReport = z.looseObject({
  type: z.literal('replay.report', 'its type is not replay.report'),
  paths: z.array(z.string()),
  failures: z.array(z.looseObject({ name: z.string() })),
  moreFailures: z.int().nonnegative(),
})

export type FailedReport = z.infer<typeof failedReport>

/** @throws Error whose message completes "FILE is not a report of jivo-dev replay: …" */
export const readFailedReport = (text: string): FailedReport => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error((error as Error).message)
  }
  const parsed = failedReport.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim())
}
