import type { Channel } from '../../contracts/account.js'
import type { ChannelMessage, ChatEvent } from '../../contracts/chat-api.js'
import type { EventOf } from '../../contracts/journal.js'
import type { Chat, World } from '../world/world.js'
import { personAtConsole } from './chats.js'

/** Bodies of the Chat API as Jivo sends them. */

/** Most keys of a keyboard. */
export const mostKeys = 7

/** What an agent or a bot said. A file of ours has a whole address: who fetches it is on another server. Markdown goes as its text. */
export const messageBody = (world: World, { message: id, at, text, content }: EventOf<'message.sent'>): ChannelMessage => {
  const about = { id, date: seconds(at) }
  switch (content?.kind) {
    case 'file': {
      const { media, url, name, type, size } = content
      return {
        type: media === 'voice' ? 'audio' : media,
        ...about,
        file: url.startsWith('/') ? `${world.origin}${url}` : url,
        ...(text === name ? {} : { text }),
        file_name: name,
        ...(type === '' ? {} : { mime_type: type }),
        ...(size === null ? {} : { file_size: size }),
      }
    }
    case 'location':
      return { type: 'location', ...about, title: text.slice(0, 1_000), latitude: content.latitude, longitude: content.longitude }
    case 'buttons':
      return {
        type: 'keyboard',
        ...about,
        title: text.slice(0, 1_000),
        keyboard: content.buttons.slice(0, mostKeys).map(({ id: key, text: label }) => ({ id: key, text: label })),
      }
    default:
      return { type: 'text', ...about, text }
  }
}

export const seconds = (at: number): number => Math.floor(at / 1_000)

/**
 * The body with who speaks for Jivo: the agent who has the chat, or its bot while it has it.
 *
 * @param agent who said it; the chat's own when absent
 */
export const chatEventBody = (world: World, chat: Chat, client: string, message: ChannelMessage, agent = chat.agent): ChatEvent => ({
  sender: speakerOf(world, chat, agent),
  recipient: { id: client },
  message,
})

const speakerOf = (world: World, chat: Chat, agent: number | null): ChatEvent['sender'] => {
  const { account } = world
  const bot = agent === null ? account?.bots.find(({ id }) => id === chat.bot) : undefined
  if (bot !== undefined) return { id: bot.id, name: bot.name }
  const number = agent ?? personAtConsole(world)
  const { name = '', email, phone = null } = account?.agents.find(({ id }) => id === number) ?? {}
  return { id: String(number), name, ...(email === undefined ? {} : { email }), ...(phone === null ? {} : { phone }) }
}

/** The channel of a chat, when it is one of the Chat API. */
export const chatChannelOf = (world: World, chat: Chat | undefined): Channel | undefined =>
  world.account?.channels.find(({ publicId, type }) => publicId === chat?.channel && type === 'chat-api')
