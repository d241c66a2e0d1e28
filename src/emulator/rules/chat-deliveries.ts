import type { ChannelMessage } from '../../contracts/chat-api.js'
import type { Event, Fact } from '../../contracts/journal.js'
import type { Chat, World } from '../world/world.js'
import { chatChannelOf, chatEventBody, messageBody, mostKeys, seconds } from './chat-bodies.js'
import { givenId } from './chat-messages.js'
import { openChat } from './chats.js'
import { chatAddress } from './deliveries.js'
import type { Theme } from './rule.js'

/**
 * What Jivo tells the server of a channel of the Chat API: what agents and bots say, that they type, that they have read, a
 * request for a rating, the end of a chat. That all types but messages are sent by Jivo is a guess: the documents list them
 * without a direction, and no client in production handles them.
 */
export const chatDeliveries: Theme = {
  react: {
    'message.sent': (world, event) => {
      const chat = world.chats[event.chat]
      if (chat === undefined || chatChannelOf(world, chat) === undefined || event.by === 'visitor' || event.invitation === true) return []
      // Who takes a chat by answering has read it by taking it.
      const reading = event.by === 'agent' && event.cause !== chat.takenBy ? read(world, event, chat) : nothingRead
      const tooMany = event.content?.kind === 'buttons' && event.content.buttons.length > mostKeys
      return [...reading.facts, ...post(world, event, chat, [...reading.messages, messageBody(world, event)], event.agent), ...(tooMany ? [keysCut(chat)] : [])]
    },

    'chat.accepted': (world, event) => readAndTell(world, event),
    'chat.taken': (world, event) => readAndTell(world, event),

    // At most once in 5 s, says an independent implementation of the interface.
    'typing.changed': (world, event) => {
      const chat = openChat(world, event.visitor)
      if (event.by !== 'agent' || !event.on || chat === undefined) return []
      const isKnown = chat.typingToldAt !== null && event.at - chat.typingToldAt < 5_000
      return isKnown ? [] : post(world, event, chat, [{ type: 'typein', date: seconds(event.at) }], event.agent)
    },

    'rating.requested': (world, event) => post(world, event, world.chats[event.chat], [{ type: 'rate', date: seconds(event.at) }]),

    'chat.finished': (world, event) => (event.by === 'visitor' ? [] : post(world, event, world.chats[event.chat], [{ type: 'stop', date: seconds(event.at) }])),
  },
}

interface Reading {
  readonly facts: readonly Fact[]
  readonly messages: readonly ChannelMessage[]
}

const nothingRead: Reading = { facts: [], messages: [] }

/** The agent has the client's last message before them. When that counts as read is a guess: as soon as they take the chat or answer. */
const read = (world: World, { at }: Event, chat: Chat): Reading => {
  const last = chat.messages.findLast(({ by }) => by === 'visitor')
  if (chatChannelOf(world, chat) === undefined || last === undefined || last.id === chat.read.visitor) return nothingRead
  const id = givenId(last.id)
  return {
    facts: [{ type: 'message.read', chat: chat.id, visitor: chat.visitor, message: last.id, by: 'agent' }],
    messages: id === undefined ? [] : [{ type: 'seen', id, date: seconds(at) }],
  }
}

const readAndTell = (world: World, event: Event & { readonly chat: number }): Fact[] => {
  const chat = world.chats[event.chat]
  if (chat === undefined) return []
  const { facts, messages } = read(world, event, chat)
  return [...facts, ...post(world, event, chat, messages)]
}

/** Deliveries of one event to the channel's server, in order. None where no server is set, or the client is not of this channel. */
const post = (world: World, cause: Event, chat: Chat | undefined, messages: readonly ChannelMessage[], agent?: number): Fact[] => {
  const channel = chatChannelOf(world, chat)
  const client = world.visitors[chat?.visitor ?? 0]?.from
  const to = channel?.api?.url ?? null
  if (chat === undefined || channel === undefined || to === null || client?.channel !== channel.publicId) return []
  return messages.map((message, at) => ({
    type: 'delivery.scheduled',
    // The webhooks of the same event are `d` and its number.
    delivery: `c${cause.seq}${at === 0 ? '' : `.${at + 1}`}`,
    channel: chatAddress(channel.id),
    event: `chat-api.${message.type}`,
    to,
    visitor: chat.visitor,
    chat: chat.id,
    body: { ...chatEventBody(world, chat, client.id, message, agent) },
  }))
}

const keysCut = ({ visitor }: Chat): Fact => ({
  type: 'warning.raised',
  code: 'chat-api',
  message: `message.keyboard has at most ${mostKeys} keys: those after them were not sent.`,
  visitor,
  source: 'Chat API',
})
