import * as z from 'zod'
import { documented, guessed, observed } from '../evidence.js'

/** What a receiver may answer, and how an answer is judged. */

const tables = documented('Webhooks API, table of the reply')
const libraries = observed('receivers and libraries in production')

/** A line of the agent's side panel; the same shape that the widget's `setCustomData` takes. */
export const customField = z.strictObject({
  title: tables(z.string().optional(), 'heading above the line'),
  content: tables(z.string(), 'text of the line; tags are shown as text'),
  link: libraries(z.string().optional(), 'address that opens when the line is pressed'),
  key: libraries(z.string().optional(), 'bold prefix before the text'),
})

export const contactInfo = z.strictObject({
  name: tables(z.string().nullish()),
  phone: tables(z.string().nullish()),
  email: tables(z.string().nullish()),
  description: libraries(z.string().nullish()),
})

/** The reply to `chat_accepted` and `chat_updated`. Keys that Jivo does not know are let through and mean nothing. */
export const dataReply = z.looseObject({
  result: tables(z.string(), '`ok`, or the text of an error; nothing else counts unless it is `ok`'),
  custom_data: tables(z.array(customField).optional(), "shown in the agent's side panel"),
  contact_info: tables(contactInfo.optional(), 'taken as if the visitor had typed it'),
  enable_assign: tables(z.boolean().optional(), 'shows the button that binds the visitor to a CRM card'),
  crm_link: tables(z.string().optional(), 'address behind the "open in CRM" button'),
  page: guessed('the documentation names it without its effect; the emulator shows it in place of the page')(
    z.strictObject({ url: tables(z.string()), title: tables(z.string().optional()) }).optional(),
  ),
})

/** The reply to every other event. */
export const plainReply = z.looseObject({
  result: tables(z.string(), '`ok`, or the text of an error'),
})

export type DataReply = z.infer<typeof dataReply>

const dataEvents = new Set(['chat_accepted', 'chat_updated'])

/** The contract of the reply to an event. */
export const replyContract = (event: string): z.ZodType<DataReply> => (dataEvents.has(event) ? dataReply : plainReply) as z.ZodType<DataReply>

/** An HTTP answer as far as a verdict needs it. */
export interface Answer {
  readonly status: number
  /** Value of the `content-type` header, empty when there was none. */
  readonly contentType: string
  readonly body: string
  /** The body was longer than the client reads. */
  readonly truncated?: boolean | undefined
}

/** `warning` tells what was passed over in an answer that is good all the same. */
export type Verdict =
  | { readonly ok: true; readonly reply: DataReply; readonly warning?: string }
  | { readonly ok: false; readonly reason: VerdictReason; readonly message: string }

export type VerdictReason = 'status' | 'too-long' | 'not-json' | 'no-result' | 'result' | 'reply'

/**
 * Judges a receiver's answer: 2xx, JSON, `result` equal to `ok`, and the rest of the reply as its contract says.
 *
 * `result` is documented by Jivo. That the status must be 2xx is our guess: the documentation does not mention it.
 */
export const judgeAnswer = (event: string, answer: Answer): Verdict => {
  if (answer.status < 200 || answer.status > 299) {
    return fail('status', `Expected a status from 200 to 299, got ${answer.status}${kind(answer)}.`)
  }
  if (answer.truncated) return fail('too-long', 'The answer is longer than 1 MiB; nothing of it was used.')
  let json: unknown
  try {
    json = JSON.parse(answer.body)
  } catch (error) {
    return fail('not-json', `Expected JSON with "result": "ok", got ${describeBody(answer, error)}.`)
  }
  if (typeof json !== 'object' || json === null || !('result' in json)) {
    return fail('no-result', `Expected an object with "result": "ok", got ${shorten(answer.body)}.`)
  }
  if (json.result !== 'ok')
    return fail('result', `"result" is ${shorten(JSON.stringify(json.result))}, not "ok"${notUtf8(answer, json.result) || lookalike(json.result)}.`)
  const reply = replyContract(event).safeParse(json)
  if (!reply.success) {
    const issue = reply.error.issues[0]
    const at = issue === undefined || issue.path.length === 0 ? 'the reply' : issue.path.join('.')
    return fail('reply', `"result" is "ok", but ${at} is not what Jivo documents: ${issue?.message ?? 'wrong shape'}.`)
  }
  return { ok: true, reply: reply.data }
}

const fail = (reason: VerdictReason, message: string): Verdict => ({ ok: false, reason, message })

const kind = (answer: Answer) => (answer.contentType === '' ? '' : ` (${mediaType(answer.contentType)})`)

const mediaType = (contentType: string) => contentType.split(';')[0]?.trim() ?? contentType

const describeBody = (answer: Answer, error: unknown): string => {
  const { body } = answer
  const shown = `${mediaType(answer.contentType) || 'text'}: ${shorten(body)}`
  if (body.trim() === '') return 'an empty answer'
  if (body.startsWith('\ufeff')) return `a byte order mark (U+FEFF) before it; send UTF-8 without one: ${shorten(body.slice(1))}`
  if (body.startsWith('\u001f\ufffd')) return 'compressed bytes, though the request does not accept any encoding'
  if (body.includes('\ufffd') || body.includes('\u0000')) return `bytes that are not UTF-8${charsetOf(answer)}: ${shorten(body)}`
  if (endsTooEarly(body, error)) return `the beginning of JSON, which ends after ${body.length} characters: ${shorten(body)}`
  return shown
}

/** The engine knows: it says so, or names the place behind the last character. */
const endsTooEarly = (body: string, error: unknown) =>
  /^\s*[[{]/.test(body) && new RegExp(`Unterminated|end of JSON|at position ${body.length}\\b`).test(error instanceof Error ? error.message : '')

/** A body arrives as text, in which U+FFFD stands where the bytes were no UTF-8. */
const notUtf8 = (answer: Answer, result: unknown): string =>
  typeof result === 'string' && result.includes('\ufffd') ? `: the answer is not UTF-8${charsetOf(answer)}` : ''

const charsetOf = ({ contentType }: Answer): string => {
  const charset = /charset="?([^";\s]+)/i.exec(contentType)?.[1]
  return charset === undefined ? '' : ` (charset=${charset})`
}

const shorten = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

/** Names the letter when a Cyrillic look-alike makes `ok` differ: real replies have been typed so. */
const lookalike = (result: unknown): string => {
  if (typeof result !== 'string') return ''
  const looksLatin = result.replaceAll('о', 'o').replaceAll('О', 'O').replaceAll('к', 'k').replaceAll('К', 'K')
  if (looksLatin.toLowerCase() !== 'ok') return ''
  const cyrillic = [...result].find(letter => letter > '\u0400')
  if (cyrillic === undefined) return ' (case matters)'
  return `: the letter "${cyrillic}" is Cyrillic (U+${cyrillic.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')})`
}
