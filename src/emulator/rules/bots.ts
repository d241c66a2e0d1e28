import type { Bot } from '../../contracts/account.js'
import type { BotEvent, BotMessage } from '../../contracts/bot-api.js'
import type { Event, Fact } from '../../contracts/journal.js'
import type { MessageContent } from '../../contracts/messages.js'
import type { Chat, World } from '../world/world.js'
import { agentMessageBody, chatBody, clientMessageBody } from './bot-bodies.js'
import { liveOrFinishedChat } from './chats.js'
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
    'bot.request': (world, { bot: id, request, strict }) => {
      const bot = world.account?.bots.find(one => one.id === id)
      if (bot === undefined) throw new Refusal(404, 'no-bot', `There is no bot ${id}.`)
      const chat = chatOf(world, request.chat_id, bot)
      const warnings = warningsOf(request)
      const said = (facts: readonly Fact[]): Fact[] => [
        { type: 'bot.said', bot: id, chat: chat.id, visitor: chat.visitor, event: request.event },
        ...facts,
        ...warnings.map(message => warning(chat, message)),
      ]
      switch (request.event) {
        case 'BOT_MESSAGE': {
          const problem = chat.status === 'finished' ? 'the chat is closed' : chat.status === 'bot' ? null : 'an agent has the chat'
          if (problem !== null && strict) throw new Refusal(400, 'invalid_request', `chat_id ${chat.id}: ${problem}.`, 'chat_id')
          if (problem !== null) return said([warning(chat, `BOT_MESSAGE was dropped: ${problem}. What Jivo does then is not documented.`)])
          return said([messageFact(world, chat, bot, request.message, request.id)])
        }
        case 'INVITE_AGENT': {
          if (chat.status !== 'bot')
            return said([warning(chat, `INVITE_AGENT changes nothing: the chat is ${chat.status === 'finished' ? 'closed' : 'with the agents already'}.`)])
          if (world.account?.mode === 'offline') return said([{ type: 'agents.missed', bot: id, chat: chat.id, visitor: chat.visitor }])
          return said([{ type: 'chat.handed', bot: id, chat: chat.id, visitor: chat.visitor, reason: 'invited' }])
        }
        case 'CLIENT_INFO': {
          const { name, phone, email, description } = request
          const contacts = Object.fromEntries(Object.entries({ name, phone, email, description }).filter(([, value]) => value !== undefined))
          const open = chat.status === 'finished' ? {} : { chat: chat.id }
          return said([{ type: 'contacts.given', visitor: chat.visitor, ...open, via: 'bot', contacts }])
        }
        case 'INIT_RATE':
          return said(chat.rating === null ? [{ type: 'rating.requested', chat: chat.id, visitor: chat.visitor }] : [])
      }
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
    'chat.finished': (world, event) => tell(world, event, 'CHAT_CLOSED'),
    'agents.missed': (world, event) => tell(world, event, 'AGENT_UNAVAILABLE'),

    // Three attempts without an answer: documented.
    'delivery.failed': (world, { event, chat: id }) => {
      const chat = id === undefined ? undefined : world.chats[id]
      if (event !== 'CLIENT_MESSAGE' || chat?.status !== 'bot' || chat.bot === null) return []
      return [{ type: 'chat.handed', bot: chat.bot, chat: chat.id, visitor: chat.visitor, reason: 'failed' }]
    },
  },
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

const chatOf = (world: World, id: string | number, bot: Bot): Chat => {
  const chat = liveOrFinishedChat(world, /^\d{1,15}$/.test(String(id)) ? Number(id) : -1)
  if (chat.bot !== bot.id) throw new Refusal(404, 'invalid_request', `chat_id ${id}: this chat is not of this bot's channel.`, 'chat_id')
  return chat
}

const warning = ({ visitor }: Chat, message: string): Fact => ({ type: 'warning.raised', code: 'bot-api', message, visitor, source: 'Bot API' })

/** What works here, and may not with Jivo. */
const warningsOf = (request: { readonly event: string; readonly chat_id: unknown; readonly client_id?: unknown; readonly message?: BotMessage }): string[] => {
  const { event, chat_id: chat, client_id: client, message } = request
  const numbers = [...(typeof chat === 'number' ? ['chat_id'] : []), ...(typeof client === 'number' ? ['client_id'] : [])]
  return [
    ...(numbers.length === 0 ? [] : [`${event}: ${numbers.join(' and ')} came as a number; Jivo wants strings.`]),
    ...(client === undefined ? [`${event}: client_id is missing.`] : []),
    ...(message?.type === 'BUTTONS' && message.buttons.length > 3 ? [`BUTTONS: ${message.buttons.length} buttons; the oldest documents allow three.`] : []),
    ...(message !== undefined && !['TEXT', 'MARKDOWN', 'BUTTONS'].includes(message.type)
      ? [`${message.type} is not confirmed for bots: those in production send a link in a TEXT.`]
      : []),
  ]
}

const messageFact = (world: World, chat: Chat, bot: Bot, message: BotMessage, id: unknown): Fact => ({
  type: 'message.sent',
  chat: chat.id,
  visitor: chat.visitor,
  // A bot's own ids repeat: ours is made of its place in the journal.
  message: `b${world.seq + 1}${typeof id === 'string' && /^[0-9a-zA-Z-]{1,60}$/.test(id) ? `-${id}` : ''}`,
  by: 'bot',
  bot: bot.id,
  ...contentOf(message),
})

const media = { PHOTO: 'photo', VIDEO: 'video', AUDIO: 'audio', VOICE: 'voice', DOCUMENT: 'document' } as const

/** What the visitor sees, and the text for a place that shows none of it. */
const contentOf = (message: BotMessage): { readonly text: string; readonly content?: MessageContent } => {
  switch (message.type) {
    case 'TEXT':
      return { text: cut(message.text) }
    case 'MARKDOWN':
      return { text: cut(message.text || message.content), content: { kind: 'markdown', markdown: cut(message.content) } }
    case 'BUTTONS': {
      const buttons = message.buttons.map(({ text, id }, at) => ({ id: String(id ?? at + 1).slice(0, 100), text: text.slice(0, 1_000) }))
      return { text: cut(message.title || message.text || buttons.map(({ text }) => text).join(' / ')), content: { kind: 'buttons', buttons } }
    }
    case 'LOCATION':
      return {
        text: message.text || `${message.latitude}, ${message.longitude}`,
        content: { kind: 'location', latitude: message.latitude, longitude: message.longitude },
      }
    default: {
      const name = message.file.split(/[?#]/)[0]?.split('/').slice(3).at(-1) || 'file'
      return {
        text: cut(message.text || name),
        content: { kind: 'file', media: media[message.type], url: message.file, name: name.slice(0, 300), size: null, type: '' },
      }
    }
  }
}

const cut = (text: string) => text.slice(0, 10_000)
