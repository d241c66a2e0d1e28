import type { Channel } from '../../contracts/account.js'
import { type ChannelProfile, type ChannelType, channelTypes, profileOfType } from '../../contracts/channel-types.js'
import type { Fact } from '../../contracts/journal.js'
import type { Contacts } from '../../contracts/page-channel.js'
import { channelNamed, newChannel } from '../account.js'
import type { World } from '../world/world.js'
import { liveOrFinishedChat, openChat, written } from './chats.js'
import { channelOf, visitorOf } from './clients.js'
import { Refusal, type Theme } from './rule.js'

/** Clients who write in a channel rather than in a widget on a page: a messenger, an app, e-mail, a channel of the Chat API. */
export const messengers: Theme = {
  decide: {
    'client.come': (world, { channel: name, id, contacts, page }) => {
      const { channel, added } = channelFor(world, name)
      const isNew = world.visitorKeys[keyOf(channel, id)] === undefined
      const sample = isNew ? sampleContacts(profileOfType(channel.type), world.next.visitor) : {}
      return [...added, ...arrival(world, channel, id, { ...sample, ...contacts }, page)]
    },

    'client.write': (world, { type: _, visitor: number, ...message }) => {
      const visitor = visitorOf(world, number)
      return written(world, { visitor: number, channel: channelOf(world, visitor) }, message)
    },

    'client.type': (world, { visitor: number, text }) => {
      const visitor = visitorOf(world, number)
      if (text === (visitor.typing ?? '')) return []
      return [{ type: 'typing.changed', visitor: number, by: 'visitor', on: text !== '', ...(text === '' ? {} : { text }) }]
    },

    'client.rate': (world, { visitor: number, rate }) => {
      const chat = liveOrFinishedChat(world, visitorOf(world, number).chats.at(-1) ?? 0)
      return chat.rating?.rate === rate ? [] : [{ type: 'chat.rated', chat: chat.id, visitor: number, rate }]
    },

    'client.leave': (world, { visitor: number }) => {
      visitorOf(world, number)
      const chat = openChat(world, number)
      if (chat === undefined) throw new Refusal(409, 'no-chat', `Visitor ${number} has no open chat to leave.`, 'visitor')
      return [{ type: 'chat.finished', chat: chat.id, visitor: number, by: 'visitor' }]
    },
  },
}

/** What is new about a client of a channel: that they are there at all, their contacts, their page. Nothing new is no fact. */
export const arrival = (
  world: World,
  channel: Channel,
  id: string,
  contacts: { readonly [Key in keyof Contacts]?: string | null | undefined },
  page?: { readonly url: string; readonly title: string },
): Fact[] => {
  const key = keyOf(channel, id)
  const number = world.visitorKeys[key]
  const known = number === undefined ? undefined : world.visitors[number]
  const visitor = number ?? world.next.visitor
  const given = Object.fromEntries(Object.entries(contacts).filter(([name, value]) => value != null && value !== known?.contacts[name as keyof Contacts]))
  const isElsewhere = page !== undefined && (page.url !== known?.lastPage?.url || page.title !== known.lastPage.title)
  return [
    ...(known === undefined ? [{ type: 'visitor.appeared', visitor, key, from: { channel: channel.publicId, id } } satisfies Fact] : []),
    ...(Object.keys(given).length === 0 ? [] : [{ type: 'contacts.given', visitor, via: 'channel', contacts: given } satisfies Fact]),
    ...(isElsewhere ? [{ type: 'visitor.moved', visitor, ...page } satisfies Fact] : []),
  ]
}

/** The key of a client among all visitors: what the channel calls them, behind the channel's own id. */
export const keyOf = ({ publicId }: Channel, id: string): string => `${publicId}:${id}`

/** A channel by its name, or by a type that the account does not have yet. */
const channelFor = (world: World, name: string): { readonly channel: Channel; readonly added: Fact[] } => {
  const { account } = world
  const known = channelNamed(account?.channels ?? [], name)
  if (known !== undefined) return { channel: known, added: [] }
  if (account === null || !(channelTypes as readonly string[]).includes(name)) {
    const names = (account?.channels ?? []).map(channel => channel.name)
    throw new Refusal(404, 'no-channel', `There is no channel ${name.slice(0, 60)}. There are ${[...names, ...channelTypes].join(', ')}.`, 'channel')
  }
  const channel = { ...newChannel(name as ChannelType, 0, world.seed), webhook: account.channels[0]?.webhook ?? null }
  return { channel, added: [{ type: 'account.changed', account: { ...account, channels: [...account.channels, channel] } }] }
}

/** What such a channel tells of every client. Sample data of ours, made of the visitor's number. */
const sampleContacts = ({ label, knows }: ChannelProfile, visitor: number) => ({
  ...(knows.includes('name') ? { name: `${label} client ${visitor}` } : {}),
  ...(knows.includes('phone') ? { phone: `+7900555${String(visitor).padStart(4, '0')}` } : {}),
  ...(knows.includes('email') ? { email: `client${visitor}@mail.example` } : {}),
})
