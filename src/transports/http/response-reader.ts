import type { AnswerHeaders } from '../../replay/replay.js'

/** What came is not an HTTP answer. The message completes "HOST does not speak HTTP: …". */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** Reads the answers that come over one connection, one after the other, in whatever pieces they come. */
export interface ResponseReader {
  /**
   * Takes bytes; true once the answer is whole.
   *
   * @throws ProtocolError
   */
  readonly push: (bytes: Buffer) => boolean
  /**
   * The connection has ended; true when that is how the answer ends.
   *
   * @throws ProtocolError when bytes came that are no answer
   */
  readonly end: () => boolean
  /** Makes ready for the next answer. */
  readonly reset: () => void
  /** 0 before the head has come. */
  readonly status: () => number
  readonly headers: () => AnswerHeaders
  /** What came of the body, up to the limit. */
  readonly body: () => Buffer
  /** The body was longer than the limit; nothing after it was read. */
  readonly isTruncated: () => boolean
  /** Whether the connection can carry another request. */
  readonly isReusable: () => boolean
}

/** What a head says. */
interface Head {
  readonly text: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly isReusable: boolean
}

/** Most bytes of a head, as in Node's own client. */
const longestHead = 16 * 1024
/** Most bytes of the line before a chunk, or of a line after the last. */
const longestLine = 4 * 1024

type Phase = 'head' | 'counted' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'until-close' | 'done'

const nothing = Buffer.alloc(0)
const lineEnd = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')

/** @param longest bytes of a body that are read; an answer with more counts as whole there, and its connection as used up */
export const createResponseReader = (longest: number): ResponseReader => {
  let phase: Phase = 'head'
  /** The beginning of something whose end has not come. */
  let rest: Buffer = nothing
  let status = 0
  let headers: Head['headers'] = {}
  /** A server says the same again and again, but for the second in its date. */
  let last: Head | null = null
  /** Bytes of the body, or of the chunk, that are still to come. */
  let left = 0
  let size = 0
  let parts: Buffer[] = []
  let isTruncated = false
  let isReusable = true

  const reset = () => {
    phase = 'head'
    rest = nothing
    status = 0
    headers = {}
    left = 0
    size = 0
    parts = []
    isTruncated = false
    isReusable = true
  }

  const keep = (part: Buffer) => {
    if (part.length === 0) return
    if (size + part.length > longest) {
      parts.push(part.subarray(0, longest - size))
      size = longest
      isTruncated = true
      isReusable = false
      phase = 'done'
      return
    }
    parts.push(part)
    size += part.length
  }

  const takeHead = (text: string) => {
    if (last?.text !== text) last = parseHead(text)
    status = last.status
    headers = last.headers
    isReusable = last.isReusable
    if (status === 101) throw new ProtocolError('it wants to switch protocols')
    if (status < 200) return // An interim answer: the answer itself follows.
    phase = bodyPhase()
  }

  /** How the body ends: RFC 9112, section 6.3. */
  const bodyPhase = (): Phase => {
    if (status === 204 || status === 304) return 'done'
    const coding = textOf(headers['transfer-encoding']).toLowerCase()
    if (coding !== '') {
      if (coding !== 'chunked') throw new ProtocolError(`it uses the transfer coding ${shown(coding)}`)
      return 'chunk-size'
    }
    const given = headers['content-length']
    if (given === undefined) {
      isReusable = false
      return 'until-close'
    }
    // Said twice, it must be the same twice.
    const [length = '', ...others] = typeof given === 'string' && !given.includes(',') ? [given] : textOf(given).split(/\s*,\s*/)
    if (others.some(other => other !== length) || !/^\d{1,15}$/.test(length)) throw new ProtocolError(`its content-length is ${shown(textOf(given))}`)
    left = Number(length)
    return left === 0 ? 'done' : 'counted'
  }

  /** The line that begins at `at`, without its end; undefined while it has none, and then it is kept. */
  const lineAt = (bytes: Buffer, at: number): string | undefined => {
    const end = bytes.indexOf(lineEnd, at)
    if (end !== -1) return bytes.toString('latin1', at, end)
    rest = bytes.subarray(at)
    if (rest.length > longestLine) throw new ProtocolError('a line between the chunks of its answer does not end')
    return undefined
  }

  const push = (given: Buffer): boolean => {
    const bytes = rest.length === 0 ? given : Buffer.concat([rest, given])
    rest = nothing
    let at = 0
    for (;;) {
      switch (phase) {
        case 'head': {
          const end = bytes.indexOf(headEnd, at)
          if (end === -1) {
            rest = bytes.subarray(at)
            const start = rest.toString('latin1', 0, 5)
            if (!'HTTP/'.startsWith(start.slice(0, 5))) throw new ProtocolError(`its answer begins with ${shown(firstLine(rest))}`)
            if (rest.length > longestHead) throw new ProtocolError(`its headers are longer than ${longestHead} bytes`)
            return false
          }
          if (end - at > longestHead) throw new ProtocolError(`its headers are longer than ${longestHead} bytes`)
          takeHead(bytes.toString('latin1', at, end))
          at = end + headEnd.length
          break
        }
        case 'counted':
        case 'chunk': {
          const part = bytes.subarray(at, at + left)
          left -= part.length
          at += part.length
          if (left === 0) phase = phase === 'chunk' ? 'chunk-end' : 'done'
          keep(part)
          if (left > 0 && !isTruncated) return false
          break
        }
        case 'chunk-size': {
          const line = lineAt(bytes, at)
          if (line === undefined) return false
          const [, digits] = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line) ?? []
          if (digits === undefined) throw new ProtocolError(`${shown(line)} is not the size of a chunk`)
          at += line.length + lineEnd.length
          left = Number.parseInt(digits, 16)
          phase = left === 0 ? 'trailer' : 'chunk'
          break
        }
        case 'chunk-end': {
          if (bytes.length - at < lineEnd.length) {
            rest = bytes.subarray(at)
            return false
          }
          if (bytes.indexOf(lineEnd, at) !== at) throw new ProtocolError('a chunk of its answer is longer than it says')
          at += lineEnd.length
          phase = 'chunk-size'
          break
        }
        case 'trailer': {
          const line = lineAt(bytes, at)
          if (line === undefined) return false
          at += line.length + lineEnd.length
          if (line === '') phase = 'done'
          break
        }
        case 'until-close':
          keep(bytes.subarray(at))
          return isTruncated
        case 'done':
          // Bytes that nobody asked for: whose answer the next one would be is not known.
          if (at < bytes.length) isReusable = false
          return true
      }
    }
  }

  return {
    push,
    end: () => {
      if (phase === 'head' && rest.length > 0 && status === 0) {
        const line = firstLine(rest)
        if (!line.startsWith('HTTP/1.')) throw new ProtocolError(`its answer begins with ${shown(line)}`)
      }
      return phase === 'until-close' || phase === 'done'
    },
    reset,
    status: () => status,
    headers: () => headers,
    body: () => (parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)),
    isTruncated: () => isTruncated,
    isReusable: () => isReusable,
  }
}

/** @throws ProtocolError */
const parseHead = (text: string): Head => {
  const [first = '', ...lines] = text.split('\r\n')
  const [, minor, code] = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(first) ?? []
  if (code === undefined) throw new ProtocolError(`its answer begins with ${shown(first)}`)
  const headers: Record<string, string | string[]> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).toLowerCase()
    if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name)) throw new ProtocolError(`${shown(line)} is not a header`)
    const value = line.slice(colon + 1).trim()
    const known = headers[name]
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  const connection = textOf(headers.connection).toLowerCase()
  return { text, status: Number(code), headers, isReusable: minor === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection) }
}

const textOf = (header: string | string[] | undefined): string => (Array.isArray(header) ? header.join(', ') : (header ?? ''))

const firstLine = (bytes: Buffer): string => bytes.toString('latin1', 0, 200).split(/\r?\n/)[0] ?? ''

/** In quotes, without what would disturb a terminal, and not too long. */
const shown = (text: string): string => {
  const plain = text.replace(/[^\x20-\x7e]/g, '?')
  return `"${plain.length > 60 ? `${plain.slice(0, 59)}…` : plain}"`
}
