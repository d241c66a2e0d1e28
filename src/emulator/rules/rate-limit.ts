import type { RateLimit } from '../../contracts/account.js'

/**
 * Whether one more may come in, when no stretch of so many seconds may hold more than so many.
 *
 * @param times when those of late came in, in milliseconds since 1970, oldest first
 * @returns `times` for the next call, and the milliseconds until it may come: 0 when it came in
 */
export const admit = (
  { requests, seconds }: RateLimit,
  times: readonly number[],
  now: number,
): { readonly times: readonly number[]; readonly wait: number } => {
  // A clock that was set back must not keep anybody out: what lies before us does not count.
  const recent = times.filter(time => time <= now && now - time < seconds * 1_000)
  const first = recent[recent.length - requests]
  return first === undefined ? { times: [...recent, now], wait: 0 } : { times: recent, wait: first + seconds * 1_000 - now }
}
