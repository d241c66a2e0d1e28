import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Server as TlsServer } from 'node:tls'
import type { ErrorBody, Ready } from '../contracts/control.js'
import { type GuardOptions, type GuardVerdict, guard, jivoHosts } from '../emulator/guard.js'
import type { PageHub } from '../emulator/page-hub.js'
import { decryptedHeader } from './intercept/decrypted-header.js'

export interface ServerOptions extends GuardOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly pages: () => Promise<PageHub>
  /** Answer of `GET /_dev/ready`; until it is there, the request waits. */
  readonly ready: Ready | Promise<Ready>
  /** A second port, which speaks TLS, with the key and the certificate that it shows, PEM. */
  readonly tls?: { readonly port: number; readonly key: string; readonly cert: string } | undefined
}

export interface RunningServer {
  readonly port: number
  /** Null where nothing speaks TLS. */
  readonly tlsPort: number | null
  /** Takes no new connection and ends those that are open. */
  readonly close: () => Promise<void>
}

/** Largest frame of a page, in bytes. */
const longestFrame = 1024 * 1024
/** More pages than a person opens; a page that connects in a loop must not fill the memory. */
const mostPages = 500
/** Milliseconds between two signs of life to a page. A page that missed one is taken for gone. */
const heartbeat = 30_000

/**
 * Puts the app on a socket. Does what only a socket needs: checks who asks, sets limits, and opens WebSockets.
 *
 * @throws the error of `listen`, such as `EADDRINUSE`
 */
export const startServer = async ({ host, port, fetch, pages, ready, tls, ...guardOptions }: ServerOptions): Promise<RunningServer> => {
  // What turns a socket's request into one for the app is loaded with the first that needs it. Whether the emulator is
  // ready is not the app's to say, and those who wait for it ask often.
  let listener: Promise<ReturnType<typeof import('@hono/node-server').getRequestListener>> | null = null
  const load = async () => {
    const { getRequestListener } = await import('@hono/node-server')
    // With its own kind of Response, which it takes the text out of again without a stream: half the time of an answer.
    return getRequestListener(fetch)
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'GET' && request.url === '/_dev/ready') return sendJson(response, 200, await ready)
    listener ??= load()
    await (await listener)(request, response)
  }
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 }, (request, response) => {
    asOwn(request)
    const verdict = judge(guardOptions, request)
    if (verdict.allow) void handle(request, response)
    else answer(response, verdict)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })

  // A browser that takes this for the proxy of Jivo's hosts opens its WebSockets through a tunnel. It ends here. So do
  // those of the intercept port, which has taken TLS off already.
  server.on('connect', (request, socket, head) => {
    const [, host = '', port] = /^([^:]+):(\d+)$/.exec(request.url ?? '') ?? []
    if (!jivoHosts.includes(host.toLowerCase())) return refuseUpgrade(socket, '403 Forbidden')
    const isDecrypted = port === '443' && request.headers[decryptedHeader] !== undefined
    if (port !== '80' && !isDecrypted) return refuseUpgrade(socket, '501 Not Implemented')
    // What Node itself says of a connection over TLS: the app then sees https.
    if (isDecrypted) Object.assign(socket, { encrypted: true })
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    server.emit('connection', socket)
  })

  const upgrades = createUpgrades(pages)
  server.on('upgrade', (request, socket, head) => {
    const verdict = judge(guardOptions, request)
    const widgetId = /^\/widget\/([A-Za-z0-9]{1,64})\/socket$/.exec(request.url ?? '')?.[1]
    if (!verdict.allow) refuseUpgrade(socket, verdict.status === 421 ? '421 Misdirected Request' : '403 Forbidden')
    else if (widgetId === undefined) refuseUpgrade(socket, '404 Not Found')
    else void upgrades.open(request, socket, head, widgetId)
  })

  await listen(server, port, host)
  const close = async () => {
    upgrades.close()
    secure?.close()
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  let secure: TlsServer | null = null
  if (tls !== undefined) {
    const { createServer: createTlsServer } = await import('node:tls')
    // What comes out of it is a connection like any other, of which Node says that it was encrypted.
    secure = createTlsServer({ key: tls.key, cert: tls.cert, ALPNProtocols: ['http/1.1'], handshakeTimeout: 10_000 }, socket => {
      server.emit('connection', socket)
    })
    secure.on('tlsClientError', (_, socket) => socket.destroy())
    await listen(secure, tls.port, host).catch(async error => {
      await close()
      throw error
    })
  }
  return { port: portOf(server), tlsPort: secure === null ? null : portOf(secure), close }
}

const listen = (server: NetServer, port: number, host: string): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

const portOf = (server: NetServer): number => (server.address() as AddressInfo).port

/** A request for one of Jivo's hosts as it comes to a proxy, `GET http://code.jivo.ru/widget/…`, is one to that host itself. */
const asOwn = (request: IncomingMessage) => {
  const [, host = '', target = ''] = /^http:\/\/([^/?#]+)(.*)$/i.exec(request.url ?? '') ?? []
  const name = host.toLowerCase().replace(/:80$/, '')
  if (!jivoHosts.includes(name)) return
  request.url = target.startsWith('/') ? target : `/${target}`
  request.headers.host = name
}

const judge = (options: GuardOptions, { method = 'GET', url = '/', headers }: IncomingMessage) => guard(options, { method, target: url, headers })

const answer = (response: ServerResponse, verdict: Exclude<GuardVerdict, { allow: true }>) => {
  if (verdict.status === 303) {
    response.writeHead(303, { Location: verdict.location, 'Set-Cookie': verdict.cookie, 'Cache-Control': 'no-store' }).end()
    return
  }
  const { status, code, message } = verdict
  // The rest of the request is of no interest, and reading it would be work for a stranger.
  response.setHeader('Connection', 'close')
  sendJson(response, status, { error: { code, message } } satisfies ErrorBody)
}

const sendJson = (response: ServerResponse, status: number, value: unknown) => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }).end(JSON.stringify(value))
}

const refuseUpgrade = (socket: Duplex, status: string) => {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** WebSockets of pages. Their library is loaded with the first one. */
const createUpgrades = (pages: () => Promise<PageHub>) => {
  let ready: Promise<import('ws').WebSocketServer> | null = null
  const load = async () => {
    const { WebSocketServer } = await import('ws')
    // Compression costs more than it saves on loopback (bench: a tenth of the messages a second).
    return new WebSocketServer({ noServer: true, maxPayload: longestFrame, perMessageDeflate: false })
  }

  return {
    open: async (request: IncomingMessage, socket: Duplex, head: Buffer, widgetId: string) => {
      // A page that is gone before the library is loaded.
      const ignore = () => {}
      socket.on('error', ignore)
      ready ??= load()
      const [server, hub] = await Promise.all([ready, pages()])
      socket.off('error', ignore)
      if (server.clients.size >= mostPages) return refuseUpgrade(socket, '503 Service Unavailable')
      server.handleUpgrade(request, socket, head, client => {
        let isAlive = true
        const pulse = setInterval(() => {
          if (!isAlive) return client.terminate()
          isAlive = false
          client.ping()
        }, heartbeat)
        const connection = hub.connect(
          { send: text => client.send(text), close: (code, reason) => client.close(code, reason) },
          widgetId,
          request.headers['user-agent'] ?? '',
        )
        client.on('pong', () => {
          isAlive = true
        })
        client.on('message', (data, isBinary) => {
          if (isBinary) client.close(1003, 'text frames only')
          else connection.receive(data.toString())
        })
        client.on('error', () => client.terminate())
        client.on('close', () => {
          clearInterval(pulse)
          connection.closed()
        })
      })
    },
    close: () => {
      void ready?.then(server => {
        for (const client of server.clients) client.terminate()
      })
    },
  }
}
