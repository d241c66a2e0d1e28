import type { Event } from '../contracts/journal.js'
import type { MessageContent } from '../contracts/messages.js'
import type { Chat, World } from '../emulator/world/world.js'
import type { Offer } from './acts.js'

/** One message as the client sees it. */
export interface Said {
  readonly kind: 'said'
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly chat: number
  readonly message: string
  readonly by: 'visitor' | 'agent' | 'bot'
  readonly name: string
  readonly text: string
  readonly content?: MessageContent
}

/** What happened around the messages, in words. */
export interface Note {
  readonly kind: 'note'
  readonly seq: number
  readonly text: string
}

/** What an event shows the client, once it is folded into the world. Null for what is none of theirs. */
export const lineOf = (world: World, visitor: number, event: Event): Said | Note | null => {
  if (!('visitor' in event) || event.visitor !== visitor) return null
  const note = (text: string): Note => ({ kind: 'note', seq: event.seq, text })
  switch (event.type) {
    case 'message.sent': {
      const { seq, at, chat, message, by, text, content } = event
      const name = nameOf(world, event)
      return { kind: 'said', seq, at, chat, message, by, name, text, ...(content === undefined ? {} : { content: whole(content, world.origin) }) }
    }
    case 'chat.accepted':
    case 'chat.taken':
      return note(`${agentNamed(world, event.agent)} has the chat`)
    case 'chat.handed': {
      const bot = botNamed(world, event.bot)
      return note(
        { invited: `${bot} called an agent`, failed: `${bot} does not answer; an agent is called`, silent: `${bot} said nothing in time; an agent is called` }[
          event.reason
        ],
      )
    }
    case 'agents.missed':
      return note('No agent is online')
    case 'rating.requested':
      return note('How did it go? /rate good or /rate bad')
    case 'chat.rated':
      return note(`You rated the chat ${event.rate === 'positive' ? 'good' : 'bad'}`)
    case 'chat.finished':
      return note({ agent: 'The chat was ended', visitor: 'You left the chat', time: 'The chat ended after a long silence' }[event.by])
    default:
      return null
  }
}

/** What a message shows, wherever it is known from. */
export type Shown = Pick<Said, 'kind' | 'message' | 'by' | 'name' | 'text' | 'content'>

/** Messages that are shown again of a chat that was begun before. */
const mostShown = 20

/** What was said after a message that was seen; without one, or when it is not known, the newest part of an open chat. */
export const saidSince = (world: World, visitor: number, seen: string | null): Shown[] => {
  const chat = chatOf(world, visitor)
  if (chat === undefined) return []
  const at = chat.messages.findIndex(({ id }) => id === seen)
  if (at === -1 && chat.status === 'finished') return []
  return chat.messages
    .slice(at + 1)
    .slice(-mostShown)
    .map(({ id, by, name, text, content }) => ({
      kind: 'said',
      message: id,
      by,
      name: by === 'visitor' ? clientName(world, visitor) : (name ?? ''),
      text,
      ...(content === undefined ? {} : { content: whole(content, world.origin) }),
    }))
}

/** Who types at the other end after this event: a name, null for nobody any more, undefined where it says nothing of it. */
export const typistOf = (world: World, visitor: number, event: Event): string | null | undefined => {
  if (!('visitor' in event) || event.visitor !== visitor) return undefined
  if (event.type === 'typing.changed' && event.by !== 'visitor') return event.on ? agentNamed(world, chatOf(world, visitor)?.agent ?? null) : null
  return (event.type === 'message.sent' && event.by !== 'visitor') || event.type === 'chat.finished' ? null : undefined
}

/** The buttons that the other side showed since the client last wrote; the newest, where there are several. */
export const offerOf = (world: World, visitor: number): Offer | null => {
  const chat = chatOf(world, visitor)
  if (chat === undefined || chat.status === 'finished') return null
  for (const { by, id, content } of chat.messages.toReversed()) {
    if (by === 'visitor') return null
    if (content?.kind === 'buttons') return { message: id, buttons: content.buttons }
  }
  return null
}

/**
 * Whether more is to come in the client's chat.
 * - `unanswered`: the client had the last word.
 * - `busy`: something is on its way to a server, which may answer.
 * - `open`: it was answered, by somebody who may go on.
 * - `quiet`: nothing comes by itself any more.
 */
export type Rest = 'unanswered' | 'busy' | 'open' | 'quiet'

export const restOf = (world: World, visitor: number): Rest => {
  const chat = chatOf(world, visitor)
  const isBusy = Object.values(world.deliveries).some(
    // A webhook that failed once waits for its server to come back, and says nothing in the chat. A bot that did is asked again at once.
    delivery => delivery.visitor === visitor && (delivery.attempts === 0 || world.account?.bots.some(({ id }) => id === delivery.channel)),
  )
  if (isBusy) return 'busy'
  if (chat === undefined || chat.status === 'finished') return 'quiet'
  const last = chat.messages.at(-1)
  if (last?.by === 'visitor') return 'unanswered'
  // The agent that works by itself says one thing to one message, together with it.
  return chat.hands === 'auto' && last?.by === 'agent' ? 'quiet' : 'open'
}

/** The emulator's own files have a path only, which says nothing to whoever is not on its pages. */
const whole = (content: MessageContent, origin: string): MessageContent =>
  content.kind === 'file' && content.url.startsWith('/') ? { ...content, url: `${origin}${content.url}` } : content

/** The client's last chat. */
export const chatOf = (world: World, visitor: number): Chat | undefined => world.chats[world.visitors[visitor]?.chats.at(-1) ?? 0]

const nameOf = (world: World, { by, agent, bot, visitor }: Extract<Event, { type: 'message.sent' }>): string => {
  if (by === 'visitor') return clientName(world, visitor)
  return by === 'bot' ? botNamed(world, bot) : agentNamed(world, agent ?? null)
}

const clientName = (world: World, visitor: number): string => world.visitors[visitor]?.contacts.name ?? 'You'

const agentNamed = (world: World, agent: number | null): string => world.account?.agents.find(({ id }) => id === agent)?.name ?? 'The agent'

const botNamed = (world: World, bot: string | undefined): string => world.account?.bots.find(({ id }) => id === bot)?.name ?? 'The bot'
