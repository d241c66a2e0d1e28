import type { Event } from '../contracts/journal.js'
import type { ChatMessage, Contacts, PhoneCall, Rating, ServerFrame } from '../contracts/page-channel.js'
import type { WidgetSettings } from '../contracts/widget-settings.js'
import { defaultWidget } from './account.js'
import { history, openChat, personAtConsole } from './rules/chats.js'
import type { Call, World } from './world/world.js'

/** What a page may know: its own visitor's conversation and nothing else. */

/** Everything the widget shows when it connects. `channel` is the id in its snippet. */
export const welcome = (world: World, visitor: number, page: string, channel: string): ServerFrame => {
  const open = world.pages[page]
  const chat = openChat(world, visitor)
  return {
    type: 'welcome',
    seq: world.seq,
    heard: open?.heard ?? 0,
    visitor,
    mode: modeOf(world),
    contacts: contactsOf(world, visitor),
    agent: chat?.status === 'accepted' ? agentName(world, chat.agent) : null,
    settings: settingsOf(world, open?.channel ?? channel),
    pages: world.visitors[visitor]?.visits ?? 0,
    rating: ratingOf(world, visitor),
    call: lastCall(world, visitor),
    messages: history(world, visitor).map(({ agent: _, by, ...message }) => ({ ...message, by: sideOf(by) })),
  }
}

/** Whom a frame is for: one page, every page of a visitor, or every page. */
export type Audience = { readonly page: string } | { readonly visitor: number } | 'all'

/** What an event means for pages, or undefined when it is none of their business. */
export const frameOf = (world: World, event: Event): { readonly to: Audience; readonly frame: ServerFrame } | undefined => {
  const { seq } = event
  switch (event.type) {
    case 'message.sent': {
      const { message: id, agent, bot, text, at, visitor, content, button } = event
      const by = sideOf(event.by)
      const name = agentName(world, agent ?? null) ?? world.account?.bots.find(one => one.id === bot)?.name ?? null
      const message: ChatMessage = {
        id,
        by,
        ...(name === null ? {} : { name }),
        text,
        ...(content === undefined ? {} : { content }),
        ...(button === undefined ? {} : { button }),
        at,
      }
      return { to: { visitor }, frame: { type: 'message', seq, message } }
    }
    case 'chat.accepted':
    case 'chat.taken':
      return { to: { visitor: event.visitor }, frame: { type: 'agent', seq, name: agentName(world, event.agent) } }
    case 'chat.finished':
      return { to: { visitor: event.visitor }, frame: { type: 'agent', seq, name: null } }
    case 'contacts.given':
    case 'contacts.edited':
      return { to: { visitor: event.visitor }, frame: { type: 'contacts', seq, contacts: contactsOf(world, event.visitor) } }
    case 'account.changed':
      return { to: 'all', frame: { type: 'settings', seq, mode: modeOf(world), settings: settingsOf(world, world.account?.channels[0]?.publicId ?? '') } }
    case 'typing.changed': {
      if (event.by === 'visitor') return undefined
      const chat = openChat(world, event.visitor)
      return {
        to: { visitor: event.visitor },
        frame: { type: 'typing', seq, name: event.on ? (agentName(world, event.agent ?? chat?.agent ?? null) ?? '') : null },
      }
    }
    // Another chat is the newest: nobody asks about the one before any more.
    case 'chat.started':
    case 'rating.requested':
    case 'chat.rated':
      return { to: { visitor: event.visitor }, frame: { type: 'rating', seq, rating: ratingOf(world, event.visitor) } }
    case 'call.started':
    case 'call.changed': {
      const call = world.calls[event.call]
      return call?.fromPage === true ? { to: { visitor: event.visitor }, frame: { type: 'call', seq, call: phoneCall(call) } } : undefined
    }
    case 'invitation.sent': {
      const name = agentName(world, personAtConsole(world))
      return event.via === 'agent' ? { to: { visitor: event.visitor }, frame: { type: 'invitation', seq, name, text: event.text } } : undefined
    }
    case 'page.identified':
      return { to: { page: event.page }, frame: welcome(world, event.visitor, event.page, '') }
    case 'callback.scheduled':
      return { to: { page: event.page }, frame: { type: 'callback', seq, callback: event.callback, args: event.args } }
    case 'offline.received':
      return { to: { page: event.page }, frame: { type: 'received', seq, id: event.form } }
    default:
      return undefined
  }
}

/** A bot sits where the agents do. */
const sideOf = (by: 'visitor' | 'agent' | 'bot') => (by === 'visitor' ? 'visitor' : 'agent')

const modeOf = (world: World) => (world.account?.mode === 'offline' ? 'offline' : 'online')

/** The widget's settings of a channel; a foreign widget id stands for the first. */
export const settingsOf = (world: World, publicId: string): WidgetSettings => {
  const channels = world.account?.channels ?? []
  return (channels.find(channel => channel.publicId === publicId) ?? channels[0])?.widget ?? defaultWidget
}

/** The newest chat of the visitor, if they were asked about it. */
const ratingOf = (world: World, visitor: number): Rating | null => {
  const chat = world.visitors[visitor]?.chats.at(-1)
  const rating = chat === undefined ? null : world.chats[chat]?.rating
  return chat === undefined || rating == null ? null : { chat, rate: rating.rate }
}

const lastCall = (world: World, visitor: number): PhoneCall | null => {
  const call = Object.values(world.calls).findLast(one => one.visitor === visitor && one.fromPage)
  return call === undefined ? null : phoneCall(call)
}

const phoneCall = ({ id: call, phone, status, reason }: Call): PhoneCall => ({ call, phone, status, ...(reason === undefined ? {} : { reason }) })

const contactsOf = (world: World, visitor: number): Contacts => world.visitors[visitor]?.contacts ?? { name: null, phone: null, email: null, description: null }

const agentName = (world: World, id: number | null) => world.account?.agents.find(agent => agent.id === id)?.name ?? null
