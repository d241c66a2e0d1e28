import type { Context, Hono } from 'hono'
import { findToken } from '../../contracts/find-token.js'
import type { AttemptResult } from '../../contracts/journal.js'
import { signToken } from '../../contracts/sign-token.js'
import { Refusal } from '../rules/rule.js'
import type { SecretStore } from '../secrets.js'
import type { World } from '../world/world.js'
import { route } from './answers.js'

/** Asks a server of the developer's for something. Never rejects: no answer is a result, too. */
export type Get = (url: string, timeout: number) => Promise<AttemptResult>

export interface LoginDeps {
  readonly world: Readonly<World>
  readonly secrets: SecretStore
  readonly get: Get
}

/** Milliseconds that the developer's endpoint has for its answer. */
const patience = 10_000

/**
 * `GET /shop/token?user=ID`: the user token of somebody who logs in at the shop. It comes from the developer's own endpoint where
 * the account has one; otherwise it is signed with the channel's secret, and without one it is a plain text.
 */
export const shopLoginRoute = (app: Hono, { world, secrets, get }: LoginDeps): void => {
  route(app, '/shop/token', {
    GET: async c => {
      const user = userIn(c)
      const { account } = world
      const secret = account?.channels[0]?.jwtSecret ?? null
      const endpoint = account?.tokenUrl ?? null
      const token =
        endpoint !== null
          ? await ask(secrets.reveal(endpoint), user)
          : secret === null
            ? `visitor-${user}`
            : await signToken({ id: user }, secrets.reveal(secret))
      c.header('Cache-Control', 'no-store')
      return c.json({ token })
    },
  })

  const ask = async (endpoint: string, user: string): Promise<string> => {
    const url = addressFor(endpoint, user)
    const result = await get(url, patience)
    if (result.kind === 'no-answer') throw new Refusal(409, 'no-token', `The token endpoint did not answer: ${result.message}`)
    const { status, contentType, body } = result
    if (status < 200 || status > 299) throw new Refusal(409, 'no-token', `The token endpoint answered ${status} for user ${user}; a token comes with 200.`)
    const found = findToken(body)
    if (found !== null) return found.token
    throw new Refusal(
      409,
      'no-token',
      `The answer of the token endpoint holds no token: expected it as text, or in a field token or jwt of JSON, got ${contentType || 'no content type'}.`,
    )
  }
}

const userIn = (c: Context): string => {
  const user = c.req.query('user') ?? ''
  if (!/^[A-Za-z0-9]{1,60}$/.test(user)) throw new Refusal(400, 'field', 'user is wrong: expected 1 to 60 letters and digits.', 'user')
  return user
}

/** `{user}` in the address stands for the id; without it, the id is a parameter of the query. */
const addressFor = (endpoint: string, user: string): string => {
  // A URL has its braces encoded.
  if (/\{user\}|%7Buser%7D/i.test(endpoint)) return endpoint.replaceAll(/\{user\}|%7Buser%7D/gi, user)
  const url = new URL(endpoint)
  url.searchParams.set('user', user)
  return url.href
}
