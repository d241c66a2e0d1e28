import { isIP } from 'node:net'
import type { AttemptResult, NoAnswer, Timing } from '../../contracts/journal.js'
import { createQueue, type Queue } from '../../emulator/queue.js'
import type { AnswerHeaders } from '../../replay/replay.js'
import { type Connection, type ConnectTimes, connect, type RequestHead } from './connection.js'
import { explain, forbidden } from './explain.js'
import { isForbidden } from './forbidden-addresses.js'
import { createSlots, type Slots } from './slots.js'

/** The one client for everything that goes out. It follows no redirect, uses no proxy, and stops reading at 1 MiB. */
export interface HttpClient {
  readonly request: (request: ClientRequest) => Promise<Outcome>
  /** Ends what is in flight and closes the connections. */
  readonly close: () => Promise<void>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ClientRequest {
  readonly url: string
  readonly method?: Method
  /**
   * Plain ASCII, or Latin-1. The same object for requests with the same headers is the fastest. With
   * `transfer-encoding: chunked` the body goes out as a chunk, otherwise its length goes ahead of it.
   */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds for the whole exchange. */
  readonly timeout: number
  readonly signal?: AbortSignal
}

export interface Outcome {
  readonly result: AttemptResult
  readonly timing: Timing
  /** Empty when there was no answer. */
  readonly headers: AnswerHeaders
}

/** Most bytes of an answer that are read. */
const longestAnswer = 1024 * 1024

/** URLs that are remembered at a time. */
const mostTargets = 1_000

export interface ClientOptions {
  /** Connections to one address at a time. */
  readonly connections?: number
  readonly userAgent?: string
}

/** What a URL means to the client, worked out once: most requests go where the one before went. */
interface Target {
  readonly url: URL
  readonly pool: PoolOf
  readonly path: string
  readonly authorization: string | null
  /** Why nothing is sent there. */
  readonly forbidden: string | null
  /** The head of the last request, and what it was made of. */
  head: Head | null
}

interface Head {
  readonly method: string
  readonly headers: ClientRequest['headers']
  /** All lines but the length of the body. */
  readonly start: RequestHead
  readonly isChunked: boolean
}

/** One request and what becomes of it. */
interface Exchange {
  readonly target: Target
  readonly head: RequestHead
  readonly body: string
  readonly began: number
  readonly done: (outcome: Outcome) => void
  readonly stops: Slots<Exchange> | null
  slot: number
  timer: NodeJS.Timeout | undefined
  connection: Connection<Exchange> | null
  /** Of the connection, when it was made for this one. */
  times: ConnectTimes | null
  firstByte: number | null
  isOver: boolean
}

/** The connections to one origin, and who waits for one. */
interface PoolOf {
  readonly url: URL
  readonly idle: Connection<Exchange>[]
  readonly waiting: Queue<Exchange>
  count: number
}

export const createHttpClient = ({ connections = 10, userAgent = 'jivo-dev' }: ClientOptions = {}): HttpClient => {
  const pools = new Map<string, PoolOf>()
  const targets = new Map<string, Target>()
  const all = new Set<Connection<Exchange>>()
  const stopsOfSignal = new WeakMap<AbortSignal, Slots<Exchange>>()

  const poolOf = (url: URL): PoolOf => {
    const known = pools.get(url.origin)
    if (known !== undefined) return known
    const made: PoolOf = { url, idle: [], waiting: createQueue<Exchange>(), count: 0 }
    pools.set(url.origin, made)
    return made
  }

  const targetOf = (address: string): Target => {
    const known = targets.get(address)
    if (known !== undefined) return known
    const url = new URL(address)
    const { pathname, search, username, password, hostname } = url
    const host = hostname.replace(/^\[|\]$/g, '')
    const target: Target = {
      url,
      pool: poolOf(url),
      path: pathname + search,
      authorization: username === '' ? null : basic(username, password),
      forbidden: isIP(host) !== 0 && isForbidden(host) ? forbidden(host) : null,
      head: null,
    }
    if (targets.size === mostTargets) targets.clear()
    targets.set(address, target)
    return target
  }

  const headOf = (target: Target, method: string, headers: ClientRequest['headers']): Head => {
    const { head } = target
    if (head !== null && head.method === method && head.headers === headers) return head
    const fields = {
      host: target.url.host,
      connection: 'keep-alive',
      'user-agent': userAgent,
      ...(target.authorization === null ? undefined : { authorization: target.authorization }),
      ...headers,
    }
    const text = `${method} ${target.path} HTTP/1.1\r\n${Object.entries(fields)
      .map(([name, value]) => `${safeName(name)}: ${safeValue(name, value)}\r\n`)
      .join('')}`
    const isChunked = Object.entries(fields).some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && value.toLowerCase() === 'chunked')
    const made = { method, headers, start: { text, isPlain: isPlain(text) }, isChunked }
    target.head = made
    return made
  }

  /** One listener for all that a signal stops: thousands of requests share it. */
  const stopsOf = (signal: AbortSignal): Slots<Exchange> => {
    const known = stopsOfSignal.get(signal)
    if (known !== undefined) return known
    const made = createSlots<Exchange>()
    stopsOfSignal.set(signal, made)
    signal.addEventListener('abort', () => made.each(exchange => giveUp(exchange, 'other', 'The sender was stopped.')), { once: true })
    return made
  }

  const end = (exchange: Exchange, outcome: Outcome) => {
    if (exchange.isOver) return
    exchange.isOver = true
    clearTimeout(exchange.timer)
    exchange.stops?.clear(exchange.slot)
    exchange.done(outcome)
  }

  /** Ends an exchange without an answer, and the connection that it is on. */
  const giveUp = (exchange: Exchange, reason: NoAnswer, message: string) => {
    const { connection } = exchange
    end(exchange, noAnswer(exchange.began, reason, message))
    connection?.destroy()
  }

  const onTimeout = (exchange: Exchange, timeout: number) => {
    const { hostname } = exchange.target.url
    const status = exchange.connection?.reader.status() ?? 0
    const given = status === 0 ? `No answer from ${hostname}` : `No end of the answer with status ${status} from ${hostname}`
    giveUp(exchange, 'timeout', `${given} in ${timeout} ms.`)
  }

  /** Sends what waits, over the connections that are free and as many new ones as may be. */
  const pump = (pool: PoolOf) => {
    for (;;) {
      const next = pool.waiting.first()
      if (next === undefined) return
      if (next.isOver) {
        pool.waiting.shift()
        continue
      }
      const free = freeConnection(pool)
      if (free !== undefined) {
        pool.waiting.shift()
        carry(free, next)
      } else if (pool.count < connections) {
        pool.waiting.shift()
        open(pool, next)
      } else return
    }
  }

  /** The one that was used last: the others may rest until they end. */
  const freeConnection = (pool: PoolOf): Connection<Exchange> | undefined => {
    for (let connection = pool.idle.pop(); connection !== undefined; connection = pool.idle.pop()) {
      if (connection.isFresh()) return connection
      connection.destroy()
    }
    return undefined
  }

  const carry = (connection: Connection<Exchange>, exchange: Exchange) => {
    exchange.connection = connection
    connection.exchange = exchange
    connection.write(exchange.head, exchange.body)
  }

  const open = (pool: PoolOf, first: Exchange) => {
    pool.count += 1
    const onExchange = (act: (exchange: Exchange) => void) => {
      const { exchange } = connection
      if (exchange !== null) act(exchange)
    }
    const connection: Connection<Exchange> = connect(pool.url, longestAnswer, {
      onConnect: times =>
        onExchange(exchange => {
          exchange.times = times
        }),
      onBytes: () =>
        onExchange(exchange => {
          exchange.firstByte ??= since(exchange.began)
        }),
      onAnswer: () =>
        onExchange(exchange => {
          connection.exchange = null
          exchange.connection = null
          const outcome = answered(exchange, connection)
          if (connection.rest()) pool.idle.push(connection)
          end(exchange, outcome)
          pump(pool)
        }),
      onEnd: error => {
        all.delete(connection)
        pool.count -= 1
        const at = pool.idle.indexOf(connection)
        if (at !== -1) pool.idle.splice(at, 1)
        onExchange(exchange => end(exchange, noAnswer(exchange.began, ...explain(error, exchange.target.url, connection.reader.status()))))
        pump(pool)
      },
    })
    all.add(connection)
    carry(connection, first)
  }

  return {
    request: ({ url, method = 'POST', headers, body, timeout, signal }) => {
      const target = targetOf(url)
      const began = performance.now()
      if (target.forbidden !== null) return Promise.resolve(noAnswer(began, 'blocked', target.forbidden))
      if (signal?.aborted) return Promise.resolve(noAnswer(began, 'other', 'The sender was stopped.'))
      let head: Head
      try {
        head = headOf(target, method, headers)
      } catch (error) {
        return Promise.resolve(noAnswer(began, 'other', (error as Error).message))
      }
      const length = head.isChunked || (body === undefined && method === 'GET') ? '' : `content-length: ${Buffer.byteLength(body ?? '')}\r\n`
      return new Promise(done => {
        const stops = signal === undefined ? null : stopsOf(signal)
        const exchange: Exchange = {
          target,
          head: { text: `${head.start.text}${length}\r\n`, isPlain: head.start.isPlain },
          body: head.isChunked ? chunked(body ?? '') : (body ?? ''),
          began,
          done,
          stops,
          slot: 0,
          timer: undefined,
          connection: null,
          times: null,
          firstByte: null,
          isOver: false,
        }
        exchange.slot = stops?.put(exchange) ?? 0
        exchange.timer = setTimeout(onTimeout, timeout, exchange, timeout)
        target.pool.waiting.push(exchange)
        pump(target.pool)
      })
    },

    close: async () => {
      await Promise.all(
        [...all].map(connection => {
          connection.destroy()
          return connection.closed
        }),
      )
      pools.clear()
      targets.clear()
    },
  }
}

const answered = ({ began, times, firstByte }: Exchange, { reader }: Connection<Exchange>): Outcome => {
  const headers = reader.headers()
  const answer = {
    kind: 'answered',
    status: reader.status(),
    contentType: headers['content-type']?.toString() ?? '',
    body: reader.body().toString('utf8'),
  } as const
  return {
    result: reader.isTruncated() ? { ...answer, truncated: true } : answer,
    timing: { dns: times?.dns ?? null, connect: times?.connect ?? null, firstByte, total: since(began) },
    headers,
  }
}

const noAnswer = (began: number, reason: NoAnswer, message: string): Outcome => ({
  result: { kind: 'no-answer', reason, message },
  timing: { dns: null, connect: null, firstByte: null, total: since(began) },
  headers: {},
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them
const isPlain = (text: string) => /^[\u0000-\u007f]*$/.test(text)

const since = (began: number) => Math.round((performance.now() - began) * 100) / 100

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${decodeURIComponent(user)}:${decodeURIComponent(password)}`).toString('base64')}`

/** A body whose end is told by a chunk of no length. */
const chunked = (body: string) => `${body === '' ? '' : `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`}0\r\n\r\n`

const safeName = (name: string): string => {
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name
  throw new Error(`${JSON.stringify(name)} is not the name of a header.`)
}

/** A line break in a value would begin another header, or another request. */
const safeValue = (name: string, value: string): string => {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value
  throw new Error(`The value of the header ${name} has letters that it cannot carry; encode them.`)
}
