import { type ChatRequest, chatRequest } from '../../contracts/chat-api.js'
import type { Provenance } from '../../contracts/evidence.js'
import { schemaAt } from '../../contracts/paths.js'
import { isObject, type JsonObject, short } from '../json.js'
import type { ChatDoubt } from '../rules/chat-channels.js'
import { Refusal } from '../rules/rule.js'

const page = 'Chat API, reference'

const types: readonly string[] = chatRequest.shape.message.options.flatMap(({ shape }) => [...shape.type.values])

/**
 * What a customer's server says, parsed with its contract.
 *
 * @throws Refusal that names the field, the value, and where the rule comes from
 */
export const parseChatRequest = (json: unknown): { readonly request: ChatRequest; readonly doubts: readonly ChatDoubt[] } => {
  if (!isObject(json)) throw wrong('', `The body is ${short(json)}: expected an object with sender and message.`)
  const { message } = json
  const type = isObject(message) ? message.type : undefined
  if (isObject(message) && !(typeof type === 'string' && types.includes(type))) {
    throw wrong('message.type', `message.type is ${short(type)}: expected one of ${types.join(', ')}.`)
  }
  // Serializers write null where a field has no value.
  const parsed = chatRequest.safeParse(isObject(message) ? { ...json, message: withoutNulls(message) } : json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = (issue?.path ?? []) as (string | number)[]
    const field = path.join('.')
    const { source } = (schemaAt(chatRequest, path)?.meta() as Provenance | undefined) ?? {}
    throw wrong(field, `${field || 'the body'} is ${short(valueAt(json, path))}: ${issue?.message ?? 'its shape is not known'}.`, source)
  }
  const request = parsed.data
  if (request.message.type === 'rate' && request.message.value === undefined) {
    throw wrong('message.value', 'message.value is missing: expected a number, 0 for declined, above it for good, below it for bad.')
  }
  return { request, doubts: doubtsOf(json, request) }
}

const doubtsOf = ({ message: came, ...top }: JsonObject, { sender, message }: ChatRequest): ChatDoubt[] => {
  const { shape } = chatRequest
  const known = shape.message.options.find(({ shape: { type } }) => type.values.has(message.type as never))?.shape ?? {}
  const unknown = [...strangers('', { ...top, message }, shape), ...strangers('sender.', sender, shape.sender.shape), ...strangers('message.', message, known)]
  const nulls = isObject(came) ? Object.keys(came).filter(key => came[key] === null) : []
  const doubt = (field: string, text: string, isForbidden = false): ChatDoubt => ({ field, message: text, isForbidden })
  return [
    ...(typeof sender.id === 'number' ? [doubt('sender.id', `sender.id came as the number ${sender.id}: it is a text, and comes back as one.`, true)] : []),
    ...(unknown.length === 0 ? [] : [doubt(unknown[0] ?? '', `${listed(unknown)}: no such field is known, so it was passed over.`)]),
    ...(nulls.length === 0 ? [] : [doubt(`message.${nulls[0]}`, `${listed(nulls.map(key => `message.${key}`))}: null, taken as left out.`)]),
    ...(message.date !== undefined && message.date > latestDate
      ? [doubt('message.date', `message.date is ${message.date}: it is in seconds since 1970, and this looks like milliseconds.`)]
      : []),
  ]
}

/** Seconds since 1970 of the year 5138: what lies after it was counted in milliseconds. */
const latestDate = 100_000_000_000

const strangers = (prefix: string, value: object, shape: object) =>
  Object.keys(value)
    .filter(key => !Object.hasOwn(shape, key))
    .map(key => `${prefix}${key.slice(0, 60)}`)

/** The first of a list: a body of a mebibyte has room for many names. */
const listed = (names: readonly string[]) => `${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`

const withoutNulls = (value: JsonObject): JsonObject => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null))

const valueAt = (value: unknown, [key, ...rest]: readonly (string | number)[]): unknown =>
  key === undefined ? value : typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? valueAt((value as JsonObject)[key], rest) : undefined

const wrong = (field: string, message: string, source = page) => new Refusal(400, 'invalid_request', message, field, source)
