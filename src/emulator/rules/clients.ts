import type { ClientCard, Fact } from '../../contracts/journal.js'
import type { Contacts } from '../../contracts/page-channel.js'
import type { Visitor, World } from '../world/world.js'
import { openChat, personAtConsole } from './chats.js'
import { Refusal, type Theme } from './rule.js'

/** What an agent edits in the client's card. Only what differs from before is a fact; nothing new is no fact. */
export const clients: Theme = {
  decide: {
    'agent.editContacts': (world, { visitor: number, contacts }) => {
      const visitor = visitorOf(world, number)
      const changed = Object.fromEntries(
        Object.entries(contacts).filter(([key, value]) => value !== undefined && value !== visitor.contacts[key as keyof Contacts]),
      )
      if (Object.keys(changed).length === 0) return []
      const chat = openChat(world, number)
      const about = { visitor: number, ...(chat?.status === 'accepted' ? { chat: chat.id } : {}), agent: personAtConsole(world) }
      return [{ type: 'contacts.edited', ...about, contacts: changed }]
    },

    'agent.editAttributes': (world, { visitor: number, attributes }) => {
      const visitor = visitorOf(world, number)
      const changed = Object.entries(attributes).filter(
        ([name, value]) => value !== (Object.hasOwn(visitor.attributes, name) ? visitor.attributes[name] : null),
      )
      if (changed.length === 0) return []
      return [{ type: 'attributes.edited', visitor: number, agent: personAtConsole(world), attributes: Object.fromEntries(changed) }]
    },

    'agent.editClient': (world, { visitor: number, client }) => {
      const visitor = visitorOf(world, number)
      const { assignedAgent } = client
      if (assignedAgent != null && world.account?.agents.some(({ id }) => id === assignedAgent) !== true) {
        throw new Refusal(404, 'no-agent', `There is no agent ${assignedAgent}.`, 'assignedAgent')
      }
      const changed = Object.entries(client).filter(
        ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(visitor.client[key as keyof ClientCard]),
      )
      if (changed.length === 0) return []
      return [{ type: 'client.edited', visitor: number, agent: personAtConsole(world), client: Object.fromEntries(changed) } satisfies Fact]
    },
  },
}

/** The visitor with this number, or a refusal. */
export const visitorOf = (world: World, number: number): Visitor => {
  const visitor = world.visitors[number]
  if (visitor === undefined) throw new Refusal(404, 'no-visitor', `There is no visitor ${number}.`, 'visitor')
  return visitor
}

/** The public id of the channel that the visitor was last in. */
export const channelOf = (world: World, { chats, from }: Visitor): string =>
  world.chats[chats.at(-1) ?? 0]?.channel ?? from?.channel ?? world.account?.channels[0]?.publicId ?? ''
