import { compactVerify } from 'jose'
import { readToken, shown } from './read-token.js'
import { type TokenDate, type TokenJudgement, type TokenProblem, type TokenVerdict, tokenCases, tokenProblem } from './user-token.js'

export interface JudgeTokenOptions {
  /** Of the channel, as text; null when it has none. */
  readonly secret: string | null
  /** Milliseconds since 1970. */
  readonly now: number
  /** Refuses what Jivo's documents do not allow. */
  readonly isStrict?: boolean
}

/** Bytes of a secret that are enough. */
const enough = 32

/**
 * What Jivo would do with a token, as far as that is known. Never rejects. The signature takes a promise, so the one who
 * receives a token judges it, and passes on the result.
 */
export const judgeToken = async (token: string, { secret, now, isStrict = false }: JudgeTokenOptions): Promise<TokenJudgement> => {
  const { header, claims, problems: flaws } = readToken(token)
  const isJwt = header !== null && claims !== null
  const about = { header, claims, dates: datesOf(claims ?? {}) }
  if (secret === null || secret === '') return { verdict: 'opaque', id: null, problems: isJwt ? [tokenProblem('noSecret')] : [], ...about }

  const size = new TextEncoder().encode(secret).length
  const unread = [...flaws, ...(header === null ? [] : headerProblems(header))]
  const problems = [
    ...unread,
    ...(unread.length === 0 && !(await isSignedWith(token, secret)) ? [tokenProblem('signature')] : []),
    ...(claims === null ? [] : claimProblems(claims, now)),
    ...(size < enough ? [tokenProblem('shortSecret', String(size))] : []),
  ]
  const verdict = worst(problems.map(({ code }) => verdictOf(code, isStrict)))
  return { verdict, id: verdict === 'anonymous' ? null : String(claims?.id), problems, ...about }
}

/** What is wrong with a token whoever signed it: everything but the signature. */
export const unsignedProblems = (token: string, now: number): readonly TokenProblem[] => {
  const { header, claims, problems } = readToken(token)
  return [...problems, ...(header === null ? [] : headerProblems(header)), ...(claims === null ? [] : claimProblems(claims, now))]
}

const verdictOf = (code: TokenProblem['code'], isStrict: boolean): TokenVerdict => {
  const known: { readonly verdict: TokenVerdict; readonly strictly?: TokenVerdict } = tokenCases[code]
  return (isStrict ? known.strictly : undefined) ?? known.verdict
}

const worst = (verdicts: readonly TokenVerdict[]): TokenVerdict =>
  verdicts.includes('anonymous') ? 'anonymous' : verdicts.length > 0 ? 'shared-with-warning' : 'shared'

const isSignedWith = async (token: string, secret: string): Promise<boolean> => {
  try {
    await compactVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] })
    return true
  } catch {
    return false
  }
}

const headerProblems = (header: Readonly<Record<string, unknown>>): TokenProblem[] => [
  ...(header.alg === 'HS256' ? [] : [tokenProblem('algorithm', Object.hasOwn(header, 'alg') ? shown(header.alg) : 'missing')]),
  ...(Object.hasOwn(header, 'crit') ? [tokenProblem('critical', shown(header.crit))] : []),
]

const claimProblems = (claims: Readonly<Record<string, unknown>>, now: number): TokenProblem[] => {
  const problems = idProblems(claims)
  for (const claim of dateClaims) {
    const value = claims[claim]
    if (value === undefined) continue
    if (typeof value !== 'number' || Math.abs(value) > latest) problems.push(tokenProblem('date', `${claim} ${shown(value)}`))
    else if (claim === 'exp' && value * 1_000 <= now) problems.push(tokenProblem('expired', isoDate(value)))
    else if (claim === 'nbf' && value * 1_000 > now) problems.push(tokenProblem('notYet', isoDate(value)))
  }
  return problems
}

const idProblems = (claims: Readonly<Record<string, unknown>>): TokenProblem[] => {
  if (!Object.hasOwn(claims, 'id')) return [tokenProblem('noId', shown(Object.keys(claims)))]
  const { id } = claims
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return [tokenProblem('idNumber', String(id))]
  if (typeof id !== 'string') return [tokenProblem('idType', shown(id))]
  if (id === '') return [tokenProblem('idType', 'empty')]
  return /^[A-Za-z0-9]+$/.test(id) ? [] : [tokenProblem('idAlphabet', shown(id))]
}

const dateClaims = ['iat', 'nbf', 'exp'] as const

/** Seconds up to the year 5138: what lies behind was meant as milliseconds. */
const latest = 100_000_000_000

const datesOf = (claims: Readonly<Record<string, unknown>>): TokenDate[] =>
  dateClaims.flatMap(claim => {
    const value = claims[claim]
    return typeof value === 'number' && Math.abs(value) <= latest ? [{ claim, at: value * 1_000 }] : []
  })

const isoDate = (seconds: number) => new Date(seconds * 1_000).toISOString()
