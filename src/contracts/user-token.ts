import type { Evidence } from './evidence.js'

/**
 * What becomes of a string that a page passes to `setUserToken`.
 *
 * - `opaque`: Jivo does nothing with it but hand it back in webhooks.
 * - `shared`: the visitor is the client of that id, in every browser.
 * - `shared-with-warning`: the same, and something about the token may break elsewhere.
 * - `anonymous`: the token counts for nothing; the visitor is who the browser says.
 */
export type TokenVerdict = 'opaque' | 'shared' | 'shared-with-warning' | 'anonymous'

interface TokenCase {
  readonly verdict: TokenVerdict
  /** Where it differs when everything is refused that Jivo's documents do not allow. */
  readonly strictly?: TokenVerdict
  readonly evidence: Evidence
  readonly source: string
  /** One sentence: what, the value, what to do. */
  readonly message: (value: string) => string
}

const unsaid = 'no page says what Jivo does with such a token, and its apps handle no refusal'
const helpPage = 'help page on JWT in the widget'

/** Everything that can be said of a token, and what follows from it. A valid token is none of these. */
export const tokenCases = {
  noSecret: {
    verdict: 'opaque',
    evidence: 'documented',
    source: 'widget page: the token is not processed; with a secret of the channel it is, says the help page',
    message: () => 'The channel has no secret, so this JWT is a plain text to Jivo; give the channel its secret.',
  },
  shortSecret: {
    verdict: 'shared-with-warning',
    evidence: 'documented',
    source: `${helpPage}: a secret of 256 bits; whether a shorter one is refused is not said`,
    message: size => `The secret has ${size} bytes and 32 are asked for; make one with "jivo-dev jwt secret".`,
  },
  huge: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: 'no limit is documented; 8 KiB is what common servers take as a line of a request',
    message: size => `The token has ${size} characters and may have 8192; leave claims out, Jivo needs the id alone.`,
  },
  parts: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: `RFC 7515, 3.1; ${unsaid}`,
    message: count => `The token has ${count} where a JWT has three parts with dots between them; pass it whole, as it was signed.`,
  },
  encoding: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: `RFC 7515, 2; ${unsaid}`,
    message: what => `${what}; encode with the alphabet A-Z a-z 0-9 - _ and without "=".`,
  },
  utf8: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: `RFC 7519, 7.2; ${unsaid}`,
    message: part => `The ${part} is not UTF-8; encode its text as UTF-8 before base64url.`,
  },
  json: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: `RFC 7519, 7.2; ${unsaid}`,
    message: part => `The ${part} is not a JSON object; sign an object such as {"id":"cust58213"}.`,
  },
  duplicateKey: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: `RFC 7519, 4 lets a reader refuse it or take the last; ${unsaid}`,
    message: key => `The key ${key} stands twice, and readers differ in which they take; write it once.`,
  },
  algorithm: {
    verdict: 'anonymous',
    evidence: 'documented',
    source: 'SDK for Android: HS256; what happens to another algorithm is not said',
    message: alg => `The algorithm is ${alg}, not "HS256"; sign with HS256 and the secret of the channel.`,
  },
  critical: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: `RFC 7515, 4.1.11: an extension that is not known must be refused; ${unsaid}`,
    message: value => `The header asks for extensions by crit ${value}, and none is known; leave crit out.`,
  },
  signature: {
    verdict: 'anonymous',
    evidence: 'guessed',
    source: unsaid,
    message: () => 'The signature was not made with the secret of this channel; sign with that secret as plain text, neither hex nor base64.',
  },
  noId: {
    verdict: 'anonymous',
    evidence: 'documented',
    source: `${helpPage}: id is mandatory and has this name; what happens without it is not said, the SDK for iOS takes a temporary user`,
    message: names => `There is no id among the claims ${names}; name the claim "id".`,
  },
  idType: {
    verdict: 'anonymous',
    evidence: 'observed',
    source: 'SDK for iOS: an id that is no string counts as none',
    message: id => `The id is ${id}; make it a string of Latin letters and digits.`,
  },
  idNumber: {
    verdict: 'shared-with-warning',
    strictly: 'anonymous',
    evidence: 'guessed',
    source: 'the SDK for iOS takes no number; older documents for Android show one',
    message: id => `The id is the number ${id}; make it the string "${id}".`,
  },
  idAlphabet: {
    verdict: 'shared-with-warning',
    strictly: 'anonymous',
    evidence: 'documented',
    source: `${helpPage}: Latin letters and digits; the documents for iOS show an e-mail address`,
    message: id => `The id ${id} has more than Latin letters and digits; pass an id of your own database.`,
  },
  expired: {
    verdict: 'shared-with-warning',
    strictly: 'anonymous',
    evidence: 'guessed',
    source: 'no page mentions exp; whether it counts is not known',
    message: date => `It expired at ${date}; make a new one for each page.`,
  },
  notYet: {
    verdict: 'shared-with-warning',
    strictly: 'anonymous',
    evidence: 'guessed',
    source: 'no page mentions nbf; whether it counts is not known',
    message: date => `It is not valid before ${date}; leave nbf out, or set the clock of the server right.`,
  },
  date: {
    verdict: 'shared-with-warning',
    strictly: 'anonymous',
    evidence: 'guessed',
    source: 'RFC 7519, 2: a date is a number of seconds since 1970',
    message: claim => `The date ${claim} is not a number of seconds since 1970, such as 1800000000; divide milliseconds by 1000.`,
  },
} as const satisfies Record<string, TokenCase>

export type TokenCode = keyof typeof tokenCases

export interface TokenProblem {
  readonly code: TokenCode
  readonly message: string
  readonly evidence: Evidence
  readonly source: string
}

/** A date among the claims, in milliseconds since 1970. */
export interface TokenDate {
  readonly claim: 'iat' | 'nbf' | 'exp'
  readonly at: number
}

/** Plain JSON, so that it can be an input of a rule: the signature is checked before a rule runs. */
export interface TokenJudgement {
  readonly verdict: TokenVerdict
  /** Whose history is shared; null where none is. */
  readonly id: string | null
  readonly problems: readonly TokenProblem[]
  /** Null where it cannot be read. */
  readonly header: Readonly<Record<string, unknown>> | null
  readonly claims: Readonly<Record<string, unknown>> | null
  readonly dates: readonly TokenDate[]
}

/** @param value what the message names: never the token, never the secret */
export const tokenProblem = (code: TokenCode, value = ''): TokenProblem => {
  const { evidence, source, message } = tokenCases[code]
  return { code, message: message(value), evidence, source }
}
