import type { ChannelMessage, ChatRequest } from '../../contracts/chat-api.js'
import type { Fact } from '../../contracts/journal.js'
import type { MessageContent } from '../../contracts/messages.js'
import type { World } from '../world/world.js'
import { history } from './chats.js'

/** What a client of the Chat API says, as agents read it. */

type Spoken = Exclude<ChannelMessage, { type: 'typein' | 'typeout' | 'seen' | 'rate' | 'start' | 'stop' }>

/** What the agent sees, and the text for a place that shows none of it. */
export const contentOf = (message: Spoken): { readonly text: string; readonly content?: MessageContent } => {
  switch (message.type) {
    case 'text':
      return { text: message.text }
    case 'location': {
      const { latitude, longitude, title = '' } = message
      return { text: title || `${latitude}, ${longitude}`, content: { kind: 'location', latitude, longitude, ...(title === '' ? {} : { title }) } }
    }
    case 'keyboard':
      return { text: message.keyboard.map(({ text }) => text).join(', ') }
    default: {
      const { type: media, file: url, text, file_name: given, mime_type: type = '', file_size: size = null } = message
      const name = given || url.split(/[?#]/)[0]?.split('/').slice(3).at(-1)?.slice(0, 300) || 'file'
      return { text: text || name, content: { kind: 'file', media, url, name, size, type } }
    }
  }
}

type Button = NonNullable<Extract<Fact, { type: 'message.sent' }>['button']>

/** The button of ours that a choice of keys answers: the newest with the id of a key, or its text where it has no id. */
export const buttonOf = (world: World, visitor: number, keys: Extract<ChannelMessage, { type: 'keyboard' }>['keyboard']): Button | undefined => {
  for (const { id: message, by, content } of history(world, visitor).reverse()) {
    if (by === 'visitor' || content?.kind !== 'buttons') continue
    const pressed = content.buttons.find(button => keys.some(key => (key.id === undefined ? key.text === button.text : String(key.id) === button.id)))
    if (pressed !== undefined) return { message, id: pressed.id }
  }
  return undefined
}

/** Longest id of a client's message that ours has in it: ours are made longer still. */
const longestId = 200

/** Clients send one id with every message: ours is made of its place in the journal, with theirs behind it. */
export const ownId = (world: World, id: ChannelMessage['id']): string => {
  const given = id === undefined ? '' : String(id)
  return `c${world.seq + 1}${given === '' || given.length > longestId ? '' : `-${given}`}`
}

/** The id that the client gave a message; undefined where there was none. */
export const givenId = (own: string): string | undefined => /^c\d+-(.*)$/s.exec(own)?.[1]

/** Milliseconds in which the same message with the same id is a repetition: a guess, nobody documents one. */
const repeatsWithin = 10_000

/** Whether the client used the id before, and whether the whole message is the same as a moment ago. */
export const repetitionOf = (
  world: World,
  visitor: number,
  { id }: ChatRequest['message'],
  said: ReturnType<typeof contentOf>,
  now: number,
): 'none' | 'id' | 'message' => {
  if (id === undefined) return 'none'
  const earlier = history(world, visitor).filter(message => message.by === 'visitor' && givenId(message.id) === String(id))
  const isSame = earlier.some(
    ({ text, content, at }) => now - at <= repeatsWithin && text === said.text && JSON.stringify(content) === JSON.stringify(said.content),
  )
  return isSame ? 'message' : earlier.length > 0 ? 'id' : 'none'
}
