import { isLoopback } from '../loopback.js'
import { covers, noProxyEntries } from './no-proxy.js'
import { type Place, placeOf } from './place.js'

type Env = Readonly<Record<string, string | undefined>>

/** A proxy that the user had before ours took its place. */
export interface Upstream extends Place {
  /** What it wants in `Proxy-Authorization`; null for nothing. */
  readonly authorization: string | null
}

/** Which of the user's proxies a request to another host goes through; null for none. */
export type Route = (scheme: 'http' | 'https', host: string) => Upstream | null

/** Reads it from the variables that we replace. `problems` are those that name no proxy which can be spoken to. */
export const routeOf = (env: Env): { readonly route: Route; readonly problems: readonly string[] } => {
  const direct = noProxyEntries([env.no_proxy, env.NO_PROXY].filter(list => list !== undefined).join(','))
  const problems: string[] = []
  const read = (...names: readonly string[]): Upstream | null => {
    const name = names.find(one => (env[one] ?? '') !== '')
    if (name === undefined) return null
    const upstream = parseProxy(env[name] ?? '')
    if (upstream === null) problems.push(`${name} names no proxy over http or https`)
    return upstream
  }
  const proxies = { https: read('https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'), http: read('http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY') }
  return {
    route: (scheme, host) => (isLoopback(host) || direct.some(entry => covers(entry, host.toLowerCase())) ? null : proxies[scheme]),
    problems: [...new Set(problems)],
  }
}

const parseProxy = (value: string): Upstream | null => {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return null
  const login = url.username === '' ? null : `${decode(url.username)}:${decode(url.password)}`
  return { ...placeOf(url), authorization: login === null ? null : `Basic ${Buffer.from(login).toString('base64')}` }
}

/** A password may hold a percent sign that escapes nothing. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
