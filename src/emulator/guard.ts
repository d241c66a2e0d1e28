/**
 * Decides by a request's own headers whether it may come in. It comes before every route and before every WebSocket.
 *
 * Against other web pages: a name that was rebound to 127.0.0.1 is not a loopback name, and a page of another origin says
 * so in `Origin` or `Sec-Fetch-Site`. Against other machines: a token that is new with every run.
 */

/** What a path is for, which decides who may ask for it. */
export type Zone =
  /** The widget's script, its connection and the files in its messages: any page may have them. */
  | 'widget'
  /** The shop page and its files: loopback, nothing secret. */
  | 'shop'
  /** What servers call, under Jivo's own names too; the token in the path is the key. */
  | 'api'
  /** The console, the journal and everything that drives the emulator: the person at this machine only. */
  | 'control'

export interface GuardOptions {
  /** Host names besides loopback that may be in `Host`, lower case, without a port. */
  readonly hosts: readonly string[]
  /** The emulator listens beyond loopback. Addresses in `Host` are then allowed: only names can be rebound. */
  readonly isOpen: boolean
  /** What control routes demand; null while only loopback is listened on. */
  readonly token: string | null
}

export interface GuardedRequest {
  readonly method: string
  /** Path and query as they came. */
  readonly target: string
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
}

export type GuardVerdict =
  | { readonly allow: true; readonly zone: Zone }
  /** The token was given in the address: keep it in a cookie and take it out of the address. */
  | { readonly allow: false; readonly status: 303; readonly location: string; readonly cookie: string }
  | { readonly allow: false; readonly status: 400 | 401 | 403 | 421; readonly code: string; readonly message: string }

/** Names of Jivo's own hosts, exact: its other hosts stay real. Who is rerouted to the emulator asks for them; only the widget and the APIs answer to them. */
export const jivoHosts = ['bot.jivosite.com', 'wh.jivosite.com', 'code.jivosite.com', 'code.jivo.ru', 'code-ya.jivosite.com']

const cookieName = 'jivo_dev_token'

/** Whoever resolves such a path may see another zone than we do. */
const dotSegment = /(^|[/\\])(\.|%2e){1,2}([/\\]|$)|\\/i

export const guard = (options: GuardOptions, request: GuardedRequest): GuardVerdict => {
  const path = request.target.split('?')[0] ?? ''
  if (!path.startsWith('/') || dotSegment.test(path)) return deny(400, 'bad-path', 'The path must begin with / and have no . or .. in it.')
  const zone = zoneOf(path)
  const host = parseHost(one(request.headers.host))
  if (host === null) return deny(400, 'bad-host', 'The Host header is missing or is not a host name.')
  const isKnown = isLoopback(host.name) || options.hosts.includes(host.name) || (options.isOpen && isAddress(host.name))
  if (!isKnown && !((zone === 'widget' || zone === 'api') && jivoHosts.includes(host.name))) {
    if (jivoHosts.includes(host.name)) {
      return deny(
        421,
        'foreign-host',
        `Under the name ${host.name} this emulator answers to addresses of the widget, of bots and of the Chat API, and this is none.`,
      )
    }
    return deny(421, 'foreign-host', `This emulator does not answer to the name ${host.name}. If it should, start it with --allow-host ${host.name}.`)
  }
  if (zone !== 'control') return { allow: true, zone }

  const { origin, 'sec-fetch-site': site } = request.headers
  const from = one(origin)
  if (from !== undefined && !isSameOrigin(from, host)) {
    return deny(403, 'foreign-origin', `Pages of ${from} may not use the control routes; only the console of this emulator may.`)
  }
  const isLink = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate' && /^\/(console|playground)(\/|$)/.test(path)
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink) {
    return deny(403, 'foreign-origin', 'Pages of other sites may not use the control routes; only the console of this emulator may.')
  }
  return options.token === null ? { allow: true, zone } : withToken(options.token, request, path)
}

const withToken = (token: string, request: GuardedRequest, path: string): GuardVerdict => {
  const bearer = /^Bearer (.+)$/i.exec(one(request.headers.authorization) ?? '')?.[1]
  const cookie = one(request.headers.cookie)
    ?.split(';')
    .map(pair => pair.trim().split('='))
    .find(([name]) => name === cookieName)?.[1]
  if (equal(bearer, token) || equal(cookie, token)) return { allow: true, zone: 'control' }
  const given = new URLSearchParams(request.target.split('?')[1] ?? '').get('token') ?? undefined
  if ((path === '/console' || path === '/playground') && equal(given, token)) {
    return { allow: false, status: 303, location: path, cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict` }
  }
  return deny(
    401,
    'no-token',
    'This emulator listens beyond this machine, so the console and the control routes need the token that its banner shows: open /console?token=…, or send Authorization: Bearer ….',
  )
}

/**
 * Whether a path is one of the Chat API, `/{any}/{channel_id}` with or without `/status`: ten letters and digits that stand
 * under none of our own names. A first part with `%` in it is none either: what it means is decided later than here.
 */
export const isChatPath = (path: string): boolean =>
  /^\/(?!(?:_dev|console|playground|shop|widget|script|files|webhooks)\/)[^/%]+\/[A-Za-z0-9]{10}(?:\/status)?$/.test(path)

const zoneOf = (path: string): Zone => {
  if (isChatPath(path)) return 'api'
  if (path.startsWith('/widget') || path.startsWith('/script/') || path.startsWith('/files/')) return 'widget'
  if (path === '/' || path.startsWith('/shop')) return 'shop'
  if (path.startsWith('/webhooks/')) return 'api'
  return 'control'
}

const deny = (status: 400 | 401 | 403 | 421, code: string, message: string): GuardVerdict => ({ allow: false, status, code, message })

const one = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.[0])

interface Host {
  readonly name: string
  readonly port: string
}

/** Null for what is not a host, however it is malformed: nothing here throws. */
const parseHost = (header: string | undefined): Host | null => {
  if (header === undefined || header.length > 255) return null
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(header)
  if (match === null) return null
  return { name: (match[1] ?? '').toLowerCase().replace(/\.$/, ''), port: match[2] ?? '' }
}

const isSameOrigin = (origin: string, host: Host): boolean => {
  const match = /^https?:\/\/(.+)$/i.exec(origin)
  const from = parseHost(match?.[1])
  return from !== null && from.name === host.name && from.port === host.port
}

const isLoopback = (name: string) => name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)

const isAddress = (name: string) => name.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)

/** Takes the same time wherever the difference is. */
const equal = (given: string | undefined, token: string): boolean => {
  if (given === undefined || given.length !== token.length) return false
  let difference = 0
  for (let at = 0; at < token.length; at += 1) difference |= given.charCodeAt(at) ^ token.charCodeAt(at)
  return difference === 0
}
