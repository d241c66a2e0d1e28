import type { Event } from '../contracts/journal.js'
import type { ChatMessage, Contacts, ServerFrame } from '../contracts/page-channel.js'
import { history, openChat } from './rules/chats.js'
import type { World } from './world/world.js'

/** What a page may know: its own visitor's conversation and nothing else. */

/** Everything the widget shows when it connects. */
export const welcome = (world: World, visitor: number): ServerFrame => {
  const chat = openChat(world, visitor)
  return {
    type: 'welcome',
    seq: world.seq,
    visitor,
    mode: modeOf(world),
    contacts: contactsOf(world, visitor),
    agent: chat?.status === 'accepted' ? agentName(world, chat.agent) : null,
    messages: history(world, visitor).map(({ agent: _, ...message }) => message),
  }
}

/** Whom a frame is for: one page, every page of a visitor, or every page. */
export type Audience = { readonly page: string } | { readonly visitor: number } | 'all'

/** What an event means for pages, or undefined when it is none of their business. */
export const frameOf = (world: World, event: Event): { readonly to: Audience; readonly frame: ServerFrame } | undefined => {
  const { seq } = event
  switch (event.type) {
    case 'message.sent': {
      const { message: id, by, agent, text, at, visitor } = event
      const name = agentName(world, agent ?? null)
      const message: ChatMessage = { id, by, ...(name === null ? {} : { name }), text, at }
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
      return { to: 'all', frame: { type: 'mode', seq, mode: modeOf(world) } }
    case 'callback.scheduled':
      return { to: { page: event.page }, frame: { type: 'callback', seq, callback: event.callback, args: event.args } }
    case 'offline.received':
      return { to: { page: event.page }, frame: { type: 'received', seq, id: event.form } }
    default:
      return undefined
  }
}

const modeOf = (world: World) => (world.account?.mode === 'offline' ? 'offline' : 'online')

const contactsOf = (world: World, visitor: number): Contacts => world.visitors[visitor]?.contacts ?? { name: null, phone: null, email: null, description: null }

const agentName = (world: World, id: number | null) => world.account?.agents.find(agent => agent.id === id)?.name ?? null
