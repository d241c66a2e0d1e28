import type { AttemptResult } from '../contracts/journal.js'
import type { Attack } from './attack-tokens.js'
import type { CheckResult } from './check-result.js'

/** What came back; `took` is in milliseconds. */
export interface Answered {
  readonly result: AttemptResult
  readonly took: number
}

export interface AttackRun {
  readonly good: string
  readonly attacks: readonly Attack[]
  /** Never rejects. */
  readonly send: (token: string) => Promise<Answered>
  readonly onResult: (result: CheckResult) => void
  readonly signal: AbortSignal
}

/**
 * Fires the attacks one after the other. The good token comes first, and again at the end: a server that refuses it refuses
 * everything, and then the refusals say nothing.
 */
export const runAttacks = async ({ good, attacks, send, onResult, signal }: AttackRun): Promise<void> => {
  const first = judgeGood('good-token', await send(good), 'Without that the rest would say nothing; nothing else was sent.')
  if (signal.aborted) return
  onResult(first)
  if (first.verdict === 'failed') return
  for (const attack of attacks) {
    const answer = await send(attack.token)
    // What was broken off by us says nothing of the server.
    if (signal.aborted) return
    onResult(judgeAttack(attack, answer))
  }
  const last = await send(good)
  if (!signal.aborted) onResult(judgeGood('good-token-again', last, 'The refusals before may be a limit or a lock, not a verdict: raise it and run again.'))
}

const judgeGood = (name: string, { result, took }: Answered, fix: string): CheckResult => {
  if (result.kind === 'no-answer') return { name, verdict: 'failed', message: result.message, fix, took }
  const { status } = result
  if (status >= 200 && status < 300) return { name, verdict: 'passed', message: 'Accepted a good token.', fix: '', took, status }
  return { name, verdict: 'failed', message: `A good token got the status ${status}; it has to be accepted.`, fix, took, status }
}

/** 4xx refuses; 2xx accepts; a server that fails or is silent has not verified anything. */
export const judgeAttack = ({ name, tries, must, fix }: Attack, { result, took }: Answered): CheckResult => {
  if (result.kind === 'no-answer') {
    return { name, verdict: 'failed', message: `No answer to ${tries}: ${result.message}`, fix: 'Answer 401: the token may have ended the process.', took }
  }
  const { status } = result
  const told = { name, took, status }
  if (status === 429)
    return { ...told, verdict: 'failed', message: 'The status 429 is a limit and says nothing of the token.', fix: 'Lift the limit for this run.' }
  if (status >= 400 && status < 500) return { ...told, verdict: 'passed', message: `Refused: ${tries}.`, fix: '' }
  if (status >= 200 && status < 300) {
    return must === 'either'
      ? { ...told, verdict: 'passed', message: `Accepted, which it may be: ${tries}.`, fix: '' }
      : {
          ...told,
          verdict: 'failed',
          message: `Accepted: ${tries}.`,
          fix,
        }
  }
  if (status >= 500) {
    return {
      ...told,
      verdict: 'failed',
      message: `The server failed with the status ${status}: ${tries}.`,
      fix: 'Catch what the verifier throws, and answer 401.',
    }
  }
  return { ...told, verdict: 'failed', message: `The status ${status} is neither an acceptance nor a refusal: ${tries}.`, fix: 'Answer 401.' }
}
