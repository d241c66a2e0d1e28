import type * as z from 'zod'
import { type BotEventName, type BotRequestName, botEvents, botRequests } from '../src/contracts/bot-api.js'
import { channelTypes, profileOfType } from '../src/contracts/channel-types.js'
import type { Event } from '../src/contracts/journal.js'
import { fieldsOf } from '../src/contracts/paths.js'
import { makeAccount } from '../src/emulator/account.js'
import { commit } from '../src/emulator/commit.js'
import type { Input } from '../src/emulator/rules/inputs.js'
import { createSecretStore } from '../src/emulator/secrets.js'
import { emptyWorld } from '../src/emulator/world/world.js'
import { anchorOf, bareLegend, code, fieldTable, json, prose, table } from './webhooks-page.js'

/** The reference of the Bot API, `docs/bot-api.md`, made of the contracts and of what the rules send. */

/** When the emulator sends an event. */
const sent: Readonly<Record<BotEventName, string>> = {
  CLIENT_MESSAGE: 'The client wrote in a chat that the bot has.',
  AGENT_JOINED: 'An agent accepted the chat, by an invitation or by themselves. From then on the bot has no say in it.',
  AGENT_MESSAGE: "The agent wrote, so that the bot knows what was said. What the client writes meanwhile is the agent's alone.",
  AGENT_UNAVAILABLE: 'The bot invited an agent, and nobody is online. The bot keeps the chat.',
  CHAT_CLOSED: 'The agent finished the chat, or the client left. The next message begins a new chat, with a number of its own, and that is for the bot again.',
}

/** What each request does. */
const does: Readonly<Record<BotRequestName, string>> = {
  BOT_MESSAGE: 'The client reads a message of the bot. Any number may follow one message of the client, at any time while the bot has the chat.',
  INVITE_AGENT: 'The chat goes to the agents, or AGENT_UNAVAILABLE comes back.',
  CLIENT_INFO: 'Contacts of the client, which stand on the card from then on. What is left out stays.',
  INIT_RATE: 'The client is asked how the chat went, once.',
}

const ids = { id: '0b3f6d0e-1', client_id: '1', chat_id: '9001' }

const requests = {
  BOT_MESSAGE: { event: 'BOT_MESSAGE', ...ids, message: { type: 'TEXT', text: 'Size 40 is back.', timestamp: 1_754_000_000 } },
  INVITE_AGENT: { event: 'INVITE_AGENT', ...ids },
  CLIENT_INFO: { event: 'CLIENT_INFO', ...ids, name: 'Ada', email: 'ada@mail.example' },
  INIT_RATE: { event: 'INIT_RATE', ...ids },
} as const satisfies Record<BotRequestName, object>

/** What every answer that is not 200 means. A test compares them with those that the emulator gives. */
const statuses: Readonly<Record<number, string>> = {
  200: '`{}`: it is in the journal. What stands in the body is a guess.',
  400: 'The body is cut off, is not JSON, lacks a field, or has a wrong one. The message names the field.',
  401: 'No bot has this provider id and token.',
  404: 'There is no such chat, or it is not of this bot; or the address has no token, or more behind it.',
  405: 'The method is not `POST`, or bots do not send this `event`.',
  413: 'The body is longer than 1 MiB. A limit of ours: Jivo names none.',
  415: 'With `--strict`: the content type is not `application/json`.',
  429: 'More requests than the account allows; `Retry-After` has the seconds until the next. Jivo names no numbers, so there is no limit unless you set one.',
  403: 'Forbidden; only with `--refuse-with 403`.',
  500: 'The request could not be processed; only with `--refuse-with 500`.',
  502: 'Overloaded; only with `--refuse-with 502`.',
  503: 'Not available; only with `--refuse-with 503`.',
  504: 'Not carried out in time; only with `--refuse-with 504`.',
}

/** What is taken with a warning, and refused with `--strict`. */
const strictness = [
  ['`client_id` or `chat_id` as a number', 'Jivo told the maker of a bot that both must be strings'],
  ['no `client_id`; no `chat_id`, where the newest chat of the client is meant', 'bots that work send both'],
  ['a `client_id` that is not the client of the chat', 'the example of CLIENT_MESSAGE'],
  ['more than three buttons', 'bots made for the oldest documents'],
  ['PHOTO, VIDEO, AUDIO, VOICE, DOCUMENT, LOCATION', 'no bot in production was seen to send one: they send a link in a TEXT'],
  ['another content type than `application/json`', 'the documents, which have JSON in both directions'],
  ['BOT_MESSAGE or INVITE_AGENT for a chat that waits for an agent, has one, or is closed; nothing happens', 'an independent implementation'],
]

export const botPage = (): string => {
  const examples = sentBodies()
  return `${[
    '<!-- Made by `npm run docs` from src/contracts and the rules of the emulator: edit those. -->',
    '# Bot API',
    'Every event between Jivo and a bot, and how sure each fact is. In the terminal the same is `jivo-dev schema bot`; `jivo-dev schema BOT_MESSAGE --json` is a JSON Schema. Start with `jivo-dev emulate --bot URL`.',
    contents(),
    '## How to read this',
    bareLegend(),
    '## How they talk',
    [
      '- Both sides `POST` JSON. Jivo asks the bot at its address with the token behind it, `URL/TOKEN`; the bot speaks at `/webhooks/{provider_id}/{token}` of `bot.jivosite.com`, or of the emulator: the banner shows the address.',
      '- The bot has 3 s to answer with 200, and is asked twice more with the same `id`; after that the chat goes to the agents. That is documented. That nothing lies between the attempts is guessed, and that any status from 200 to 299 counts.',
      '- What stands in that answer means nothing. The bot speaks by a request of its own, whenever it is ready.',
      '- With a limit of time for the answer (off unless you set one: its length is not documented) the chat goes to the agents when the bot took a message and said nothing.',
      '- The events of one chat come one after the other. Those of different chats do not wait for each other.',
    ].join('\n'),
    '## Events for the bot',
    ...Object.entries(botEvents).flatMap(([name, schema]) => [
      `### ${code(name)}`,
      prose(sent[name as BotEventName]),
      fieldTable(fieldsOf(schema)),
      example(examples[name as BotEventName]),
    ]),
    '## Requests of the bot',
    ...Object.entries(botRequests).flatMap(([name, schema]) => [
      `### ${code(name)}`,
      prose(does[name as BotRequestName]),
      // The kinds of messages have a chapter of their own.
      fieldTable(fieldsOf(schema).filter(({ path }) => !path.startsWith('message.'))),
      example(schema.parse(requests[name as BotRequestName])),
    ]),
    '## Messages',
    'What stands in `message` of BOT_MESSAGE. Keys that Jivo does not know are let through and mean nothing.',
    ...botRequests.BOT_MESSAGE.shape.message.options.flatMap(option => [
      `### ${[...option.shape.type.values].map(code).join('')}`,
      fieldTable(fieldsOf(option as z.ZodType, 'message')),
    ]),
    '## What channels show',
    'Where a channel has no buttons or no markdown, the client reads `text`, or else the title and a numbered list, or the markdown without its marks. A kind of file that it does not have becomes a link. `force_reply` counts in the widget and in the app. All of it is a guess, from what these services are known to show; so is `channel.type`, but for `widget`.',
    table(
      ['channel', '`channel.type`', 'buttons', 'markdown', '`force_reply`', 'files'],
      channelTypes.map(type => {
        const { label, botType, hasButtons, hasMarkdown, canForceReply, media } = profileOfType(type)
        return [label, code(botType), ...[hasButtons, hasMarkdown, canForceReply].map(has => (has ? 'yes' : '')), media.join(', ')]
      }),
    ),
    '## Answers',
    'An answer that is not 200 is `{"error": {"code", "message"}}`, and a `request.refused` in the journal, which names the field and where the rule comes from. Tokens are in neither.',
    table(['status', 'when'], Object.entries(statuses)),
    '## Strict and lenient',
    'Taken with a warning in the journal, and refused with `--strict`:',
    table(['what', 'where the rule comes from'], strictness),
  ].join('\n\n')}\n`
}

const chapters: readonly [title: string, names: readonly string[]][] = [
  ['How to read this', []],
  ['How they talk', []],
  ['Events for the bot', Object.keys(botEvents)],
  ['Requests of the bot', Object.keys(botRequests)],
  ['Messages', botRequests.BOT_MESSAGE.shape.message.options.flatMap(({ shape }) => [...shape.type.values])],
  ['What channels show', []],
  ['Answers', []],
  ['Strict and lenient', []],
]

const contents = () =>
  chapters
    .map(([title, names]) => {
      const links = names.map(name => `[${code(name)}](#${anchorOf(name)})`)
      return `- [${title}](#${anchorOf(title)})${links.length === 0 ? '' : `: ${links.join(', ')}`}`
    })
    .join('\n')

const example = (body: unknown) => `<details><summary>Example</summary>\n\n${json(body)}\n\n</details>`

/** One body of each event, as the rules make it of a short conversation. */
const sentBodies = (): Record<BotEventName, unknown> => {
  const world = emptyWorld()
  const journal: Event[] = []
  const put = (...inputs: Input[]) => {
    for (const input of inputs) journal.push(...commit(world, input, 1_754_000_000_000))
  }
  const accountOf = (mode: 'manual' | 'offline') =>
    makeAccount({ seed: 1, mode, bots: [{ url: 'https://bot.example/jivo', token: 'token' }] }, null, createSecretStore())
  const start = (mode: 'manual' | 'offline'): Input => ({
    type: 'emulator.start',
    version: 'docs',
    seed: 1,
    origin: 'http://127.0.0.1:7410',
    account: accountOf(mode),
    dropped: 0,
  })
  const invite: Input = { type: 'bot.request', bot: 'bot1', request: requests.INVITE_AGENT, doubts: [] }
  put(
    start('offline'),
    { type: 'client.come', channel: 'site', id: 'ada', contacts: { name: 'Ada' }, page: { url: 'https://shop.example/cart', title: 'Cart' } },
    { type: 'client.write', visitor: 1, id: 'm1', text: 'Is size 40 back?' },
    invite,
    start('manual'),
    invite,
    { type: 'agent.reply', chat: 9001, id: 'm2', text: 'Hello, Ada.' },
    { type: 'agent.finish', chat: 9001 },
  )
  const bodies = new Map(journal.flatMap(event => (event.type === 'delivery.scheduled' ? [[event.event, event.body] as const] : [])))
  return Object.fromEntries(Object.entries(botEvents).map(([name, schema]) => [name, schema.parse(bodies.get(name))])) as Record<BotEventName, unknown>
}
