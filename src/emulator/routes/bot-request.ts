import { type BotRequest, type BotRequestName, botRequests, messageTypes } from '../../contracts/bot-api.js'
import type { Provenance } from '../../contracts/evidence.js'
import { schemaAt } from '../../contracts/paths.js'
import { isObject, short } from '../json.js'
import { Refusal } from '../rules/rule.js'

const codes = 'Bot API, status codes'

/**
 * What a bot asks for, parsed with its contract.
 *
 * @throws Refusal that names the field, the value, and where the rule comes from
 */
export const parseBotRequest = (json: unknown): BotRequest => {
  if (Array.isArray(json)) throw wrong('', listMessage(json))
  if (!isObject(json)) throw wrong('', `The body is ${short(json)}: expected an object with event, client_id and chat_id.`)
  const { event } = json
  if (typeof event !== 'string') throw wrong('event', eventMessage(json))
  if (!Object.hasOwn(botRequests, event)) {
    throw new Refusal(405, 'invalid_request', `event ${short(event)} is none that bots send. They send ${Object.keys(botRequests).join(', ')}.`, 'event', codes)
  }
  const { message } = json
  if (event === 'BOT_MESSAGE' && 'buttons' in json && !(isObject(message) && 'buttons' in message)) {
    throw wrong(
      'buttons',
      'BOT_MESSAGE: buttons stand beside the message; they belong into it, as message.buttons, with message.type BUTTONS.',
      'bots in production',
    )
  }
  const contract = botRequests[event as BotRequestName]
  const parsed = contract.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = (issue?.path ?? []) as (string | number)[]
  const field = path.join('.')
  const { source } = (schemaAt(contract, path)?.meta() as Provenance | undefined) ?? {}
  if (issue?.code === 'invalid_union' && field === 'message.type') {
    throw wrong(field, `${event}: message.type is ${short(isObject(message) ? message.type : undefined)}; bots send ${messageTypes.join(', ')}.`, source)
  }
  throw wrong(field, `${event}: ${field || 'the body'} is wrong: ${issue?.message ?? 'its shape is not known'}.`, source)
}

const wrong = (field: string, message: string, source = codes) => new Refusal(400, 'invalid_request', message, field, source)

const listMessage = (list: readonly unknown[]): string => {
  const [first] = list
  return isObject(first) && isObject(first.body)
    ? 'The body is a list with {"body": …} in it, which is how automation tools such as n8n hand a request on. Send what is inside of body, without the list.'
    : `The body is a list of ${list.length}: expected one object; each event is a request of its own.`
}

const eventMessage = (body: Record<string, unknown>): string =>
  'event_name' in body
    ? `The body has event_name ${short(body.event_name)}, which is a webhook's: the Bot API has event, in capitals.`
    : `event is ${short(body.event)}: expected the name of an event, such as BOT_MESSAGE.`
