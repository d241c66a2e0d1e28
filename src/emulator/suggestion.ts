import type { Conversation } from '../contracts/suggestion.js'
import type { Chat, World } from './world/world.js'

/**
 * Asks an assistant for the agent's next answer.
 *
 * @throws Error whose message says what failed and what to do; agents see it
 */
export type Suggest = (conversation: Conversation) => Promise<string>

/** Messages that an assistant gets to read: enough to answer, and a long chat stays a short request. */
const mostMessages = 100

/** A chat as an assistant reads it. Notes and the visitor's token are left out. */
export const conversationOf = (world: World, chat: Chat): Conversation => {
  const visitor = world.visitors[chat.visitor]
  const { name = null, email = null, phone = null } = visitor?.contacts ?? {}
  const page = visitor?.lastPage ?? null
  return {
    chat_id: chat.id,
    language: page?.language ?? '',
    client: { number: chat.visitor, name, email, phone, page: page && { url: page.url, title: page.title } },
    messages: chat.messages.slice(-mostMessages).map(({ by, name: who, text, at }) => ({ by, ...(who === undefined ? {} : { name: who }), text, at })),
  }
}

const words = {
  en: {
    answer: (name: string, asked: string) => `Thank you${name}. You ask: “${asked}”. I will find out and come back to you.`,
    hello: (name: string) => `Hello${name}. How can I help?`,
    canned: 'A canned answer: no assistant is set, see emulate --suggest.',
  },
  ru: {
    answer: (name: string, asked: string) => `Спасибо${name}. Вы спрашиваете: «${asked}». Я узнаю и вернусь к вам.`,
    hello: (name: string) => `Здравствуйте${name}. Чем помочь?`,
    canned: 'Готовая заглушка: помощник не задан, см. emulate --suggest.',
  },
}

/** Letters of the client's question that are repeated. */
const longestQuote = 200

/** The answer while no assistant is set. It says of itself that it is canned. */
export const cannedSuggestion: Suggest = async ({ language, client, messages }) => {
  const say = words[language.startsWith('ru') ? 'ru' : 'en']
  const name = client.name === null ? '' : `, ${client.name}`
  const asked = messages.findLast(({ by }) => by === 'visitor')?.text
  return `${asked === undefined ? say.hello(name) : say.answer(name, [...asked].slice(0, longestQuote).join(''))} (${say.canned})`
}
