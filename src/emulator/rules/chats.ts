import type { AccountAgent } from '../../contracts/account.js'
import type { Fact } from '../../contracts/journal.js'
import type { MessageContent } from '../../contracts/messages.js'
import type { Chat, World } from '../world/world.js'
import { botOfChannel } from './bots.js'
import { pageOf } from './pages.js'
import { Refusal, type Theme } from './rule.js'

/** The life of a chat: it starts with a visitor's message, an agent accepts it, both write, the agent finishes it. */
export const chats: Theme = {
  decide: {
    'visitor.write': (world, { page, type: _, ...message }) => written(world, pageOf(world, page), message, page),

    'agent.accept': (world, input) => {
      const chat = liveChat(world, input.chat)
      return inPersonsHands(world, chat)
    },

    'agent.reply': (world, { chat: id, id: message, text, content, agent: named }) => {
      const chat = liveChat(world, id)
      if (isAmong(chat, message)) return []
      const { visitor } = chat
      const agent = named === undefined ? speaker(world, chat) : agentOf(world, named).id
      return [
        ...inPersonsHands(world, chat, agent),
        ...(isIn(chat, agent) || !isHeldByPerson(chat) ? [] : [{ type: 'chat.joined', chat: id, visitor, agent, by: agent } satisfies Fact]),
        { type: 'message.sent', chat: id, visitor, message, by: 'agent', agent, text, ...(content === undefined ? {} : { content }) },
      ]
    },

    'agent.assign': (world, input) => {
      const chat = liveChat(world, input.chat)
      const { crmLink } = world.visitors[chat.visitor]?.card ?? {}
      if (crmLink === undefined) {
        throw new Refusal(409, 'no-crm-link', `Chat ${chat.id} has no CRM card to be bound to: no reply to a webhook brought a crm_link.`, 'chat')
      }
      const { id, visitor } = chat
      return [...inPersonsHands(world, chat), { type: 'chat.assigned', chat: id, visitor, agent: personAtConsole(world), crmLink }]
    },

    'agent.finish': (world, input) => {
      const chat = liveChat(world, input.chat)
      return [...inPersonsHands(world, chat), { type: 'chat.finished', chat: chat.id, visitor: chat.visitor, by: 'agent' }]
    },
  },
}

/** A message as its sender wrote it. */
interface Written {
  /** Chosen by the sender: the same id twice is the same message. */
  readonly id: string
  readonly text: string
  readonly content?: MessageContent | undefined
  readonly button?: { readonly message: string; readonly id: string } | undefined
}

/** What a visitor's message makes true: it starts a chat where none is open. */
export const written = (
  world: World,
  { visitor, channel }: { readonly visitor: number; readonly channel: string },
  { id: message, text, content, button }: Written,
  page?: string,
): Fact[] => {
  if (wasSent(world, visitor, message)) return []
  const open = openChat(world, visitor)
  const chat = open?.id ?? world.next.chat
  const from = page === undefined ? {} : { page }
  const sent: Fact = {
    type: 'message.sent',
    chat,
    visitor,
    message,
    by: 'visitor',
    ...from,
    text,
    ...(content === undefined ? {} : { content }),
    ...(button === undefined ? {} : { button }),
    ...(hasWritten(world, visitor) ? {} : { first: true }),
  }
  const bot = botOfChannel(world, channel)
  const started: Fact = { type: 'chat.started', chat, visitor, channel, ...from, ...(bot === undefined ? {} : { bot: bot.id }) }
  const invitation = world.visitors[visitor]?.invitation ?? null
  const start = open === undefined ? [started] : []
  if (invitation === null) return [...start, sent]
  // The answer makes no sense without what was answered.
  const agent = personAtConsole(world)
  return [...start, { type: 'message.sent', chat, visitor, message: `${message}i`, by: 'agent', agent, text: invitation, invitation: true }, sent]
}

/** The visitor's chat that is not finished yet; a visitor has at most one. */
export const openChat = (world: World, visitor: number): Chat | undefined => {
  const chat = world.chats[world.visitors[visitor]?.chats.at(-1) ?? 0]
  return chat?.status === 'finished' ? undefined : chat
}

/** All messages of a visitor's chats, oldest first. */
export const history = (world: World, visitor: number) => (world.visitors[visitor]?.chats ?? []).flatMap(chat => world.chats[chat]?.messages ?? [])

/** The agent that acts at the console: the first of the account. */
export const personAtConsole = (world: World): number => world.account?.agents[0]?.id ?? 0

/** The agent of the account with this id, or a refusal. */
export const agentOf = (world: World, id: number): AccountAgent => {
  const agent = world.account?.agents.find(one => one.id === id)
  if (agent !== undefined) return agent
  const known = world.account?.agents.map(one => `${one.id} (${one.name})`).join(', ')
  throw new Refusal(404, 'no-agent', `There is no agent ${id}. Known: ${known}.`, 'agent')
}

/** Whether a person has accepted the chat or taken it, as whichever agent. */
export const isHeldByPerson = ({ status, hands }: Chat): boolean => status === 'accepted' && hands === 'person'

/** In whose name the person at the console acts in a chat. */
export const speaker = (world: World, chat: Chat): number => (isHeldByPerson(chat) ? chat.agent : null) ?? personAtConsole(world)

export const isIn = ({ agents }: Chat, agent: number): boolean => agents.includes(agent)

export const hasWritten = (world: World, visitor: number) => world.visitors[visitor]?.chats.some(chat => (world.chats[chat]?.messages.length ?? 0) > 0) === true

/** A page repeats only what was not answered before its connection broke: more messages back than this is never a repeat. */
const repeatsReach = 1_000

/** Whether the message is in one of the visitor's last two chats: one that was repeated may have been the last of its chat. */
const wasSent = (world: World, visitor: number, message: string) =>
  (world.visitors[visitor]?.chats.slice(-2) ?? []).some(id => {
    const chat = world.chats[id]
    return chat !== undefined && isAmong(chat, message)
  })

const isAmong = ({ messages }: Chat, message: string): boolean => {
  const end = Math.max(0, messages.length - repeatsReach)
  for (let at = messages.length - 1; at >= end; at -= 1) {
    if (messages[at]?.id === message) return true
  }
  return false
}

export const liveOrFinishedChat = (world: World, id: number): Chat => {
  const chat = world.chats[id]
  if (chat === undefined) throw new Refusal(404, 'no-chat', `There is no chat ${id}.`, 'chat')
  return chat
}

export const liveChat = (world: World, id: number): Chat => {
  const chat = liveOrFinishedChat(world, id)
  if (chat.status === 'finished') throw new Refusal(409, 'finished', `Chat ${id} is finished; the visitor's next message starts a new one.`, 'chat')
  return chat
}

/** Whoever acts at the console has the chat from then on: they accept it, or take it from the agent that works by itself. */
export const inPersonsHands = (world: World, { id: chat, visitor, status, hands }: Chat, agent = personAtConsole(world)): Fact[] => {
  if (status === 'waiting' || status === 'bot') return [{ type: 'chat.accepted', chat, visitor, agent, hands: 'person' }]
  return hands === 'auto' ? [{ type: 'chat.taken', chat, visitor, agent }] : []
}
