import type { EventOf } from '../../contracts/journal.js'
import type { Chat, Visitor, World } from '../../emulator/world/world.js'
import { cut } from '../../reading/format.js'
import type { Words } from '../words.js'

export const nameOf = (visitor: Visitor | undefined, words: Words): string => cut(visitor?.contacts.name ?? '', 80) || words.visitor(visitor?.number ?? 0)

/** The channel that a chat came from; null for the site, which most do. */
export const channelName = (world: World, chat: Chat): string | null => nameOfChannel(world, chat.channel)

/** Where a client of a channel writes, and what it calls them; null for visitors of a site. */
export const channelOfVisitor = (world: World, { from }: Visitor): string | null => {
  const name = from === null ? null : nameOfChannel(world, from.channel)
  return name === null || from === null ? null : `${name}, ${cut(from.id, 80)}`
}

const nameOfChannel = (world: World, publicId: string): string | null => {
  const channel = world.account?.channels.find(one => one.publicId === publicId)
  return channel === undefined || channel.type === 'site' ? null : cut(channel.name, 40)
}

/** Two letters for the round mark. */
export const initials = (name: string): string => {
  const [first = '', second = ''] = name.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word))
  const letters = [...first].slice(0, 1).concat([...second].slice(0, 1))
  return letters.join('').toUpperCase() || '?'
}

/** `Chrome 130, Linux` out of a user agent, or its beginning when it is none we know. */
export const browserOf = (userAgent: string): string => {
  const browsers: [string, RegExp][] = [
    ['Edge', /Edg\/(\d+)/],
    ['Opera', /OPR\/(\d+)/],
    ['Yandex', /YaBrowser\/(\d+)/],
    ['Firefox', /Firefox\/(\d+)/],
    ['Chrome', /Chrome\/(\d+)/],
    ['Safari', /Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/],
  ]
  const systems: [string, RegExp][] = [
    ['Android', /Android/],
    ['iOS', /iPhone|iPad/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['Linux', /Linux|X11/],
  ]
  const browser = browsers.map(([name, pattern]) => [name, pattern.exec(userAgent)?.[1]]).find(([, version]) => version !== undefined)
  if (browser === undefined) return cut(userAgent, 60)
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0]
  return `${browser.join(' ')}${system === undefined ? '' : `, ${system}`}`
}

/** An address that may become a link: anything else could run a script in this page. */
export const webAddress = (text: string | undefined): string | null => {
  if (text === undefined || !URL.canParse(text)) return null
  const { protocol, href } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? href : null
}

/** The event that one part of the card came with last. */
export const sourceOf = (changes: readonly EventOf<'card.changed'>[], part: keyof EventOf<'card.changed'>['card']): EventOf<'card.changed'> | undefined =>
  changes.findLast(({ card }) => card[part] !== undefined)
