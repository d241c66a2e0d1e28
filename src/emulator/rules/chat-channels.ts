import type { Channel } from '../../contracts/account.js'
import type { ChatRequest } from '../../contracts/chat-api.js'
import type { Fact } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import { botOfChannel } from './bots.js'
import { buttonOf, contentOf, ownId, repetitionOf } from './chat-messages.js'
import { cardOf, contactsOf, inviteOf, pageOf } from './chat-senders.js'
import { history, openChat, personAtConsole, written } from './chats.js'
import { arrival, keyOf } from './messengers.js'
import { type Doubt, Refusal, type Theme } from './rule.js'

export interface ChatDoubt extends Doubt {
  /** Jivo's documents forbid it, so that a strict account refuses it. */
  readonly isForbidden: boolean
}

/** Who writes, and in which channel. */
interface Place {
  readonly visitor: number
  readonly channel: Channel
}

/** What follows from a message, and what is doubtful about it. */
interface Outcome {
  readonly facts: readonly Fact[]
  readonly doubts?: readonly ChatDoubt[]
}

/**
 * What customers' servers say through a channel of the Chat API. There is no session: whoever has an id is a client, and a
 * chat is there because they wrote.
 */
export const chatChannels: Theme = {
  decide: {
    'chat.request': (world, { channel: digits, request, doubts: known }, now) => {
      const channel = world.account?.channels.find(({ id, type }) => id === digits && type === 'chat-api')
      if (channel === undefined) throw new Refusal(404, 'channel_not_found', `There is no channel ${digits} of the Chat API.`)
      const { sender } = request
      const client = String(sender.id)
      const visitor = world.visitorKeys[keyOf(channel, client)] ?? world.next.visitor
      const card = cardOf(world, visitor, sender)
      const { facts, doubts = [] } = outcomeOf(world, { visitor, channel }, request, now)
      return [
        ...arrival(world, channel, client, contactsOf(sender), pageOf(sender)),
        ...(card === undefined ? [] : [{ type: 'card.changed', visitor, via: 'channel', card } satisfies Fact]),
        ...facts,
        ...[...known, ...doubts].map(({ message }): Fact => ({ type: 'warning.raised', code: 'chat-api', message, visitor, source: 'Chat API' })),
      ]
    },
  },
}

const outcomeOf = (world: World, place: Place, { sender, message }: ChatRequest, now: number): Outcome => {
  const { visitor, channel } = place
  const open = openChat(world, visitor)
  switch (message.type) {
    case 'typein':
    case 'typeout':
      return typed(world, visitor, message.type === 'typein' ? (message.text ?? '').slice(0, 1_000) : null)
    case 'seen':
      return seen(world, visitor, String(message.id))
    case 'rate':
      return rated(world, visitor, message.value ?? 0)
    case 'start': {
      if (open !== undefined) return passedOver('message.type', `start changes nothing: chat ${open.id} is open.`)
      const bot = botOfChannel(world, channel.publicId)
      return { facts: [{ type: 'chat.started', chat: world.next.chat, visitor, channel: channel.publicId, ...(bot === undefined ? {} : { bot: bot.id }) }] }
    }
    case 'stop':
      if (open === undefined) return passedOver('message.type', 'stop changes nothing: no chat is open.')
      return { facts: [{ type: 'chat.finished', chat: open.id, visitor, by: 'visitor' }] }
    default:
      return said(world, place, { sender, message }, message, now)
  }
}

const said = (world: World, { visitor, channel }: Place, { sender }: ChatRequest, message: Parameters<typeof contentOf>[0], now: number): Outcome => {
  const content = contentOf(message)
  const repetition = repetitionOf(world, visitor, message, content, now)
  const id = String(message.id).slice(0, 60)
  if (repetition === 'message') return passedOver('message.id', `message.id ${id} came again with the same message within 10 s: a repetition, not shown again.`)
  const button = message.type === 'keyboard' ? buttonOf(world, visitor, message.keyboard) : undefined
  const own = ownId(world, message.id)
  const facts = written(world, { visitor, channel: channel.publicId }, { id: own, ...content, button })
  const invite = inviteOf(sender)
  return {
    facts: invite === null || wasShown(world, visitor, invite) ? facts : facts.toSpliced(-1, 0, invitation(world, facts, `${own}i`, invite)),
    doubts: [
      ...(repetition === 'id' ? [lenient('message.id', `message.id ${id} was there before with another message: an id names one message.`)] : []),
      ...(message.type === 'keyboard' && button === undefined
        ? [lenient('message.keyboard', 'message.keyboard has no key of those that the client was sent: taken as a text.')]
        : []),
    ],
  }
}

/** Clients repeat the greeting with every message. It is shown once, before what answers it, and not in the midst of a conversation. */
const wasShown = (world: World, visitor: number, invite: string) =>
  openChat(world, visitor)?.messages.some(({ by }) => by === 'visitor') === true ||
  history(world, visitor).some(({ by, text }) => by !== 'visitor' && text === invite)

const invitation = (world: World, facts: readonly Fact[], message: string, text: string): Fact => {
  const answer = facts.at(-1) as Extract<Fact, { type: 'message.sent' }>
  const { chat, visitor } = answer
  return { type: 'message.sent', chat, visitor, message, by: 'agent', agent: personAtConsole(world), text, invitation: true }
}

/** `text` is what stands in the composer, null when nobody types. */
const typed = (world: World, visitor: number, text: string | null): Outcome => {
  if (text === (world.visitors[visitor]?.typing ?? null)) return { facts: [] }
  return { facts: [{ type: 'typing.changed', visitor, by: 'visitor', on: text !== null, ...(text === null || text === '' ? {} : { text }) }] }
}

const seen = (world: World, visitor: number, message: string): Outcome => {
  const chat = world.visitors[visitor]?.chats.map(id => world.chats[id]).findLast(one => one?.messages.some(({ id, by }) => by !== 'visitor' && id === message))
  if (chat === undefined) return passedOver('message.id', `message.id ${message.slice(0, 60)} is none of those that the client was sent: nothing was read.`)
  const placeOf = (id: string | null) => chat.messages.findIndex(one => one.id === id)
  // Receipts may overtake each other.
  if (placeOf(message) <= placeOf(chat.read.agent)) return { facts: [] }
  return { facts: [{ type: 'message.read', chat: chat.id, visitor, message, by: 'visitor' }] }
}

/** 0 is no rating: the client declined. */
const rated = (world: World, visitor: number, value: number): Outcome => {
  const chat = world.chats[world.visitors[visitor]?.chats.at(-1) ?? 0]
  if (chat === undefined) return passedOver('message.type', 'rate changes nothing: the client has had no chat.')
  const rate = value > 0 ? 'positive' : 'negative'
  return { facts: value === 0 || chat.rating?.rate === rate ? [] : [{ type: 'chat.rated', chat: chat.id, visitor, rate }] }
}

const lenient = (field: string, message: string): ChatDoubt => ({ field, message, isForbidden: false })

const passedOver = (field: string, message: string): Outcome => ({ facts: [], doubts: [lenient(field, message)] })
