import type { AttemptResult, Timing } from '../contracts/journal.js'
import { adviceFor, adviceOnRedirect } from './advice.js'
import type { DiffLine } from './difference.js'
import type { Fixture } from './fixture.js'
import { type Judgement, judgeBy } from './verdict.js'

/** Headers of an answer, their names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What came back. */
export interface Outcome {
  readonly result: AttemptResult
  readonly timing: Timing
  readonly headers?: AnswerHeaders
}

/** Sends one body and tells what came back; never rejects. `timeout` is in milliseconds, where it is not the usual one. */
export type SendBody = (body: string, timeout?: number) => Promise<Outcome>

/** What became of one fixture. */
export interface ReplayResult {
  readonly name: string
  readonly event: string
  readonly ok: boolean
  /** Absent when nothing answered. */
  readonly status?: number
  /** Milliseconds. */
  readonly took: number
  /** Absent when it is ok. */
  readonly reason?: string
  readonly message?: string
  /** What was expected against what was received. */
  readonly diff?: readonly DiffLine[]
  readonly hint?: string
  /** The answer as it came; absent when nothing answered. */
  readonly answer?: { readonly contentType: string; readonly body: string }
  readonly timing: Timing
  /** Position in the run, from 1. */
  readonly number?: number
  /** Milliseconds from the start of the run to the send. */
  readonly sent?: number
  /** How often it was sent, where that is more than once. */
  readonly attempts?: number
  readonly file?: string
  readonly line?: number
}

/** Judges what came back for one fixture: by its sidecar, else answered in time, 2xx, JSON, `result` equal to `ok`. */
export const judge = (name: string, event: string, result: AttemptResult, timing: Timing): ReplayResult => judgeFixture({ name, event }, { result, timing })

export const judgeFixture = (
  { name, event, file, line, expected }: Pick<Fixture, 'name' | 'event' | 'file' | 'line' | 'expected'>,
  { result, timing, headers }: Outcome,
): ReplayResult => {
  const took = timing.total
  const verdict: Judgement =
    result.kind === 'no-answer'
      ? { ok: false, reason: result.reason, message: result.message, ...adviceFor(result.reason) }
      : judgeBy(event, result, expected, took, headers)
  // Built by hand: this runs for each of a million bodies.
  const judged: { -readonly [Key in keyof ReplayResult]: ReplayResult[Key] } = { name, event, ok: verdict.ok, took, timing }
  if (result.kind === 'answered') {
    judged.status = result.status
    judged.answer = { contentType: result.contentType, body: result.body }
  }
  if (file !== undefined) judged.file = file
  if (line !== undefined) judged.line = line
  if (verdict.ok) return judged
  const advice = result.kind === 'answered' ? adviceOnRedirect(verdict, result.status, headers?.location?.toString()) : undefined
  return Object.assign(judged, verdict, advice)
}
