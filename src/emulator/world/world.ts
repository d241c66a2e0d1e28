import type { Account } from '../../contracts/account.js'
import type { Card, ClientCard, Timing, Utm } from '../../contracts/journal.js'
import type { Rate } from '../../contracts/messages.js'
import type { ChatMessage, Contacts } from '../../contracts/page-channel.js'

/** One browser page with the widget on it, as long as it is connected. */
export interface Page {
  readonly id: string
  readonly channel: string
  visitor: number
  /** The visitor of the browser, whom no user token names. */
  readonly own: number
  url: string
  title: string
  readonly language: string
  readonly userAgent: string
  /** State of the widget, null before it says one. */
  state: string | null
  /** `order` of the last frame that came. */
  heard: number
  readonly openedAt: number
}

export interface Visitor {
  readonly number: number
  /** What the browser keeps to be known again. */
  readonly key: string
  readonly contacts: Contacts
  /** The token of the page in its masked form, null while none was set. */
  token: string | null
  /** What the token is to Jivo. */
  tokenAs: 'opaque' | 'shared' | 'anonymous' | null
  card: Card
  /** Whom a user token names; null for visitors of one browser. */
  readonly identity: { readonly channel: string; readonly id: string } | null
  /** The channel that the client writes in, and what that calls them; null for visitors of pages. */
  readonly from: { readonly channel: string; readonly id: string } | null
  /** Labels of the first visit; null for direct traffic. */
  readonly utm: Utm | null
  /** What agents wrote for each other, oldest first; the last 200. */
  notes: Note[]
  /** What agents and the site wrote about the client, by name. */
  attributes: Record<string, string | number>
  /** The client's card in the CRM. */
  client: ClientCard
  /** `seq` of the event that made a client of the visitor: the first contact was known. Null before. */
  clientSince: number | null
  /** Where the phone and the address were entered. */
  enteredIn: { phone?: EnteredIn; email?: EnteredIn }
  /** Times of the site's last calls that gave attributes: Jivo allows ten an hour. */
  attributeCalls: number[]
  /** What stands in the visitor's composer, null when nothing does. */
  typing: string | null
  /** The invitation that was shown last, until the visitor answers it; null when there was none. */
  invitation: string | null
  /** Pages opened so far. */
  visits: number
  /** Chats so far, the open one included. */
  chats: number[]
  /** The page that the visitor was last on; it stays after the page is closed. */
  lastPage: { url: string; title: string; userAgent: string; language: string } | null
}

/** Only agents see it. */
export interface Note {
  readonly agent: number
  readonly text: string
  readonly at: number
}

export type EnteredIn = 'widget' | 'agent_app'

/** Who answers: the agent that works by itself, or a person at the console. */
export type Hands = 'auto' | 'person'

export interface Chat {
  readonly id: number
  readonly visitor: number
  readonly channel: string
  readonly startedAt: number
  /** `bot`: a bot has it, and no agent is asked for. */
  status: 'bot' | 'waiting' | 'accepted' | 'finished'
  /** The bot that it began with; null where none was. */
  readonly bot: string | null
  /** The agent who holds or held the chat. */
  agent: number | null
  hands: Hands | null
  /** Everyone who took part, in the order of joining. */
  agents: number[]
  /** The newest, at most `mostMessages`; the journal has them all. */
  messages: (Omit<ChatMessage, 'by'> & { by: 'visitor' | 'agent' | 'bot'; agent?: number })[]
  /** Messages that are no longer here. */
  earlier: number
  /** The last message of the visitor that was read at the other end, and of the other end by the visitor. */
  read: { visitor: string | null; agent: string | null }
  /** `seq` of the event by which the agent got it; null before. */
  takenBy: number | null
  /** When the server of a channel of the Chat API was last told that the agent types, in milliseconds since 1970; null before. */
  typingToldAt: number | null
  /** When the bot must have spoken, in milliseconds since 1970; null while nothing is awaited. */
  answerBy: number | null
  finishedAt: number | null
  /** Whether the visitor was asked how it went, and what they said. */
  rating: { rate: Rate | null } | null
}

/** A form that a visitor sent while no agent was online. */
export interface OfflineMessage {
  readonly id: number
  /** Id that the page gave the form. */
  readonly form: string
  readonly chat: number
  readonly visitor: number
  readonly message: string
  readonly at: number
}

/** A phone call, in one of the states that webhooks tell. */
export interface Call {
  readonly id: number
  readonly visitor: number
  readonly chat: number
  readonly channel: string
  readonly agent: number
  readonly kind: 'callback' | 'incoming' | 'outgoing'
  readonly phone: string
  /** A page asked for it. */
  readonly fromPage: boolean
  status: 'start' | 'agent_connected' | 'client_connected' | 'end' | 'error'
  /** Who has been connected so far. */
  connected: ('agent_connected' | 'client_connected')[]
  reason?: string
  recordUrl?: string
}

/** One outgoing message that has not ended. */
export interface Delivery {
  readonly id: string
  /** The event that scheduled it. */
  readonly seq: number
  readonly channel: string
  readonly event: string
  readonly to: string
  readonly chat?: number
  readonly visitor?: number
  readonly body: Record<string, unknown>
  attempts: number
  /** Milliseconds since 1970 before which the next attempt must not start. */
  dueAt: number
}

/** How many deliveries ended, and the last that failed. */
export interface Tally {
  done: number
  failed: number
  lastTiming: Timing | null
}

/**
 * The state of the whole emulator, folded from the journal: nothing is in it that the events do not say.
 *
 * Plain JSON, so that it can be sent as it is. `fold` owns a world and changes it in place; everybody else reads.
 */
export interface World {
  /** Last event that was folded in; 0 for an empty world. */
  seq: number
  version: string
  seed: number
  /** Where this run is reached, without a slash at its end. */
  origin: string
  account: Account | null
  /** When the account was last changed, in milliseconds since 1970: pages compare it. */
  accountChangedAt: number
  visitors: Record<number, Visitor>
  /** Number of the visitor by the key in the browser. */
  visitorKeys: Record<string, number>
  pages: Record<string, Page>
  /** Pages whose connection is gone, the newest last: one of them may come back. */
  away: Record<string, Page>
  chats: Record<number, Chat>
  calls: Record<number, Call>
  offlineMessages: OfflineMessage[]
  deliveries: Record<string, Delivery>
  tally: Tally
  /** The numbers that the next visitor, the next chat and the next call get. */
  next: { visitor: number; chat: number; call: number }
}

export const emptyWorld = (): World => ({
  seq: 0,
  version: '',
  seed: 1,
  origin: '',
  account: null,
  accountChangedAt: 0,
  visitors: {},
  visitorKeys: {},
  pages: {},
  away: {},
  chats: {},
  calls: {},
  offlineMessages: [],
  deliveries: {},
  tally: { done: 0, failed: 0, lastTiming: null },
  next: { visitor: 1, chat: 9001, call: 1 },
})
