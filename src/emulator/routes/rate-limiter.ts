import type { Clock } from '../clock.js'
import { admit } from '../rules/rate-limit.js'
import type { World } from '../world/world.js'

/** Counts the requests of bots and channels against the account's limit: gives the milliseconds until the next may come, 0 when this one may. */
export const createRateLimiter = ({ world, clock }: { readonly world: Readonly<World>; readonly clock: Clock }) => {
  const turns = new Map<string, readonly number[]>()

  return (who: string): number => {
    const limit = world.account?.rateLimit ?? null
    if (limit === null) return 0
    const { times, wait } = admit(limit, turns.get(who) ?? [], clock.now())
    turns.set(who, times)
    return wait
  }
}
