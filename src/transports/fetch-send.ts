import type { AttemptResult } from '../contracts/journal.js'
import type { Send } from '../emulator/outbox.js'

/** Answers a request: a `fetch`, or an app that has one. */
export type Ask = (request: Request) => Response | Promise<Response>

/** Sends by `fetch`, where there is no socket: in a page, or straight into somebody's app. */
export const fetchSend =
  (ask: Ask, now: () => number): Send =>
  async (request, signal) => {
    const began = now()
    const result = await answerOf(ask, request, signal)
    return { result, timing: { dns: null, connect: null, firstByte: null, total: now() - began } }
  }

const answerOf = async (ask: Ask, { url, body, headers, timeout }: Parameters<Send>[0], signal: AbortSignal): Promise<AttemptResult> => {
  const tooLong = AbortSignal.timeout(timeout)
  const end = AbortSignal.any([signal, tooLong])
  // An app may not look at the signal of a request.
  const given = new Promise<never>((_, reject) => end.addEventListener('abort', () => reject(end.reason), { once: true }))
  try {
    const response = await Promise.race([Promise.resolve(ask(requestOf(url, body, headers, end))), given])
    if (response.type === 'opaqueredirect') return { kind: 'no-answer', reason: 'other', message: `${url} redirects, and Jivo follows no redirect.` }
    const text = await Promise.race([response.text(), given])
    return { kind: 'answered', status: response.status, contentType: response.headers.get('content-type') ?? '', body: text }
  } catch (error) {
    if (tooLong.aborted) return { kind: 'no-answer', reason: 'timeout', message: `No answer from ${new URL(url).hostname} in ${timeout} ms.` }
    return { kind: 'no-answer', reason: 'other', message: `${new URL(url).host} could not be reached: ${reasonOf(error)}.` }
  }
}

/** What `fetch` refuses to send is left out: a password in an address goes into a header, how a body is framed is its own affair. */
const requestOf = (address: string, body: string, given: Readonly<Record<string, string>> = {}, signal: AbortSignal): Request => {
  const url = new URL(address)
  const headers = new Headers(Object.entries(given).filter(([name]) => name.toLowerCase() !== 'transfer-encoding'))
  if (!headers.has('content-type')) headers.set('content-type', 'application/json; charset=utf-8')
  if (url.username !== '') headers.set('authorization', `Basic ${btoa(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`)}`)
  url.username = ''
  url.password = ''
  return new Request(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
}

/** The reason of a failed `fetch` in Node stands in its cause. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(cause)
}
