import type { AttemptResult, Timing } from '../contracts/journal.js'
import { judgeAnswer } from '../contracts/webhooks/replies.js'
import type { Fixture } from './fixture.js'

/** Sends one body and tells what came back; never rejects. */
export type SendBody = (body: string) => Promise<{ readonly result: AttemptResult; readonly timing: Timing }>

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
  /** The answer as it came; absent when nothing answered. */
  readonly answer?: { readonly contentType: string; readonly body: string }
  readonly timing: Timing
}

/** Sends fixtures one after the other and judges each answer. */
export async function* replay(fixtures: Iterable<Fixture> | AsyncIterable<Fixture>, send: SendBody): AsyncGenerator<ReplayResult> {
  for await (const { name, event, body } of fixtures) {
    const { result, timing } = await send(JSON.stringify(body))
    yield judge(name, event, result, timing)
  }
}

/** The default verdict: answered in time, 2xx, JSON, `result` equal to `ok`. */
export const judge = (name: string, event: string, result: AttemptResult, timing: Timing): ReplayResult => {
  const about = { name, event, took: timing.total, timing }
  if (result.kind === 'no-answer') return { ...about, ok: false, reason: result.reason, message: result.message }
  const answered = { ...about, status: result.status, answer: { contentType: result.contentType, body: result.body } }
  const verdict = judgeAnswer(event, result)
  return verdict.ok ? { ...answered, ok: true } : { ...answered, ok: false, reason: verdict.reason, message: verdict.message }
}
