import type { BotRequest } from '../../contracts/bot-api.js'
import type { Chat } from '../world/world.js'
import type { Doubt } from './rule.js'

/** A strict account refuses each of them. */
export interface BotDoubt extends Doubt {
  /** Where the rule that was broken comes from. */
  readonly source: string
}

/** The media that no bot in production was seen to send. */
const unconfirmed: readonly string[] = ['PHOTO', 'VIDEO', 'AUDIO', 'VOICE', 'DOCUMENT', 'LOCATION']

/** What is doubtful in a bot's request for a chat. */
export const doubtsOf = (request: BotRequest, chat: Chat): BotDoubt[] => {
  const { event } = request
  const doubts: BotDoubt[] = []
  const doubt = (field: string, message: string, source: string) => doubts.push({ field, message: `${event}: ${message}`, source })
  for (const field of ['client_id', 'chat_id'] as const) {
    const value = request[field]
    if (value === undefined) doubt(field, `${field} is missing.`, 'bots in production: those that work send it')
    else if (typeof value === 'number') doubt(field, `${field} came as the number ${value}; Jivo wants a string.`, 'what Jivo told the maker of a bot')
  }
  if (request.client_id !== undefined && String(request.client_id) !== String(chat.visitor)) {
    doubt(
      'client_id',
      `client_id ${String(request.client_id).slice(0, 40)} is not the client of chat ${chat.id}, who is ${chat.visitor}.`,
      'Bot API, example of CLIENT_MESSAGE',
    )
  }
  if (request.event !== 'BOT_MESSAGE') return doubts
  const { message } = request
  if (message.type === 'BUTTONS' && message.buttons.length > 3) {
    doubt('message.buttons', `${message.buttons.length} buttons; the oldest documents allow three.`, 'bots in production, of the oldest documents')
  }
  if (unconfirmed.includes(message.type)) {
    doubt(
      'message.type',
      `${message.type} is not confirmed for bots: those in production send a link in a TEXT.`,
      'an independent implementation of the interface',
    )
  }
  return doubts
}
