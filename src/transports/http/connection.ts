import { lookup as resolve } from 'node:dns'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { forbidden } from './explain.js'
import { isForbidden } from './forbidden-addresses.js'
import { createResponseReader, type ResponseReader } from './response-reader.js'

/** How long it took to connect. */
export interface ConnectTimes {
  /** Milliseconds of the name look-up; null for an address. */
  readonly dns: number | null
  readonly connect: number
}

export interface RequestHead {
  readonly text: string
  /** It is ASCII; otherwise Latin-1. */
  readonly isPlain: boolean
}

/** One connection; it carries one request at a time. */
export interface Connection<Exchange> {
  readonly reader: ResponseReader
  /** Whose request it carries; null while it rests. */
  exchange: Exchange | null
  /** Head and body of a request. */
  readonly write: (head: RequestHead, body: string) => void
  /** Makes ready for the next request; false when there cannot be one, and then it ends. */
  readonly rest: () => boolean
  /** Whether it has not rested so long that the server may be about to end it. */
  readonly isFresh: () => boolean
  readonly destroy: () => void
  /** Resolves when it is gone. */
  readonly closed: Promise<void>
}

interface Listener {
  readonly onConnect: (times: ConnectTimes) => void
  /** Bytes came. */
  readonly onBytes: () => void
  /** The answer is whole. */
  readonly onAnswer: () => void
  /** The connection is gone; `error` says why, and has the code ECONNRESET when the server just closed it. */
  readonly onEnd: (error: Error) => void
}

/** Milliseconds that a connection may rest, unless the server says how long it waits; a second before that it counts as gone. */
const usualRest = 4_000
const margin = 1_000

/** Connects only to addresses that may be sent to, checked after the name was resolved. */
export const connect = <Exchange>(
  { protocol, hostname, port }: URL,
  longestAnswer: number,
  { onConnect, onBytes, onAnswer, onEnd }: Listener,
): Connection<Exchange> => {
  const began = performance.now()
  let dns: number | null = null
  const lookup: LookupFunction = (name, options, found) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      dns = round(performance.now() - began)
      if (error !== null) return found(error, [])
      const bad = addresses.find(({ address }) => isForbidden(address))
      if (bad !== undefined) {
        const refusal: NodeJS.ErrnoException = new Error(forbidden(bad.address, name))
        refusal.code = 'JIVO_DEV_BLOCKED'
        return found(refusal, [])
      }
      if (options.all) found(null, addresses)
      else found(null, addresses[0]?.address ?? '', addresses[0]?.family)
    })
  }

  const host = hostname.replace(/^\[|\]$/g, '')
  const isSecure = protocol === 'https:'
  const address = { host, port: Number(port || (isSecure ? 443 : 80)), lookup, noDelay: true }
  const socket: Socket = isSecure
    ? connectTls({ ...address, ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 ? { servername: host } : {}) })
    : connectTcp(address)
  const reader = createResponseReader(longestAnswer)
  let restsSince = 0
  let mayRest = usualRest
  /** The header that `mayRest` was read from. */
  let restHeader: string | string[] | undefined
  let reason: Error | null = null
  let isEnded = false

  const fail = (error: Error) => {
    reason ??= error
    socket.destroy()
  }
  const answer = () => {
    const header = reader.headers()['keep-alive']
    if (header !== restHeader) mayRest = restOf(header?.toString() ?? '')
    restHeader = header
    onAnswer()
  }

  socket.once(isSecure ? 'secureConnect' : 'connect', () => onConnect({ dns, connect: round(performance.now() - began - (dns ?? 0)) }))
  socket.on('data', (bytes: Buffer) => {
    // Nobody asked for it.
    if (connection.exchange === null) return socket.destroy()
    onBytes()
    try {
      if (reader.push(bytes)) answer()
    } catch (error) {
      fail(error as Error)
    }
  })
  socket.on('end', () => {
    isEnded = true
    try {
      if (connection.exchange !== null && reader.end()) answer()
    } catch (error) {
      fail(error as Error)
    }
    socket.destroy()
  })
  socket.on('error', fail)
  const closed = new Promise<void>(gone => {
    socket.on('close', () => {
      onEnd(reason ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
      gone()
    })
  })

  const connection: Connection<Exchange> = {
    reader,
    exchange: null,
    write: (head, body) => {
      reader.reset()
      // A head is Latin-1, a body UTF-8: one write does for both where the head is plain.
      if (head.isPlain) return socket.write(head.text + body, 'utf8')
      socket.cork()
      socket.write(head.text, 'latin1')
      socket.write(body, 'utf8')
      return socket.uncork()
    },
    rest: () => {
      if (isEnded || socket.destroyed || !reader.isReusable() || mayRest <= 0) {
        socket.destroy()
        return false
      }
      restsSince = performance.now()
      return true
    },
    isFresh: () => !isEnded && !socket.destroyed && performance.now() - restsSince < mayRest,
    destroy: () => socket.destroy(),
    closed,
  }
  return connection
}

/** `timeout=5` of the header keep-alive, in seconds. */
const restOf = (header: string): number => {
  const [, seconds] = /timeout=(\d{1,6})/.exec(header) ?? []
  return seconds === undefined ? usualRest : Number(seconds) * 1_000 - margin
}

const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100
