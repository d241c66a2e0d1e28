import type { NoAnswer } from '../../contracts/journal.js'
import { ProtocolError } from './response-reader.js'

export const forbidden = (address: string, name?: string) =>
  `${name === undefined ? address : `${name} is ${address}, which`} is a link-local or cloud metadata address; jivo-dev never sends there.`

/**
 * Errors of Node, and what they mean to a person.
 *
 * @param status of the answer that had begun; 0 for none
 */
export const explain = (error: unknown, { hostname, host, protocol, port }: URL, status: number): [NoAnswer, string] => {
  const cause = error instanceof AggregateError ? error.errors[0] : error
  const code = String((cause as NodeJS.ErrnoException | null)?.code ?? '')
  const text = cause instanceof Error ? cause.message : String(cause)
  const at = port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host
  if (cause instanceof ProtocolError) return ['protocol', `${at} does not speak HTTP: ${text}.`]
  if (code === 'JIVO_DEV_BLOCKED') return ['blocked', text]
  if (code === 'ECONNREFUSED') return ['refused', `Connection refused by ${at}: nothing listens there.`]
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return ['dns', `The name ${hostname} has no address (${code}).`]
  if (code === 'ETIMEDOUT') return ['timeout', `${at} did not answer in time (${code}).`]
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return [
      'reset',
      status === 0 ? `${at} closed the connection without an answer.` : `${at} closed the connection in the middle of its answer with status ${status}.`,
    ]
  }
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.includes('CERT') || code.includes('SELF_SIGNED') || code === 'EPROTO') {
    return ['tls', `No secure connection to ${at}: ${text}.`]
  }
  return ['other', `${at} could not be reached: ${text}${code === '' ? '' : ` (${code})`}.`]
}
