import type { BotMessage } from '../../contracts/bot-api.js'
import type { ChannelProfile } from '../../contracts/channel-types.js'
import type { MessageContent } from '../../contracts/messages.js'
import { plainMarkdown } from './plain-markdown.js'

const media = { PHOTO: 'photo', VIDEO: 'video', AUDIO: 'audio', VOICE: 'voice', DOCUMENT: 'document' } as const

/** What a message of a bot is to the client of a channel, and the text for a place that shows none of it. */
export const contentOf = (message: BotMessage, channel: ChannelProfile): { readonly text: string; readonly content?: MessageContent } => {
  switch (message.type) {
    case 'TEXT':
      return { text: cut(message.text) }
    case 'MARKDOWN': {
      const text = cut(message.text || plainMarkdown(message.content) || message.content)
      return channel.hasMarkdown ? { text, content: { kind: 'markdown', markdown: cut(message.content) } } : { text }
    }
    case 'BUTTONS': {
      const { title = '', text = '', force_reply: isForced } = message
      const buttons = message.buttons.map(({ text, id }, at) => ({ id: String(id ?? at + 1).slice(0, 100), text: text.slice(0, 1_000) }))
      if (!channel.hasButtons) {
        const list = buttons.map((button, at) => `${at + 1}. ${button.text}`)
        return { text: cut(text || (title === '' ? list : [title, ...list]).join('\n')) }
      }
      return {
        text: cut(title || text || buttons.map(button => button.text).join(' / ')),
        content: { kind: 'buttons', buttons, ...(isForced === true && channel.canForceReply ? { forceReply: true } : {}) },
      }
    }
    case 'LOCATION':
      return {
        text: cut(message.text || `${message.latitude}, ${message.longitude}`),
        content: { kind: 'location', latitude: message.latitude, longitude: message.longitude },
      }
    default: {
      const { file, text = '' } = message
      const kind = media[message.type]
      if (!channel.media.includes(kind)) return { text: text === '' ? file : `${cut(text)}\n${file}` }
      const name = file.split(/[?#]/)[0]?.split('/').slice(3).at(-1) || 'file'
      return { text: cut(text || name), content: { kind: 'file', media: kind, url: file, name: name.slice(0, 300), size: null, type: '' } }
    }
  }
}

const cut = (text: string) => text.slice(0, 10_000)
