import type { AttemptResult } from '../contracts/journal.js'
import { judgeAnswer } from '../contracts/webhooks/replies.js'
import { type DiffLine, diffJson, misses } from './difference.js'
import type { Expectation } from './expectation.js'
import type { AnswerHeaders } from './replay.js'

/** How an answer was judged. */
export interface Judgement {
  readonly ok: boolean
  readonly reason?: string
  readonly message?: string
  readonly diff?: readonly DiffLine[]
  /** What else to know about it, with its evidence. */
  readonly hint?: string
}

type Answered = Extract<AttemptResult, { kind: 'answered' }>

/** Most lines of a comparison that are kept. */
const longestDiff = 200

/** Judges an answer by the sidecar of its fixture, and by the usual rules where there is none. `took` is in milliseconds. */
export const judgeBy = (event: string, answer: Answered, expected: Expectation | undefined, took = 0, headers: AnswerHeaders = {}): Judgement => {
  const { status, body, within } = expected ?? {}
  const wantedStatus = status === undefined ? undefined : [status].flat()
  if (wantedStatus !== undefined && !wantedStatus.includes(answer.status)) {
    return {
      ok: false,
      reason: 'status',
      message: `Expected status ${wantedStatus.join(' or ')}, got ${answer.status}${kind(answer)}.`,
      diff: statusDiff(wantedStatus.join(' or '), answer),
    }
  }
  if (expected === undefined || (body === undefined && isSuccess(wantedStatus ?? [200]))) {
    const verdict = judgeAnswer(event, answer)
    if (!verdict.ok) return { ok: false, reason: verdict.reason, message: verdict.message, ...usual(verdict.reason, answer) }
  } else if (wantedStatus === undefined && !isSuccess([answer.status])) {
    return {
      ok: false,
      reason: 'status',
      message: `Expected a status from 200 to 299, got ${answer.status}${kind(answer)}.`,
      diff: statusDiff('200 to 299', answer),
    }
  }
  for (const [name, value] of Object.entries(expected?.headers ?? {})) {
    const received = headers[name.toLowerCase()]?.toString()
    if (received === value) continue
    const diff: DiffLine[] = [
      { mark: '-', text: `${name}: ${value}` },
      ...(received === undefined ? [] : [{ mark: '+' as const, text: `${name}: ${received}` }]),
    ]
    const message = received === undefined ? `The header ${name} is missing.` : `The header ${name} is "${received}", not "${value}".`
    return { ok: false, reason: 'header', message, diff }
  }
  if (body !== undefined) {
    const failed = compare(body, answer)
    if (failed !== null) return failed
  }
  if (within !== undefined && took > within) return { ok: false, reason: 'late', message: `The answer took ${Math.round(took)} ms; the limit is ${within} ms.` }
  return { ok: true }
}

const compare = (body: unknown, answer: Answered): Judgement | null => {
  if (answer.truncated) return { ok: false, reason: 'too-long', message: 'The answer is longer than 1 MiB; nothing of it was compared.' }
  let json: unknown
  try {
    json = JSON.parse(answer.body)
  } catch {
    return {
      ok: false,
      reason: 'not-json',
      message: `Expected JSON, got ${answer.body.trim() === '' ? 'an empty answer' : 'something else'}${kind(answer)}.`,
      diff: textDiff(body, answer.body),
    }
  }
  const found = misses(body, json)
  const nearest = [...found].sort((a, b) => a.distance - b.distance)[0]
  if (nearest === undefined) return null
  const more = found.length === 1 ? '' : ` ${found.length - 1} more differ.`
  const subject = nearest.path === '' ? 'The answer' : `"${nearest.path}"`
  return { ok: false, reason: 'body', message: `${subject} ${nearest.problem}.${more}`, diff: diffJson(body, json).slice(0, longestDiff) }
}

const isSuccess = (statuses: readonly number[]) => statuses.every(status => status >= 200 && status <= 299)

const kind = ({ contentType }: Answered) => (contentType === '' ? '' : ` (${contentType.split(';')[0]?.trim()})`)

const statusDiff = (wanted: string, answer: Answered): DiffLine[] => [
  { mark: '-', text: `status  ${wanted}` },
  { mark: '+', text: `status  ${answer.status}` },
  ...received(answer.body),
]

const textDiff = (body: unknown, text: string): DiffLine[] => [{ mark: '-', text: JSON.stringify(body) }, ...received(text)]

/** The beginning of an answer. */
const received = (text: string): DiffLine[] => {
  const rows = text.trim().slice(0, 4_000).split('\n')
  const shown = rows.slice(0, 6).map(row => ({ mark: '+' as const, text: row.length > 160 ? `${row.slice(0, 159)}…` : row }))
  return text.trim() === '' ? [] : [...shown, ...(rows.length > 6 ? [{ mark: ' ' as const, text: `… ${rows.length - 6} more lines` }] : [])]
}

/** What is shown of an answer that the usual rules refuse. */
const usual = (reason: string, answer: Answered): Pick<Judgement, 'diff' | 'hint'> => {
  if (reason === 'status') return { diff: statusDiff('200 to 299', answer) }
  if (reason === 'too-long') return {}
  if (reason === 'not-json') return { diff: textDiff({ result: 'ok' }, answer.body) }
  if (reason === 'reply') return { diff: received(answer.body) }
  return {
    diff: diffJson({ result: 'ok' }, JSON.parse(answer.body)).slice(0, longestDiff),
    hint: 'Nothing else in this answer reaches the agent. ● documented, Webhooks API, replies',
  }
}

/** The sidecar that an answer would pass: its status, and its body where it is JSON. */
export const expectationOf = (answer: Answered): Expectation => {
  try {
    return { status: answer.status, body: JSON.parse(answer.body) }
  } catch {
    return { status: answer.status }
  }
}
