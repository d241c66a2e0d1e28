import { type TokenProblem, tokenProblem } from './user-token.js'

type Part = 'header' | 'payload'
type Json = Readonly<Record<string, unknown>>

export interface ReadToken {
  readonly header: Json | null
  readonly claims: Json | null
  /** Why it is not a JWT, whoever signed it. */
  readonly problems: readonly TokenProblem[]
}

/** Most characters of a token. */
const longest = 8_192

/** Takes a token apart without trusting it: no signature is looked at. Never throws, and takes time in proportion to the length. */
export const readToken = (token: string): ReadToken => {
  if (token.length > longest) return { header: null, claims: null, problems: [tokenProblem('huge', String(token.length))] }
  const parts = token.split('.')
  if (parts.length !== 3) return { header: null, claims: null, problems: [tokenProblem('parts', parts.length === 1 ? 'one part' : `${parts.length} parts`)] }
  const [first = '', second = '', third = ''] = parts
  const header = readPart('header', first)
  const payload = readPart('payload', second)
  const flaw = encodingFlaw(third)
  const signature = flaw === null ? [] : [tokenProblem('encoding', `The signature is not base64url: ${flaw}`)]
  return { header: header.value, claims: payload.value, problems: [...header.problems, ...payload.problems, ...signature] }
}

const readPart = (part: Part, text: string): { value: Json | null; problems: TokenProblem[] } => {
  const broken = (problem: TokenProblem) => ({ value: null, problems: [problem] })
  const flaw = encodingFlaw(text)
  if (flaw !== null) return broken(tokenProblem('encoding', `The ${part} is not base64url: ${flaw}`))
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
  let decoded: string
  try {
    decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return broken(tokenProblem('utf8', part))
  }
  let value: unknown
  try {
    value = JSON.parse(decoded)
  } catch {
    return broken(tokenProblem('json', part))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return broken(tokenProblem('json', part))
  const twice = duplicateKey(decoded)
  return { value: value as Json, problems: twice === null ? [] : [tokenProblem('duplicateKey', `${shown(twice)} of the ${part}`)] }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Why a text is not base64url as RFC 7515 has it; null when it is. */
const encodingFlaw = (text: string): string | null => {
  if (/=+$/.test(text.slice(-2))) return 'it is padded with "="'
  const strange = /[^A-Za-z0-9_-]/.exec(text)?.[0]
  if (strange !== undefined) return `it has the letter ${shown(strange)}`
  const rest = text.length % 4
  if (rest === 1) return `it is cut off after ${text.length} letters`
  // The last letter carries bits that stand for nothing; with them set there would be several spellings of one token.
  const spare = { 0: 0, 2: 15, 3: 3 }[rest] ?? 0
  return (alphabet.indexOf(text.at(-1) ?? 'A') & spare) === 0 ? null : `its last letter ${shown(text.at(-1) ?? '')} has bits left over`
}

/** The first key that stands twice in one object, of a text that is JSON; null when there is none. */
const duplicateKey = (json: string): string | null => {
  const open: (Set<string> | null)[] = []
  let isKeyNext = false
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at]
    if (letter === '{' || letter === '[') open.push(letter === '{' ? new Set() : null)
    else if (letter === '}' || letter === ']') open.pop()
    if (letter === '{' || letter === ',') isKeyNext = true
    if (letter !== '"') continue
    const start = at
    for (at += 1; json[at] !== '"'; at += 1) if (json[at] === '\\') at += 1
    const keys = open.at(-1) ?? null
    if (!isKeyNext || keys === null) continue
    isKeyNext = false
    const key = JSON.parse(json.slice(start, at + 1))
    if (keys.has(key)) return key
    keys.add(key)
  }
  return null
}

/** A value as JSON, cut where it is long. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
