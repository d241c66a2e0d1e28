import { type FoundToken, findToken } from '../contracts/find-token.js'
import type { AttemptResult } from '../contracts/journal.js'
import { judgeToken } from '../contracts/judge-token.js'
import { readToken, shown } from '../contracts/read-token.js'
import type { TokenCode, TokenJudgement } from '../contracts/user-token.js'
import type { CheckResult } from './check-result.js'
import { personalData } from './personal-data.js'

/** What came back; `took` is in milliseconds, names of headers are in lower case. */
export interface EndpointAnswer {
  readonly result: AttemptResult
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly took: number
}

export type Asker = 'a' | 'b' | 'nobody'

export interface TokenCheck {
  readonly url: string
  readonly secret: string
  /** How often each user asks. */
  readonly times: number
  /** Path of the token in a JSON answer; looked for when absent. */
  readonly path?: string | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Never rejects. `origin` is that of the page that asks. */
  readonly ask: (who: Asker, origin?: string) => Promise<EndpointAnswer>
}

interface Asked extends EndpointAnswer {
  readonly found: FoundToken | null
}

type Told = Pick<CheckResult, 'message' | 'fix'> & { readonly verdict?: CheckResult['verdict'] }

/** A day in milliseconds: a token that is made for each page needs no longer life. */
const longestLife = 86_400_000

const foreignOrigin = 'https://elsewhere.example'

/** Asks an endpoint for tokens as two users and as nobody, and judges what it gives. The users ask at the same time, again and again. */
export const checkToken = async ({ url, secret, times, path, now, ask }: TokenCheck): Promise<CheckResult[]> => {
  const askFor = async (who: Asker, origin?: string): Promise<Asked> => {
    const answer = await ask(who, origin)
    return { ...answer, found: answer.result.kind === 'answered' && isOk(answer.result.status) ? findToken(answer.result.body, path) : null }
  }
  const users: { a: Asked[]; b: Asked[] } = { a: [], b: [] }
  for (let time = 0; time < times; time += 1) {
    const [a, b] = await Promise.all([askFor('a'), askFor('b')])
    users.a.push(a)
    users.b.push(b)
  }
  const nobody = await askFor('nobody')
  const foreign = await askFor('a', foreignOrigin)

  const given = [...users.a, ...users.b]
  const answers = [tokensOf('first', users.a, path), tokensOf('second', users.b, path)]
  const tokens = given.flatMap(({ found }) => found ?? [])
  const hasAll = tokens.length === given.length
  const judgements = hasAll ? await Promise.all(tokens.map(({ token }) => judgeToken(token, { secret, now: now(), isStrict: true }))) : []
  const ids = (from: number) => judgements.slice(from, from + times).map(({ claims }) => claims?.id)
  const [idsOfFirst, idsOfSecond] = [ids(0), ids(times)]

  const ofTokens: readonly [name: string, judge: () => Told][] = [
    ['form', () => without(judgements, ['huge', 'parts', 'encoding', 'utf8', 'json', 'duplicateKey'], 'Every token is a well-formed JWT.')],
    ['algorithm', () => without(judgements, ['algorithm', 'critical'], 'The algorithm is HS256.')],
    ['signature', () => signatureOf(judgements)],
    ['id', () => without(judgements, ['noId', 'idType', 'idNumber', 'idAlphabet'], `The id is a string of Latin letters and digits: ${shown(idsOfFirst[0])}.`)],
    ['id-stable', () => stable(idsOfFirst, idsOfSecond)],
    ['id-different', () => different(idsOfFirst, idsOfSecond)],
    ['personal-data', () => impersonal(judgements)],
    ['expiry', () => expiryOf(judgements, now())],
  ]
  return [
    ...answers,
    ...ofTokens.map(([name, judge]) =>
      hasAll ? resultOf(name, judge()) : resultOf(name, { verdict: 'skipped', message: 'There are not enough tokens to say.', fix: '' }),
    ),
    resultOf('cache', uncached(given)),
    { ...resultOf('anonymous', anonymousOf(nobody)), took: nobody.took, ...statusOf(nobody) },
    { ...resultOf('cors', crossOrigin([...given, nobody, foreign])), took: foreign.took, ...statusOf(foreign) },
    resultOf('transport', encrypted(url)),
  ]
}

const isOk = (status: number) => status >= 200 && status < 300

const statusOf = ({ result }: EndpointAnswer) => (result.kind === 'answered' ? { status: result.status } : {})

const resultOf = (name: string, { verdict, message, fix }: Told): CheckResult => ({
  name,
  verdict: verdict ?? (fix === '' ? 'passed' : 'failed'),
  message,
  fix,
  took: 0,
})

const tokensOf = (which: string, asked: readonly Asked[], path: string | undefined): CheckResult => {
  const name = `${which}-user`
  const took = asked.reduce((sum, one) => sum + one.took, 0)
  const bad = asked.find(({ found }) => found === null)
  if (bad === undefined) {
    return {
      name,
      verdict: 'passed',
      message: `Got a token ${asked.length} times, from ${asked[0]?.found?.where}.`,
      fix: '',
      took,
      ...(asked[0] && statusOf(asked[0])),
    }
  }
  const told = { name, verdict: 'failed', took, ...statusOf(bad) } as const
  const { result } = bad
  if (result.kind === 'no-answer') return { ...told, message: result.message, fix: 'Start the server, or say another address with --to.' }
  if (!isOk(result.status)) {
    return {
      ...told,
      message: `The ${which} user got the status ${result.status} and no token.`,
      fix: `Look whether the headers of --user-${which === 'first' ? 'a' : 'b'} are those of a session.`,
    }
  }
  const where = path === undefined ? 'no field or text that is a token' : `no text at ${path}`
  const what = result.body.trim() === '' ? 'an empty body' : /^\s*</.test(result.body) ? 'a page' : where
  return {
    ...told,
    message: `The answer with the status ${result.status} has ${what}.`,
    fix: 'Answer {"token":"…"} or the token alone, or say where it is with --json-path.',
  }
}

/** The first problem of some kinds, or that there is none. */
const without = (judgements: readonly TokenJudgement[], codes: readonly TokenCode[], good: string): Told => {
  const found = judgements.flatMap(({ problems }) => problems).find(({ code }) => codes.includes(code))
  return found === undefined ? { message: good, fix: '' } : split(found.message)
}

/** A message of a problem says what and what to do, with a semicolon between. */
const split = (message: string): Told => {
  const at = message.lastIndexOf('; ')
  const fix = message.slice(at + 2)
  return { message: `${message.slice(0, at)}.`, fix: `${fix.slice(0, 1).toUpperCase()}${fix.slice(1)}` }
}

const signatureOf = (judgements: readonly TokenJudgement[]): Told => {
  const codes = judgements.flatMap(({ problems }) => problems.map(({ code }) => code))
  const unread: readonly TokenCode[] = ['huge', 'parts', 'encoding', 'utf8', 'json', 'duplicateKey', 'algorithm', 'critical']
  if (codes.some(code => unread.includes(code))) return { verdict: 'skipped', message: 'A token that is no JWT with HS256 has no signature to check.', fix: '' }
  if (codes.includes('signature') || !codes.includes('shortSecret'))
    return without(judgements, ['signature'], 'Every token is signed with the secret of the channel.')
  return { ...without(judgements, ['shortSecret'], ''), verdict: 'warned' }
}

const noIds: Told = { verdict: 'skipped', message: 'There are no ids to compare.', fix: '' }

const stable = (...users: readonly (readonly unknown[])[]): Told => {
  if (users.flat().includes(undefined)) return noIds
  const drifting = users.find(ids => new Set(ids.map(shown)).size > 1)
  if (drifting === undefined) return { message: 'Each user has the same id each time.', fix: '' }
  return {
    message: `One user got several ids: ${[...new Set(drifting.map(shown))].slice(0, 3).join(', ')}.`,
    fix: 'Take the id from the account, neither from the session nor from chance, and keep no user between requests.',
  }
}

const different = (first: readonly unknown[], second: readonly unknown[]): Told => {
  if ([...first, ...second].includes(undefined)) return noIds
  const shared = first.find(id => second.some(other => shown(other) === shown(id)))
  if (shared === undefined) return { message: `The two users have different ids: ${shown(first[0])} and ${shown(second[0])}.`, fix: '' }
  return {
    message: `Both users got the id ${shown(shared)}, so each would read what the other wrote.`,
    fix: 'Take the id from the account of the session; let no cache answer for it.',
  }
}

const impersonal = (judgements: readonly TokenJudgement[]): Told => {
  const found = [...new Set(judgements.flatMap(({ claims }) => (claims === null ? [] : personalData(claims))))]
  if (found.length === 0) return { message: 'No claim looks like a name, an e-mail address or a phone number.', fix: '' }
  return {
    message: `Claims look personal: ${found.slice(0, 5).join(', ')}.`,
    fix: 'Leave them out: a token is signed, not encrypted, and the page can read it.',
  }
}

const expiryOf = (judgements: readonly TokenJudgement[], now: number): Told => {
  const wrong = without(judgements, ['expired', 'notYet', 'date'], '')
  if (wrong.fix !== '') return wrong
  const ends = judgements.map(({ dates }) => dates.find(({ claim }) => claim === 'exp')?.at)
  if (ends.includes(undefined))
    return { verdict: 'warned', message: 'There is no exp, so a token that leaks is good for ever.', fix: 'Add exp, an hour from now.' }
  const life = Math.max(...ends.map(end => end ?? 0)) - now
  const hours = Math.round(life / 360_000) / 10
  if (life > longestLife)
    return { verdict: 'warned', message: `It is good for ${hours} hours.`, fix: 'Let it expire within 24 hours; a page gets a new one when it loads.' }
  return { message: `It expires in ${hours < 1 ? `${Math.round(life / 1_000)} s` : `${hours} hours`}.`, fix: '' }
}

const uncached = (given: readonly Asked[]): Told => {
  const controls = given.filter(({ found }) => found !== null).map(({ headers }) => String(headers['cache-control'] ?? '').toLowerCase())
  if (controls.length === 0) return { verdict: 'skipped', message: 'There is no token that could be cached.', fix: '' }
  const bad = controls.find(control => !/\b(?:no-store|private)\b/.test(control) || /\bpublic\b/.test(control))
  if (bad === undefined) return { message: `No cache hands it to others: ${controls[0]}.`, fix: '' }
  return {
    message: bad === '' ? 'There is no Cache-Control.' : `Cache-Control is ${shown(bad)}.`,
    fix: 'Answer with Cache-Control: no-store, or a cache may give one user the token of another.',
  }
}

const anonymousOf = ({ result, found }: Asked): Told => {
  if (result.kind === 'no-answer') return { message: `Without a session there was no answer: ${result.message}`, fix: 'Answer 401 or 204.' }
  const { status } = result
  if (status >= 500) return { message: `Without a session the server failed with the status ${status}.`, fix: 'Answer 401 or 204.' }
  if (found === null || readToken(found.token).header === null) return { message: `Without a session there is no token: status ${status}.`, fix: '' }
  return {
    message: `Without a session it gives a token, with the id ${shown(readToken(found.token).claims?.id)}.`,
    fix: 'Answer 401 or 204 to who is not signed in.',
  }
}

const crossOrigin = (all: readonly Asked[]): Told => {
  const allowed = all.map(({ headers }) => String(headers['access-control-allow-origin'] ?? '')).find(origin => origin === '*' || origin === foreignOrigin)
  if (allowed === undefined) return { message: 'Pages of other sites cannot read it.', fix: '' }
  const how = allowed === '*' ? '*' : `whatever origin asks, here ${allowed}`
  return { message: `Access-Control-Allow-Origin is ${how}.`, fix: 'Leave it out, or name the origin of your own page.' }
}

const encrypted = (url: string): Told => {
  const { protocol, hostname } = new URL(url)
  const isHere = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  if (protocol === 'https:' || isHere) return { message: protocol === 'https:' ? 'It travels over https.' : 'It stays on this machine.', fix: '' }
  return { verdict: 'warned', message: `It travels over http to ${hostname}, and whoever is between can take it.`, fix: 'Serve it over https.' }
}
