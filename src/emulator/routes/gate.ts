import type { Context } from 'hono'
import type { Clock } from '../clock.js'
import { admit } from '../rules/rate-limit.js'
import { Refusal } from '../rules/rule.js'
import type { World } from '../world/world.js'

/** What Jivo's list of status codes says of those that have nothing to do with the request. */
const troubles = {
  403: ['forbidden', 'It is forbidden'],
  500: ['server_error', 'The request could not be processed'],
  502: ['overloaded', 'The service is overloaded'],
  503: ['unavailable', 'The service is not available'],
  504: ['timeout', 'The request could not be carried out in time'],
} as const

interface GateDeps {
  readonly world: Readonly<World>
  readonly clock: Clock
  /** Where the list of statuses stands that the refusals come from. */
  readonly source: string
}

/**
 * Lets a request of a bot or of a channel in, or throws what the account's settings want: 429 for too many, or a trouble of the
 * service that was asked for.
 */
export const createGate = ({ world, clock, source }: GateDeps) => {
  const turns = new Map<string, readonly number[]>()

  return (c: Context, who: string): void => {
    const { refuseWith = null, rateLimit = null } = world.account ?? {}
    if (refuseWith !== null) {
      const [code, what] = troubles[refuseWith]
      throw new Refusal(refuseWith, code, `${what}: every request gets ${refuseWith}, as --refuse-with ${refuseWith} asks for.`, '', source)
    }
    if (rateLimit === null) return
    const { times, wait } = admit(rateLimit, turns.get(who) ?? [], clock.now())
    turns.set(who, times)
    if (wait === 0) return
    const seconds = Math.ceil(wait / 1_000)
    c.header('Retry-After', String(seconds))
    const message = `More than ${rateLimit.requests} requests in ${rateLimit.seconds} s: the next may come in ${seconds} s.`
    throw new Refusal(429, 'too_many_requests', message, '', source)
  }
}
