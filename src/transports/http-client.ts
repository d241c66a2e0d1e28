import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { buildConnector, type Dispatcher, Pool } from 'undici'
import type { AttemptResult, NoAnswer, Timing } from '../contracts/journal.js'
import type { AnswerHeaders } from '../replay/replay.js'
import { createSlots, type Slots } from './slots.js'

/** The one client for everything that goes out. It follows no redirect, uses no proxy, and stops reading at 1 MiB. */
export interface HttpClient {
  readonly request: (request: ClientRequest) => Promise<Outcome>
  /** Ends what is in flight and closes the connections. */
  readonly close: () => Promise<void>
}

export interface ClientRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
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
export const longestAnswer = 1024 * 1024

export interface ClientOptions {
  /** Connections to one address at a time. */
  readonly connections?: number
  readonly userAgent?: string
}

export const createHttpClient = ({ connections = 10, userAgent = 'jivo-dev' }: ClientOptions = {}): HttpClient => {
  const pools = new Map<string, { readonly pool: Pool; readonly connects: ConnectTimes[] }>()
  const targets = new Map<string, Target>()
  const stops = new WeakMap<AbortSignal, Slots<() => void>>()

  const poolOf = (origin: string) => {
    const known = pools.get(origin)
    if (known !== undefined) return known
    const connects: ConnectTimes[] = []
    // Each exchange has a timer of its own.
    const pool = new Pool(origin, { connections, pipelining: 1, connect: guardedConnector(connects), headersTimeout: 0, bodyTimeout: 0 })
    const made = { pool, connects }
    pools.set(origin, made)
    return made
  }

  /** What a URL means is worked out once: most requests go where the one before went. */
  const targetOf = (url: string): Target => {
    const known = targets.get(url)
    if (known !== undefined) return known
    const { origin, pathname, search, username, password, hostname } = new URL(url)
    const host = hostname.replace(/^\[|\]$/g, '')
    const target: Target = {
      origin,
      hostname,
      path: pathname + search,
      authorization: username === '' ? null : basic(username, password),
      forbidden: isIP(host) !== 0 && isForbidden(host) ? forbidden(host) : null,
    }
    if (targets.size === mostTargets) targets.clear()
    targets.set(url, target)
    return target
  }

  /** One listener for all that a signal stops: thousands of requests share it. */
  const stopsOf = (signal: AbortSignal): Slots<() => void> => {
    const known = stops.get(signal)
    if (known !== undefined) return known
    const made = createSlots<() => void>()
    stops.set(signal, made)
    signal.addEventListener('abort', () => made.each(stop => stop()), { once: true })
    return made
  }

  return {
    request: ({ url, method = 'POST', headers, body, timeout, signal }) => {
      const { origin, hostname, path, authorization, forbidden } = targetOf(url)
      const began = performance.now()
      const noAnswer = (reason: NoAnswer, message: string): Outcome => ({
        result: { kind: 'no-answer', reason, message },
        timing: { dns: null, connect: null, firstByte: null, total: since(began) },
        headers: {},
      })
      if (forbidden !== null) return Promise.resolve(noAnswer('blocked', forbidden))
      if (signal?.aborted) return Promise.resolve(noAnswer('other', 'The sender was stopped.'))

      const { pool, connects } = poolOf(origin)
      return new Promise(done => {
        let controller: Dispatcher.DispatchController | null = null
        let ended = false
        const stop = () => giveUp('other', 'The sender was stopped.')
        const stopped = signal === undefined ? null : stopsOf(signal)
        const slot = stopped?.put(stop)
        const end = (outcome: Outcome) => {
          if (ended) return
          ended = true
          clearTimeout(timer)
          if (slot !== undefined) stopped?.clear(slot)
          done(outcome)
        }
        const giveUp = (reason: NoAnswer, message: string) => {
          end(noAnswer(reason, message))
          controller?.abort(new Error(message))
        }
        const timer = setTimeout(() => {
          const given = status === 0 ? `No answer from ${hostname}` : `No end of the answer with status ${status} from ${hostname}`
          giveUp('timeout', `${given} in ${timeout} ms.`)
        }, timeout)

        let connected: ConnectTimes | undefined
        let status = 0
        let answerHeaders: AnswerHeaders = {}
        let firstByte: number | null = null
        let size = 0
        const chunks: Buffer[] = []
        const finish = (truncated: boolean) => {
          const contentType = String(answerHeaders['content-type'] ?? '')
          const answer = { kind: 'answered', status, contentType, body: textOf(chunks) } as const
          end({
            result: truncated ? { ...answer, truncated } : answer,
            timing: { dns: connected?.dns ?? null, connect: connected?.connect ?? null, firstByte, total: since(began) },
            headers: answerHeaders,
          })
        }

        pool.dispatch(
          {
            path,
            method,
            headers: { 'user-agent': userAgent, ...(authorization === null ? undefined : { authorization }), ...headers },
            body: body ?? null,
          },
          {
            onRequestStart: started => {
              controller = started
              if (ended) started.abort(new Error('given up before it began'))
              connected = connects.shift()
            },
            onResponseStart: (_, code, received) => {
              status = code
              firstByte = since(began)
              answerHeaders = received
            },
            onResponseData: (current, chunk) => {
              const isLast = size + chunk.length > longestAnswer
              chunks.push(isLast ? chunk.subarray(0, longestAnswer - size) : chunk)
              size += chunk.length
              if (!isLast) return
              finish(true)
              current.abort(new Error('the answer is longer than 1 MiB'))
            },
            onResponseEnd: () => finish(false),
            onResponseError: (_, error) => {
              const [reason, message] = explain(error, new URL(url))
              const isCut = reason === 'reset' && status !== 0
              end(noAnswer(reason, isCut ? `${new URL(url).host} closed the connection in the middle of its answer with status ${status}.` : message))
            },
          },
        )
      })
    },

    close: async () => {
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()))
      pools.clear()
    },
  }
}

/** URLs that are remembered at a time. */
const mostTargets = 1_000

/** What a URL means to the client. */
interface Target {
  readonly origin: string
  readonly hostname: string
  readonly path: string
  readonly authorization: string | null
  /** Why nothing is sent there. */
  readonly forbidden: string | null
}

const textOf = (chunks: readonly Buffer[]): string => (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8')

const since = (began: number) => Math.round((performance.now() - began) * 100) / 100

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${decodeURIComponent(user)}:${decodeURIComponent(password)}`).toString('base64')}`

interface ConnectTimes {
  /** Milliseconds of the name look-up; null for an address. */
  readonly dns: number | null
  readonly connect: number
}

/** Connects only to addresses that may be sent to, checked after the name was resolved, and notes how long it took. */
const guardedConnector =
  (times: ConnectTimes[]): buildConnector.connector =>
  (options, callback) => {
    const began = performance.now()
    let dns: number | null = null
    const lookup: LookupFunction = (hostname, lookupOptions, found) => {
      resolve(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
        dns = since(began)
        if (error !== null) return found(error, [])
        const bad = addresses.find(({ address }) => isForbidden(address))
        if (bad !== undefined) {
          const refusal: NodeJS.ErrnoException = new Error(forbidden(bad.address, hostname))
          refusal.code = 'JIVO_DEV_BLOCKED'
          return found(refusal, [])
        }
        if (lookupOptions.all) found(null, addresses)
        else found(null, addresses[0]?.address ?? '', addresses[0]?.family)
      })
    }
    buildConnector({ lookup, timeout: 60_000 })(options, (...outcome) => {
      if (outcome[0] === null) times.push({ dns, connect: since(began) - (dns ?? 0) })
      callback(...outcome)
    })
  }

/** Link-local addresses and those where clouds keep the secrets of a machine: nothing of a developer's listens there. */
const forbiddenRanges = new BlockList()
forbiddenRanges.addSubnet('169.254.0.0', 16)
forbiddenRanges.addSubnet('fe80::', 10, 'ipv6')
forbiddenRanges.addAddress('fd00:ec2::254', 'ipv6')
forbiddenRanges.addAddress('fd20:ce::254', 'ipv6')
forbiddenRanges.addAddress('100.100.100.200')
forbiddenRanges.addAddress('192.0.0.192')

/** Also for the ways to write an IPv4 address as IPv6: mapped, compatible, NAT64 and 6to4. */
const isForbidden = (address: string): boolean => {
  if (isIP(address) === 4) return forbiddenRanges.check(address, 'ipv4')
  const plain = address.split('%')[0] ?? address
  if (forbiddenRanges.check(plain, 'ipv6')) return true
  const inner = innerIpv4(plain)
  return inner !== null && forbiddenRanges.check(inner, 'ipv4')
}

const innerIpv4 = (address: string): string | null => {
  // The URL parser brings every spelling to one: lower case, shortest, without dots.
  const groups = expand(new URL(`http://[${address}]`).hostname.slice(1, -1))
  const dotted = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups
  if (a === 0x2002) return dotted(b, c)
  if (a === 0x64 && b === 0xff9b) return dotted(g, h)
  const isMapped = a === 0 && b === 0 && c === 0 && d === 0 && (e === 0xffff || e === 0) && (f === 0xffff || f === 0)
  return isMapped ? dotted(g, h) : null
}

const expand = (address: string): number[] => {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].map(group => Number.parseInt(group, 16))
}

const forbidden = (address: string, name?: string) =>
  `${name === undefined ? address : `${name} is ${address}, which`} is a link-local or cloud metadata address; jivo-dev never sends there.`

/** Codes of Node and undici, and what they mean to a person. */
const explain = (error: unknown, { hostname, host, protocol, port }: URL): [NoAnswer, string] => {
  const cause = error instanceof AggregateError ? error.errors[0] : error
  const code = String((cause as NodeJS.ErrnoException | null)?.code ?? '')
  const text = cause instanceof Error ? cause.message : String(cause)
  const at = port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host
  if (code === 'JIVO_DEV_BLOCKED') return ['blocked', text]
  if (code === 'ECONNREFUSED') return ['refused', `Connection refused by ${at}: nothing listens there.`]
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return ['dns', `The name ${hostname} has no address (${code}).`]
  if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') return ['timeout', `${at} did not answer in time (${code}).`]
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return ['reset', `${at} closed the connection without an answer.`]
  if (code.startsWith('HPE_') || (cause as Error | null)?.name === 'HTTPParserError')
    return ['protocol', `${at} does not speak HTTP: ${text.replace(/\.$/, '')}.`]
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.includes('CERT') || code.includes('SELF_SIGNED') || code === 'EPROTO') {
    return ['tls', `No secure connection to ${at}: ${text}.`]
  }
  return ['other', `${at} could not be reached: ${text}${code === '' ? '' : ` (${code})`}.`]
}
