/** JSON that came from outside and is wrong before any contract is asked. */
export class JsonError extends Error {
  override readonly name = 'JsonError'
}

export type JsonObject = Record<string, unknown>

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as an error may quote it. */
export const short = (value: unknown): string => (value === undefined ? 'missing' : (JSON.stringify(value) ?? '').slice(0, 60))

/** Deeper than any body of Jivo's. Past it the readers of a value could run out of stack. */
const deepest = 32

/**
 * Parses JSON from outside.
 *
 * @throws JsonError that says what is wrong: the engine's words for the syntax, or the depth that is allowed
 */
export const parseJson = (text: string): unknown => {
  if (isTooDeep(text)) throw new JsonError(`is nested more than ${deepest} levels deep`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new JsonError(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Counts brackets outside of strings, so that the check comes before the parse. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at)
    if (letter === 0x22) at = endOfString(text, at)
    else if (letter === 0x7b || letter === 0x5b) {
      depth += 1
      if (depth > deepest) return true
    } else if (letter === 0x7d || letter === 0x5d) depth -= 1
  }
  return false
}

/** Where the string that begins here has its closing quote, or the text its end. Most of a body is strings: they are jumped over. */
const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1
    if (slashes % 2 === 0) return at
  }
  return text.length
}
