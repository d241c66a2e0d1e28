import type { Expectation } from './expectation.js'
import { jsonErrorAt } from './json-error.js'

/** One webhook body that is to be sent. */
export interface Fixture {
  /** Path of the file, as the user named it; of a recording with the line behind a colon. */
  readonly name: string
  /** `event_name` of the body. */
  readonly event: string
  readonly body: Readonly<Record<string, unknown>>
  /** The body as it stands in the file: sent as it is unless something rewrites it. */
  readonly text: string
  /** The file, where the name is more than that. */
  readonly file?: string
  readonly line?: number
  /** When it was sent first, milliseconds since 1970; known of recordings. */
  readonly at?: number
  /** What its sidecar says. */
  readonly expected?: Expectation
}

/**
 * Reads a fixture: one JSON object with an `event_name`. A captured body is a fixture as it is, so nothing else is asked.
 *
 * @throws Error whose message completes "FILE is not a webhook body: …"
 */
export const parseFixture = (name: string, text: string): Fixture => {
  const body = parseObject(text, 1)
  return { name, event: eventOf(body), body, text }
}

/**
 * Reads one line of a recording: a body as it is, or an event of a journal, of which those that scheduled a delivery hold
 * one. Null for a line that holds none.
 *
 * @throws Error whose message begins with the line and completes "FILE is not a webhook body: …"
 */
export const parseLine = (file: string, line: number, written: string): Fixture | null => {
  if (written === '' || written.trim() === '') return null
  // The end of a line is not part of a body, on Windows neither.
  const text = written.endsWith('\r') ? written.slice(0, -1) : written
  const name = `${file}:${line}`
  const value = parseObject(text, line)
  try {
    if ('event_name' in value) return { name, event: eventOf(value), body: value, text, file, line }
    if (typeof value.type !== 'string' && !('body' in value)) throw new Error('it has no event_name')
    if (value.type !== undefined && value.type !== 'delivery.scheduled') return null
    const { body, at } = value
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('its body is not a JSON object')
    const time = typeof at === 'string' ? Date.parse(at) : at
    const inner = body as Record<string, unknown>
    return { name, event: eventOf(inner), body: inner, text: JSON.stringify(inner), file, line, ...(Number.isFinite(time) ? { at: time as number } : {}) }
  } catch (error) {
    throw new Error(`line ${line}: ${(error as Error).message}`)
  }
}

const parseObject = (text: string, line: number): Record<string, unknown> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(syntaxProblem(text, error, line))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Error(`${line === 1 ? '' : `line ${line}: `}it is not a JSON object`)
}

const eventOf = (body: Readonly<Record<string, unknown>>): string => {
  if (!('event_name' in body)) throw new Error('it has no event_name')
  if (typeof body.event_name !== 'string' || body.event_name === '') throw new Error('its event_name is not a text')
  return body.event_name
}

/** The engine's words, with the line and column that they belong to. The text begins on line `first`. */
export const syntaxProblem = (text: string, error: unknown, first = 1): string => {
  const message = error instanceof Error ? error.message : String(error)
  const before = text.slice(0, errorAt(text)).split('\n')
  return `line ${first + before.length - 1}, column ${(before.at(-1)?.length ?? 0) + 1}: ${message.replace(/ (in JSON )?at position \d+.*$/s, '')}`
}

const errorAt = (text: string) => {
  try {
    return jsonErrorAt(text)
  } catch {
    // A string of megabytes is more than the pattern can hold.
    return 0
  }
}
