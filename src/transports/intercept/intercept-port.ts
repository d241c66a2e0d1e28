import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { Identity } from './certificates.js'
import { firstByte } from './first-byte.js'
import { forward } from './forward.js'
import { refuse, refuseRequest } from './refusal.js'
import { openToEmulator, openTunnel } from './tunnel.js'
import type { Route } from './upstream.js'

export interface PortOptions {
  readonly identity: Identity
  /** Exact names that the emulator answers for, lower case. */
  readonly hosts: readonly string[]
  /** Base address of the emulator. */
  readonly emulator: string
  /** The user's own proxy for every other host. */
  readonly route: Route
  /** 0 takes any free port. */
  readonly port?: number
  /** Milliseconds for the first byte, for a whole head and for a TLS handshake. */
  readonly patience?: number
  /** In the background, neither the port nor what goes through it keeps the process from ending. */
  readonly life?: 'foreground' | 'background'
}

/** What came through the port so far. */
export interface Calls {
  /** Those of Jivo's hosts that a client sent something to. */
  readonly reached: ReadonlySet<string>
  /** Those whose certificate a client refused in its handshake. */
  readonly refused: ReadonlySet<string>
  /** Those that a client hung up on before it sent anything: some refuse a certificate like that. */
  readonly hungUp: ReadonlySet<string>
  /** Those that a client wanted to speak HTTP/2 alone with. */
  readonly http2: ReadonlySet<string>
  /** Connections to other hosts. */
  readonly foreign: number
}

export interface InterceptPort {
  readonly port: number
  readonly calls: Calls
  /** Resolves when everybody has hung up, and at the latest after so many milliseconds. */
  readonly settled: (patience: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** First byte of every TLS connection: a record of type handshake. */
const handshake = 0x16
const longestHead = 16 * 1024
/** Far more than a program under test has open. */
const mostConnections = 2_000

/**
 * One loopback port for every way in which a client can be led here: TLS as to Jivo itself, `CONNECT` and absolute
 * addresses as to a proxy. It answers for Jivo's hosts alone. Tunnels to others are opened and not read.
 */
export const openPort = async ({ identity, hosts, emulator, route, port = 0, patience = 10_000, life = 'foreground' }: PortOptions): Promise<InterceptPort> => {
  const calls = { reached: new Set<string>(), refused: new Set<string>(), hungUp: new Set<string>(), http2: new Set<string>(), foreign: 0 }
  const open = new Set<Duplex>()
  /** Destroys a socket at the end of the port. One that breaks is nobody's failure. */
  const keep = (socket: Duplex) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => open.delete(socket))
    if (life === 'background') (socket as Socket).unref()
  }
  /** Each gets what the other sends. An end travels on behind the last byte; one that breaks takes the other with it. */
  const join = (one: Duplex, other: Duplex): unknown => {
    keep(other)
    if (one.destroyed) return other.destroy()
    const follow = (left: Duplex) => {
      if (!left.writableEnded) left.destroy()
      // It has its end, and gives none of its own.
      else (left as Socket).setTimeout(patience, () => left.destroy())
    }
    one.once('close', () => follow(other))
    other.once('close', () => follow(one))
    one.pipe(other).pipe(one)
  }
  const isOurs = (host: string) => hosts.includes(host.toLowerCase())

  const tls = createTlsServer({
    key: identity.key,
    cert: identity.leaf,
    // What the emulator speaks.
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: patience,
    // A page whose name was rebound to this machine asks for that name.
    SNICallback: (name, done) => done(isOurs(name) ? null : new Error(`${name} is none of Jivo's hosts`)),
  })
  tls.on('secureConnection', socket => {
    const host = namedBy(socket) || String(hosts[0])
    let isAsked = false
    socket.once('data', () => {
      isAsked = true
      calls.reached.add(host)
    })
    socket.once('close', () => {
      if (!isAsked) calls.hungUp.add(host)
    })
    // Reads no further than that until somebody takes it.
    socket.pause()
    void toEmulator(socket, host, 'https')
  })
  tls.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const host = namedBy(socket)
    if (isOurs(host) && error.code !== 'ERR_TLS_HANDSHAKE_TIMEOUT') {
      const reason = error.code === 'ERR_SSL_NO_APPLICATION_PROTOCOL' ? 'http2' : 'refused'
      calls[reason].add(host)
    }
    socket.destroy()
  })

  const toEmulator = async (socket: Duplex, host: string, scheme: 'http' | 'https') => {
    keep(socket)
    try {
      join(socket, await openToEmulator(emulator, host, scheme))
    } catch (error) {
      refuse(socket, 502, `The emulator at ${emulator} does not answer: ${(error as Error).message}`)
    }
  }

  const speakTls = (socket: Duplex) => {
    // HTTP's server leaves it half open: who hangs up in the handshake would be waited for.
    socket.allowHalfOpen = false
    tls.emit('connection', socket)
  }

  const http = createHttpServer({ headersTimeout: patience, requestTimeout: 0, maxHeaderSize: longestHead, connectionsCheckingInterval: patience })
  http.on('request', (asked, answer) => {
    const target = absolute(asked.url)
    if (target === null) return refuseRequest(answer, 400, 'This port is a proxy and takes addresses with http:// and a host.')
    if (isOurs(target.hostname)) calls.reached.add(target.hostname)
    else calls.foreign += 1
    forward(asked, answer, target, isOurs(target.hostname) ? new URL(emulator) : null, route)
  })
  http.on('connect', (asked, socket, head) => {
    keep(socket)
    const place = authority(asked.url)
    if (place === null) return refuse(socket, 400, 'CONNECT wants a host and a port: example.com:443.')
    const { host, port } = place
    if (!isOurs(host)) {
      calls.foreign += 1
      openTunnel(host, port, route('https', host)).then(
        other => {
          establish(socket, head)
          join(socket, other)
        },
        (error: Error) => refuse(socket, 502, error.message),
      )
      return
    }
    if (port !== 443 && port !== 80) return refuse(socket, 502, `${host} answers on the ports 443 and 80 only.`)
    establish(socket, head)
    const left = () => {
      // curl does so where it cannot read its roots.
      calls.hungUp.add(host)
    }
    firstByte(socket, { patience, left }, byte => {
      if (byte === handshake) speakTls(socket)
      else {
        calls.reached.add(host)
        void toEmulator(socket, host, 'http')
      }
    })
  })
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400, 'This is neither TLS nor a request to a proxy.')
  })

  // Node's own listener is for HTTP alone.
  const [speakHttp] = http.listeners('connection') as [(this: typeof http, socket: Socket) => void]
  http.removeAllListeners('connection')
  http.on('connection', socket => {
    keep(socket)
    firstByte(socket, { patience }, byte => {
      if (byte === handshake) speakTls(socket)
      else {
        speakHttp.call(http, socket)
        process.nextTick(() => socket.resume())
      }
    })
  })
  http.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject)
      resolve()
    })
  })
  if (life === 'background') http.unref()
  return {
    port: (http.address() as AddressInfo).port,
    calls,
    settled: async patience => {
      const late = AbortSignal.timeout(patience)
      // Once in any case: a connection may wait to be taken.
      do await new Promise(resolve => setTimeout(resolve, 5))
      while (open.size > 0 && !late.aborted)
    },
    close: async () => {
      const closed = new Promise<void>(resolve => http.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** The name that a client asked for in its handshake; empty without one. */
const namedBy = (socket: TLSSocket): string => {
  // Node sets it on the server's side, and has a type for the client's only.
  const { servername } = socket as { servername?: string | false | null }
  return typeof servername === 'string' ? servername.toLowerCase() : ''
}

const establish = (socket: Duplex, head: Buffer) => {
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  if (head.length > 0) socket.unshift(head)
}

/** `bot.jivosite.com:443`, `[::1]:443`; null for everything else. */
const authority = (target = ''): { readonly host: string; readonly port: number } | null => {
  const [, bracketed, name, digits] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+)):(\d{1,5})$/i.exec(target) ?? []
  const port = Number(digits)
  return digits === undefined || port < 1 || port > 65_535 ? null : { host: (bracketed ?? name ?? '').toLowerCase(), port }
}

const absolute = (target = ''): URL | null => (/^http:\/\//i.test(target) && URL.canParse(target) ? new URL(target) : null)
