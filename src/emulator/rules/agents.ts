import type { Fact } from '../../contracts/journal.js'
import type { Chat, World } from '../world/world.js'
import { personAtConsole } from './chats.js'
import type { Theme } from './rule.js'

/** The agent that works by itself: it accepts every chat and answers every message until a person takes the chat. */
export const agents: Theme = {
  react: {
    // A chat that a bot has waits for nobody.
    'chat.started': (world, { chat, visitor, bot }) => (bot === undefined ? accept(world, chat, visitor) : []),
    'chat.handed': (world, { chat, visitor }) => accept(world, chat, visitor),

    'chat.accepted': (world, { chat, hands }) => (hands === 'auto' ? answer(world, world.chats[chat]) : []),

    'message.sent': (world, { chat: id, by }) => {
      const chat = world.chats[id]
      return by === 'visitor' && chat?.status === 'accepted' && chat.hands === 'auto' ? answer(world, chat) : []
    },
  },
}

const accept = (world: World, chat: number, visitor: number): Fact[] =>
  world.account?.mode === 'auto' ? [{ type: 'chat.accepted', chat, visitor, agent: personAtConsole(world), hands: 'auto' }] : []

const words = {
  en: {
    hello: (name: string) => `Hello, I am ${name}. I answer by myself; open the console to answer in my place.`,
    echo: (text: string) => `You wrote: ${text}`,
  },
  ru: {
    hello: (name: string) => `Здравствуйте, я ${name}. Я отвечаю автоматически; откройте консоль, чтобы ответить вместо меня.`,
    echo: (text: string) => `Вы написали: ${text}`,
  },
}

const answer = (world: World, chat: Chat | undefined): Fact[] => {
  const last = chat?.messages.at(-1)
  if (chat === undefined || last === undefined || last.by !== 'visitor') return []
  const { id, visitor, agent } = chat
  const say = words[world.visitors[visitor]?.lastPage?.language.startsWith('ru') ? 'ru' : 'en']
  const isFirst = !chat.messages.some(({ by }) => by === 'agent')
  const name = world.account?.agents.find(agentOf => agentOf.id === agent)?.name ?? ''
  return [
    {
      type: 'message.sent',
      chat: id,
      visitor,
      // Derived from the message that is answered, so that the same journal comes out of the same input.
      message: `${last.id}r`,
      by: 'agent',
      ...(agent === null ? {} : { agent }),
      text: isFirst ? say.hello(name) : say.echo(last.text),
    },
  ]
}
