import { InvalidArgumentError } from 'commander'

/** Values of flags and of their `JIVO_DEV_*` variables: text in, checked value out. What is wrong names the rule. */

export const parsePort = (text: string): number => {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535; 0 takes any free one.')
  return port
}

export const parseSeed = (text: string): number => {
  const seed = Number(text)
  if (!/^\d+$/.test(text) || seed > 0x7fffffff) throw new InvalidArgumentError('Expected a whole number from 0 to 2147483647.')
  return seed
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** `250ms`, `3s`, `5m`, `1h`; a number without a unit counts seconds. Returns milliseconds. */
export const parseDuration = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
  const milliseconds = Number(match?.[1]) * units[(match?.[2] ?? 's') as keyof typeof units]
  if (match === null || milliseconds > 2_147_483_647) throw new InvalidArgumentError('Expected a duration such as 500ms, 10s, 5m or 1h.')
  return Math.round(milliseconds)
}

/** An http or https address. `localhost:3000/hook` is taken as http. */
export const parseUrl = (text: string): string => {
  const candidate = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  let url: URL
  try {
    url = new URL(candidate)
  } catch {
    throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000/jivo.')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new InvalidArgumentError('Expected an address that begins with http:// or https://.')
  return url.href
}

/** The address of an assistant, or a command line: everything that does not begin as an address does. */
export const parseAssistant = (text: string): string => {
  if (/^https?:\/\//i.test(text)) return parseUrl(text)
  if (text.trim() === '') throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:4000/answer, or a command.')
  return text
}

/** `now`, `lazy`, or a time: `1500` and `1500ms` are milliseconds. */
export const parseBoot = (text: string): 'now' | 'lazy' | number => {
  if (text === 'now' || text === 'lazy') return text
  const milliseconds = Number(/^(\d+)(?:ms)?$/.exec(text)?.[1])
  if (Number.isNaN(milliseconds) || milliseconds > 600_000) throw new InvalidArgumentError('Expected now, lazy, or milliseconds from 0 to 600000.')
  return milliseconds
}

/** `60/m`, `5/s`, `100/10s`: so many requests in so much time. Returns the number and seconds. */
export const parseRateLimit = (text: string): { readonly requests: number; readonly seconds: number } => {
  const [, number = '', count = '', unit = ''] = /^(\d{1,7})\/(\d{0,5})([smh])$/.exec(text) ?? []
  const seconds = (Number(count === '' ? 1 : count) * units[unit as 's' | 'm' | 'h']) / 1_000
  if (!(Number(number) > 0) || !(seconds > 0)) throw new InvalidArgumentError('Expected a limit such as 5/s, 60/m or 100/10s.')
  return { requests: Number(number), seconds }
}

/** A status of a service that is in trouble, as Jivo's documents list them. */
export const parseTrouble = (text: string): 403 | 500 | 502 | 503 | 504 => {
  const status = Number(text)
  if (status === 403 || status === 500 || status === 502 || status === 503 || status === 504) return status
  throw new InvalidArgumentError('Expected 403, 500, 502, 503 or 504.')
}
