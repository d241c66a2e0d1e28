import type { Bot } from '../../contracts/account.js'
import type { BotEvent, BotMessage, BotRequest } from '../../contracts/bot-api.js'
import { profileOfType } from '../../contracts/channel-types.js'
import type { Event, Fact } from '../../contracts/journal.js'
import type { Chat, World } from '../world/world.js'
import { agentMessageBody, chatBody, clientMessageBody } from './bot-bodies.js'
import { type BotDoubt, doubtsOf } from './bot-doubts.js'
import { contentOf } from './bot-messages.js'
import { Refusal, type Theme } from './rule.js'

/**
 * Bots: a chat in a bot's channel is the bot's until an agent has it. Bot API, timing and hand-over.
 *
 * The bot is asked by POSTs that go through the outbox like webhooks: 3 s, and two more attempts with the same id. When none
 * is answered, the chat waits for an agent. That the attempts follow each other without a pause is a guess, from the 9
 * seconds that Jivo names for all three.
 */
export const bots: Theme = {
  decide: {
    'bot.request': (world, { bot: id, request, doubts: known }) => {
      const bot = world.account?.bots.find(one => one.id === id)
      if (bot === undefined) throw new Refusal(404, 'no-bot', `There is no bot ${id}.`)
      const chat = chatOf(world, request, bot)
      const doubts = [...known, ...doubtsOf(request, chat), ...lateness(request, chat)]
      const [first] = doubts
      if (first !== undefined && world.account?.isStrict === true) throw new Refusal(400, 'invalid_request', first.message, first.field, first.source)
      return [
        { type: 'bot.said', bot: id, chat: chat.id, visitor: chat.visitor, event: request.event },
        ...saying(world, chat, bot, request),
        ...doubts.map(
          ({ field, message, source }): Fact => ({
            type: 'warning.raised',
            code: 'bot-api',
            message: field === '' || message.includes(field) ? message : `${message} (${field})`,
            visitor: chat.visitor,
            source,
          }),
        ),
      ]
    },

    'bot.overdue': (world, { chat: id }, now) => {
      const chat = world.chats[id]
      if (chat?.status !== 'bot' || chat.bot === null || chat.answerBy === null || chat.answerBy > now) return []
      return [{ type: 'chat.handed', bot: chat.bot, chat: id, visitor: chat.visitor, reason: 'silent' }]
    },
  },

  react: {
    'message.sent': (world, event) => {
      const chat = world.chats[event.chat]
      const bot = botOf(world, chat)
      if (chat === undefined || bot === undefined) return []
      if (event.by === 'visitor') return chat.status === 'bot' ? [post(bot, chat, event, clientMessageBody(world, chat, event))] : []
      return event.by === 'agent' && !event.invitation && chat.status === 'accepted' ? [post(bot, chat, event, agentMessageBody(world, chat, event))] : []
    },

    'chat.accepted': (world, event) => tell(world, event, 'AGENT_JOINED'),
    'chat.joined': (world, event) => tell(world, event, 'AGENT_JOINED'),
    'chat.finished': (world, event) => tell(world, event, 'CHAT_CLOSED'),
    'agents.missed': (world, event) => tell(world, event, 'AGENT_UNAVAILABLE'),

    // Somebody who was not there before; the same agent, by hand from now on, joins nothing.
    'chat.taken': (world, event) => {
      const { agents = [] } = world.chats[event.chat] ?? {}
      return agents.length > 1 && agents.at(-1) === event.agent ? tell(world, event, 'AGENT_JOINED') : []
    },

    // Three attempts without an answer: documented.
    'delivery.failed': (world, { event, chat: id }) => {
      const chat = id === undefined ? undefined : world.chats[id]
      if (event !== 'CLIENT_MESSAGE' || chat?.status !== 'bot' || chat.bot === null) return []
      return [{ type: 'chat.handed', bot: chat.bot, chat: chat.id, visitor: chat.visitor, reason: 'failed' }]
    },

    // Jivo's help says that more begins once the bot took the request, and is cut off there: that it is a time to speak in is
    // a guess. It runs from the first message that is not answered: who goes on writing does not wait longer for it.
    'delivery.done': (world, { event, chat: id, at }) => {
      const chat = id === undefined ? undefined : world.chats[id]
      const bot = botOf(world, chat)
      if (event !== 'CLIENT_MESSAGE' || chat?.status !== 'bot' || bot?.answerWithin == null) return []
      if (chat.answerBy !== null || chat.messages.at(-1)?.by !== 'visitor') return []
      return [{ type: 'answer.awaited', bot: bot.id, chat: chat.id, visitor: chat.visitor, until: at + bot.answerWithin }]
    },
  },
}

/** What follows from a bot's request, where anything does. */
const saying = (world: World, chat: Chat, bot: Bot, request: BotRequest): Fact[] => {
  const about = { bot: bot.id, chat: chat.id, visitor: chat.visitor }
  switch (request.event) {
    case 'BOT_MESSAGE':
      return chat.status === 'bot' ? [messageFact(world, chat, bot, request.message, request.id)] : []
    case 'INVITE_AGENT': {
      if (chat.status !== 'bot') return []
      return world.account?.mode === 'offline' ? [{ type: 'agents.missed', ...about }] : [{ type: 'chat.handed', ...about, reason: 'invited' }]
    }
    case 'CLIENT_INFO': {
      const { name, phone, email, description } = request
      const contacts = Object.fromEntries(Object.entries({ name, phone, email, description }).filter(([, value]) => value !== undefined))
      const open = chat.status === 'finished' ? {} : { chat: chat.id }
      return [{ type: 'contacts.given', visitor: chat.visitor, ...open, via: 'bot', contacts }]
    }
    case 'INIT_RATE':
      return chat.rating === null ? [{ type: 'rating.requested', chat: chat.id, visitor: chat.visitor }] : []
  }
}

/** What comes when the chat is no longer the bot's, and so changes nothing. */
const lateness = ({ event }: BotRequest, { id, status }: Chat): BotDoubt[] => {
  if (status === 'bot' || (event !== 'BOT_MESSAGE' && event !== 'INVITE_AGENT')) return []
  const problem = { finished: 'is closed', waiting: 'waits for an agent', accepted: 'is held by an agent' }[status]
  return [
    {
      field: 'chat_id',
      message: `${event} changes nothing: chat ${id} ${problem}. What Jivo does then is not documented.`,
      source: 'an independent implementation of the interface',
    },
  ]
}

/** The bot of a chat: the one that the chat began with. */
const botOf = (world: World, chat: Chat | undefined): Bot | undefined => (chat?.bot == null ? undefined : world.account?.bots.find(({ id }) => id === chat.bot))

/** The bot that answers in a channel. */
export const botOfChannel = (world: World, publicId: string): Bot | undefined =>
  world.account?.bots.find(({ channels }) => channels === null || channels.includes(publicId))

const tell = (world: World, event: Event & { readonly chat: number }, name: 'AGENT_JOINED' | 'CHAT_CLOSED' | 'AGENT_UNAVAILABLE'): Fact[] => {
  const chat = world.chats[event.chat]
  const bot = botOf(world, chat)
  return chat === undefined || bot === undefined ? [] : [post(bot, chat, event, chatBody(name, chat, event))]
}

const post = (bot: Bot, chat: Chat, cause: Event, body: BotEvent): Fact => ({
  type: 'delivery.scheduled',
  // The webhooks of the same event are `d` and its number.
  delivery: `b${cause.seq}`,
  channel: bot.id,
  event: body.event,
  to: bot.url,
  visitor: chat.visitor,
  chat: chat.id,
  body: { ...body },
})

/** The chat that a request names; where it names only the client, their newest. */
const chatOf = (world: World, { event, chat_id: id, client_id: client }: BotRequest, bot: Bot): Chat => {
  if (id === undefined && client === undefined) {
    throw new Refusal(
      400,
      'invalid_request',
      `${event}: chat_id is missing, and client_id, too: nobody knows which chat is meant.`,
      'chat_id',
      'bots in production',
    )
  }
  const [field, value] = id === undefined ? ['client_id', client] : ['chat_id', id]
  const number = numberOf(value)
  const chat = world.chats[id === undefined ? (world.visitors[number]?.chats.at(-1) ?? -1) : number]
  if (chat?.bot === bot.id) return chat
  const problem = chat === undefined ? 'there is no such chat' : `this chat is not of the bot ${bot.name}`
  throw new Refusal(
    404,
    'invalid_request',
    `${event}: ${field} ${String(value).slice(0, 40)}: ${problem}.`,
    field,
    'an independent implementation of the interface',
  )
}

const numberOf = (id: unknown) => (/^\d{1,15}$/.test(String(id)) ? Number(id) : -1)

const messageFact = (world: World, chat: Chat, bot: Bot, message: BotMessage, id: unknown): Fact => ({
  type: 'message.sent',
  chat: chat.id,
  visitor: chat.visitor,
  // A bot's own ids repeat: ours is made of its place in the journal.
  message: `b${world.seq + 1}${typeof id === 'string' && /^[0-9a-zA-Z-]{1,60}$/.test(id) ? `-${id}` : ''}`,
  by: 'bot',
  bot: bot.id,
  ...contentOf(message, profileOfType(world.account?.channels.find(({ publicId }) => publicId === chat.channel)?.type ?? 'site')),
})
