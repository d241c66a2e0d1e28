import type { BotEvent, BotEventName } from '../../contracts/bot-api.js'
import { profileOfType } from '../../contracts/channel-types.js'
import type { EventOf } from '../../contracts/journal.js'
import type { MessageContent } from '../../contracts/messages.js'
import { uuidV1 } from '../uuid-v1.js'
import type { Chat, World } from '../world/world.js'

/** Bodies of the Bot API as Jivo sends them. `seq` and `at` of the event they follow from make their id. */

type Cause = { readonly seq: number; readonly at: number }

/** What only names the chat: AGENT_JOINED, AGENT_UNAVAILABLE, CHAT_CLOSED. */
export const chatBody = <Name extends Extract<BotEventName, 'AGENT_JOINED' | 'AGENT_UNAVAILABLE' | 'CHAT_CLOSED'>>(
  event: Name,
  { visitor, id }: Chat,
  { at, seq }: Cause,
): BotEvent<Name> => ({ event, id: uuidV1(at, seq), client_id: String(visitor), chat_id: String(id) }) as BotEvent<Name>

export const clientMessageBody = (world: World, chat: Chat, { seq, at, text, content, button }: EventOf<'message.sent'>): BotEvent<'CLIENT_MESSAGE'> => {
  const { account, visitors } = world
  const visitor = visitors[chat.visitor]
  const { name = null, phone = null, email = null } = visitor?.contacts ?? {}
  return {
    event: 'CLIENT_MESSAGE',
    id: uuidV1(at, seq),
    site_id: account?.siteId ?? '',
    client_id: String(chat.visitor),
    chat_id: String(chat.id),
    agents_online: account?.mode !== 'offline',
    sender: {
      id: chat.visitor,
      name: name ?? `Visitor ${chat.visitor}`,
      url: visitor?.lastPage?.url ?? '',
      has_contacts: Boolean(phone) || Boolean(email),
    },
    message: { ...messageOf(world, text, content), timestamp: seconds(at), ...(button === undefined ? {} : { button_id: button.id }) },
    channel: channelBody(world, chat),
  }
}

export const agentMessageBody = (world: World, chat: Chat, { seq, at, text, content, agent }: EventOf<'message.sent'>): BotEvent<'AGENT_MESSAGE'> => ({
  event: 'AGENT_MESSAGE',
  id: uuidV1(at, seq),
  site_id: world.account?.siteId ?? '',
  client_id: String(chat.visitor),
  chat_id: String(chat.id),
  sender: { id: agent ?? 0, name: world.account?.agents.find(({ id }) => id === agent)?.name ?? '' },
  message: { ...messageOf(world, text, content), timestamp: seconds(at) },
  channel: channelBody(world, chat),
})

const channelBody = (world: World, { channel: publicId }: Chat) => {
  const channel = world.account?.channels.find(one => one.publicId === publicId)
  return { id: channel?.id ?? '', type: profileOfType(channel?.type ?? 'site').botType }
}

const seconds = (at: number) => Math.floor(at / 1_000)

/** How a content reads to a bot. Its keys are a guess: those of the Chat API's media. A file of ours has a whole address: the bot is another server. */
const messageOf = (world: World, text: string, content: MessageContent | undefined): Omit<BotEvent<'CLIENT_MESSAGE'>['message'], 'timestamp'> => {
  switch (content?.kind) {
    case 'file': {
      const type = content.media.toUpperCase() as 'PHOTO' | 'VIDEO' | 'AUDIO' | 'VOICE' | 'STICKER' | 'DOCUMENT'
      const { url, name, type: mime, size } = content
      return {
        type,
        text,
        file: url.startsWith('/') ? `${world.origin}${url}` : url,
        file_name: name,
        ...(mime === '' ? {} : { mime_type: mime }),
        ...(size === null ? {} : { file_size: size }),
      }
    }
    case 'location':
      return { type: 'LOCATION', text, latitude: content.latitude, longitude: content.longitude }
    default:
      return { type: 'TEXT', text }
  }
}
