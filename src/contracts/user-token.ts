import { compactVerify, errors } from 'jose'
import type { Evidence } from './evidence.js'

/**
 * User tokens: what `setUserToken` is given. Where a channel has a secret they are JWTs, signed with it by HS256, whose claim
 * `id` names a client. Help page on JWT in the widget; what Jivo does with a bad one is documented nowhere.
 */

/** What a token is worth to a channel. */
export interface TokenVerdict {
  /** `opaque`: a text, as the channel has no secret. `shared`: it names a client. `anonymous`: it names nobody. */
  readonly as: 'opaque' | 'shared' | 'anonymous'
  /** Whom it names; empty for nobody. */
  readonly id: string
  readonly problems: readonly TokenProblem[]
  /** As far as they could be read, whether the signature is good or not. */
  readonly header: Readonly<Record<string, unknown>> | null
  readonly claims: Readonly<Record<string, unknown>> | null
}

export type TokenProblemCode = keyof typeof problems

export interface TokenProblem {
  readonly code: TokenProblemCode
  /** What is wrong with which value, and what to do. */
  readonly message: string
  /** How sure it is that Jivo minds. */
  readonly evidence: Evidence
  readonly source: string
  /** It is one of the token, and strict channels refuse it; otherwise it is one of the secret. */
  readonly isFault: boolean
}

/** Longest token that is looked at: headers and cookies carry no longer ones. */
export const longestToken = 8_192

const page = 'Help page on JWT in the widget'
const nobodySays = 'not documented; what jivo-dev does is a guess'

/** Every problem: its message, made of a value, and where the rule comes from. */
const problems = {
  'short-secret': {
    evidence: 'documented',
    source: `${page}: 256 bits`,
    text: (bytes: string) => `The secret has ${bytes} bytes, and HS256 wants at least 32: make a new one, jivo-dev jwt secret.`,
  },
  'too-long': {
    evidence: 'guessed',
    source: nobodySays,
    text: (length: string) => `The token has ${length} letters; one of more than ${longestToken} is not looked at.`,
  },
  parts: {
    evidence: 'documented',
    source: `${page}: RFC 7519`,
    text: (count: string) => `The token has ${count} parts between dots, and a JWT has three: it is no JWT. Sign {"id": "…"} with HS256.`,
  },
  encoding: {
    evidence: 'documented',
    source: `${page}: RFC 7519`,
    text: (part: string) => `The ${part} of the token is not base64url without padding${part === 'signature' ? '' : ', of a JSON object in UTF-8'}.`,
  },
  alg: {
    evidence: 'documented',
    source: 'Mobile SDK for Android: HS256',
    text: (alg: string) => `The token says alg ${alg}; Jivo's are HS256. Sign with HS256 and the secret of the channel.`,
  },
  critical: {
    evidence: 'documented',
    source: 'RFC 7515, crit',
    text: (crit: string) => `The token demands extensions that nobody knows here: crit ${crit}. Leave crit out.`,
  },
  signature: {
    evidence: 'documented',
    source: `${page}: signed with the secret of the channel`,
    text: () =>
      'The signature does not fit: it was made with another secret, or the token was changed. The secret counts as text, byte for byte; do not decode it as hex or base64.',
  },
  'no-id': { evidence: 'documented', source: page, text: () => 'The token has no claim id, which names the client. Add it under exactly this name.' },
  'id-type': { evidence: 'documented', source: page, text: (type: string) => `The claim id is ${type}; it is a string of letters and digits.` },
  'id-number': {
    evidence: 'observed',
    source: "Jivo's SDK for iOS takes a token with such an id as one without",
    text: (id: string) => `The claim id is the number ${id}; it counts as the text "${id}" here, and Jivo may not take it. Send it as a string.`,
  },
  'id-alphabet': {
    evidence: 'documented',
    source: `${page}; the docs of the iOS SDK show an e-mail`,
    text: (id: string) => `The claim id ${id} has more than Latin letters and digits; Jivo's pages disagree whether it may.`,
  },
  expired: { evidence: 'guessed', source: nobodySays, text: (at: string) => `The token expired at ${at}. Sign a new one for each page view.` },
  early: {
    evidence: 'guessed',
    source: nobodySays,
    text: (at: string) => `The token is not good before ${at}. Look at the clock of the server that signed it.`,
  },
  'bad-date': { evidence: 'guessed', source: nobodySays, text: (claim: string) => `The claim ${claim} is not a number of seconds since 1970.` },
} as const satisfies Record<string, { evidence: Evidence; source: string; text: (value: string) => string }>

const problem = (code: TokenProblemCode, value = ''): TokenProblem => {
  const { evidence, source, text } = problems[code]
  return { code, message: text(value), evidence, source, isFault: code !== 'short-secret' }
}

/**
 * Judges a token as the channel with this secret would. Never throws, whatever the token is.
 *
 * @param now milliseconds since 1970
 */
export const judgeUserToken = async (token: string, secret: string | null, now: number): Promise<TokenVerdict> => {
  if (secret === null) {
    const { header = null, claims = null } = token.length > longestToken ? {} : read(token)
    return { as: 'opaque', id: '', problems: [], header, claims }
  }
  const key = new TextEncoder().encode(secret)
  const found: TokenProblem[] = key.length < 32 ? [problem('short-secret', String(key.length))] : []
  const nobody = (...more: TokenProblem[]): TokenVerdict => ({ as: 'anonymous', id: '', problems: [...found, ...more], header: null, claims: null })
  if (token.length > longestToken) return nobody(problem('too-long', String(token.length)))
  const { header, claims, broken } = read(token)
  const verdict = { header, claims }
  if (broken !== null) return { ...nobody(broken), ...verdict }
  if (header?.alg !== 'HS256') return { ...nobody(problem('alg', short(header?.alg))), ...verdict }
  if (header.crit !== undefined) return { ...nobody(problem('critical', short(header.crit))), ...verdict }
  try {
    await compactVerify(token, key, { algorithms: ['HS256'] })
  } catch (error) {
    if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error
    return { ...nobody(problem('signature')), ...verdict }
  }
  const { id, problems: ofId } = idOf(claims)
  found.push(...ofId, ...datesOf(claims, now))
  return { as: id === '' ? 'anonymous' : 'shared', id, problems: found, ...verdict }
}

/** Header and claims as they stand there, good or not. */
const read = (token: string): { header: TokenVerdict['header']; claims: TokenVerdict['claims']; broken: TokenProblem | null } => {
  const parts = token.split('.')
  const header = objectOf(parts[0] ?? '')
  const claims = objectOf(parts[1] ?? '')
  const broken =
    parts.length !== 3
      ? problem('parts', String(parts.length))
      : header === null
        ? problem('encoding', 'header')
        : claims === null
          ? problem('encoding', 'payload')
          : /^[A-Za-z0-9_-]*$/.test(parts[2] ?? '')
            ? null
            : problem('encoding', 'signature')
  return { header, claims, broken }
}

const objectOf = (part: string): Record<string, unknown> | null => {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const idOf = (claims: TokenVerdict['claims']): { id: string; problems: TokenProblem[] } => {
  const id = claims !== null && Object.hasOwn(claims, 'id') ? claims.id : undefined
  if (id === undefined || id === null || id === '') return { id: '', problems: [problem('no-id')] }
  if (typeof id === 'number') return { id: String(id), problems: [problem('id-number', String(id))] }
  if (typeof id !== 'string') return { id: '', problems: [problem('id-type', Array.isArray(id) ? 'a list' : `of type ${typeof id}`)] }
  return { id, problems: /^[A-Za-z0-9]+$/.test(id) ? [] : [problem('id-alphabet', short(id))] }
}

const datesOf = (claims: TokenVerdict['claims'], now: number): TokenProblem[] => {
  const { exp, nbf } = claims ?? {}
  const bad = Object.entries({ exp, nbf }).flatMap(([claim, value]) =>
    value === undefined || (typeof value === 'number' && Number.isFinite(value)) ? [] : [problem('bad-date', claim)],
  )
  if (typeof exp === 'number' && exp * 1_000 <= now) bad.push(problem('expired', dateOf(exp)))
  if (typeof nbf === 'number' && nbf * 1_000 > now) bad.push(problem('early', dateOf(nbf)))
  return bad
}

/** A number of seconds may lie outside of all that a date can be. */
const dateOf = (seconds: number): string => {
  const date = new Date(seconds * 1_000)
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString().replace('.000', '')
}

/** A value as a message may quote it. */
const short = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
