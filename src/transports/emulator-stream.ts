import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Event } from '../contracts/journal.js'
import { UserError } from '../errors.js'
import { lineBatches } from './line-stream.js'

/** Where an emulator is, and the headers that its control routes want. */
export interface EmulatorAddress {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

interface Exchange {
  /** Path and query under `/_dev/`. */
  readonly route: string
  /** A file, whose content type says nothing. */
  readonly bytes?: Uint8Array
  readonly signal: AbortSignal
}

/**
 * The exchanges with an emulator that the client for webhooks is not for: an answer of any length, one that never ends, and
 * a body of bytes.
 *
 * @throws UserError when nobody answers
 */
const exchange = ({ url, headers }: EmulatorAddress, { route, bytes, signal }: Exchange): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const address = new URL(`_dev/${route}`, url)
    const send = address.protocol === 'https:' ? requestHttps : requestHttp
    const type = bytes === undefined ? {} : { 'content-type': 'application/octet-stream', 'content-length': bytes.length }
    const request = send(address, { method: bytes === undefined ? 'GET' : 'POST', headers: { ...headers, ...type }, signal, agent: false })
    request.on('response', resolve).on('error', error => reject(unreachable(url, error)))
    request.end(bytes)
  })

/**
 * The answer as JSON, with its status.
 *
 * @throws UserError when nobody answers, or not in JSON
 */
export const exchangeJson = async (emulator: EmulatorAddress, asked: Exchange): Promise<{ readonly status: number; readonly body: unknown }> => {
  const answer = await exchange(emulator, asked)
  const chunks: Buffer[] = []
  try {
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    return { status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch (error) {
    throw unreachable(emulator.url, error as Error)
  }
}

/**
 * The events above `after`, those to come included, in batches as they arrive. Never ends by itself.
 *
 * @throws UserError when nobody answers, when the connection ends or breaks, or when the signal aborts
 */
export async function* followEvents(emulator: EmulatorAddress, after: number, signal: AbortSignal): AsyncGenerator<readonly Event[]> {
  const { url } = emulator
  const answer = await exchange(emulator, { route: `events?after=${after}&follow=1`, signal })
  if (answer.statusCode !== 200) throw unreachable(url, new Error(`it answered ${answer.statusCode} when asked for its events`))
  try {
    for await (const lines of lineBatches(answer)) yield lines.map(line => JSON.parse(line) as Event)
  } catch (error) {
    throw unreachable(url, error as Error)
  }
  throw unreachable(url, new Error('it ended'))
}

const unreachable = (url: string, { message }: Error) => new UserError('emulatorUnreachable', { url, problem: `${message}.` })
