import type { FileContent } from './messages.js'

/**
 * Where a chat can come from: every channel that Jivo names. Plain data, loaded with the emulator.
 *
 * Only the site's channel is documented for developers. What the others can show is how these services are known to be, and
 * their `channel.type` in the events of bots is a guess.
 */
export interface ChannelProfile {
  readonly label: string
  /** `channel.type` in the events of bots: `widget` is documented, the others are guesses. */
  readonly botType: string
  /** The client writes from a page, whose address and title agents, bots and webhooks get. */
  readonly hasPage: boolean
  /** What is known of every client from the start. */
  readonly knows: readonly ('name' | 'phone' | 'email')[]
  readonly hasButtons: boolean
  readonly hasMarkdown: boolean
  /** A message can keep the client from typing until a button is pressed. */
  readonly canForceReply: boolean
  /** Kinds of files that the client can be shown; others reach them as a link. */
  readonly media: readonly FileContent['media'][]
  /** Agents see what the client types. */
  readonly hasTyping: boolean
}

const allMedia = ['photo', 'video', 'audio', 'voice', 'sticker', 'document'] as const

const messenger = {
  hasPage: false,
  knows: ['name'],
  hasButtons: false,
  hasMarkdown: false,
  canForceReply: false,
  media: allMedia,
  hasTyping: false,
} as const

export const channelProfiles = {
  site: {
    label: 'Site',
    botType: 'widget',
    hasPage: true,
    knows: [],
    hasButtons: true,
    hasMarkdown: true,
    canForceReply: true,
    media: allMedia,
    hasTyping: true,
  },
  app: { ...messenger, label: 'Mobile app', botType: 'sdk', hasButtons: true, hasMarkdown: true, canForceReply: true, hasTyping: true, knows: [] },
  vk: { ...messenger, label: 'VK', botType: 'vk', hasButtons: true },
  whatsapp: { ...messenger, label: 'WhatsApp', botType: 'whatsapp', knows: ['name', 'phone'], hasButtons: true },
  telegram: { ...messenger, label: 'Telegram', botType: 'telegram', hasButtons: true, hasMarkdown: true },
  viber: { ...messenger, label: 'Viber', botType: 'viber', hasButtons: true },
  ok: { ...messenger, label: 'Odnoklassniki', botType: 'ok' },
  email: { ...messenger, label: 'E-mail', botType: 'email', knows: ['name', 'email'], media: ['photo', 'video', 'audio', 'document'] },
  avito: { ...messenger, label: 'Avito', botType: 'avito', media: ['photo'] },
  drom: { ...messenger, label: 'Drom', botType: 'drom', media: ['photo'] },
  '2gis': { ...messenger, label: '2GIS', botType: '2gis', media: ['photo'] },
  apple: {
    ...messenger,
    label: 'Apple Messages',
    botType: 'apple',
    knows: [],
    hasButtons: true,
    hasMarkdown: true,
    media: ['photo', 'video', 'audio', 'document'],
  },
  aliexpress: { ...messenger, label: 'AliExpress', botType: 'aliexpress', media: ['photo'] },
  'chat-api': { ...messenger, label: 'Chat API', botType: 'chat_api', knows: [], hasButtons: true, hasTyping: true },
} as const satisfies Readonly<Record<string, ChannelProfile>>

export type ChannelType = keyof typeof channelProfiles

export const channelTypes = Object.keys(channelProfiles) as readonly ChannelType[]

export const profileOfType = (type: ChannelType): ChannelProfile => channelProfiles[type]
