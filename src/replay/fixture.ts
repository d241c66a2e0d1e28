/** One webhook body that is to be sent. */
export interface Fixture {
  /** Path of the file, as the user named it. */
  readonly name: string
  /** `event_name` of the body. */
  readonly event: string
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Reads a fixture: one JSON object with an `event_name`. A captured body is a fixture as it is, so nothing else is asked.
 *
 * @throws Error whose message completes "FILE is not a webhook body: …"
 */
export const parseFixture = (name: string, text: string): Fixture => {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new Error(syntaxProblem(text, error))
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('it is not a JSON object')
  if (!('event_name' in body)) throw new Error('it has no event_name')
  if (typeof body.event_name !== 'string' || body.event_name === '') throw new Error('its event_name is not a text')
  return { name, event: body.event_name, body: body as Record<string, unknown> }
}

/** The engine's words, with the line and column that they belong to. */
const syntaxProblem = (text: string, error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return `line 1: ${message}`
  const before = text.slice(0, Number(position)).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${message.replace(/ (in JSON )?at position \d+.*$/s, '')}`
}
