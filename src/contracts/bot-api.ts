import * as z from 'zod'
import { documented, guessed, observed } from './evidence.js'

/**
 * The Bot API: JSON events that Jivo and a bot's server POST to each other.
 *
 * Jivo's tables of the fields are not public as a whole: what they say of CLIENT_MESSAGE is known, the other bodies from
 * clients that work and from one independent implementation of the same interface.
 */

const page = documented('Bot API, events')
const sample = documented('Bot API, example of CLIENT_MESSAGE')
const clients = observed('bots in production')
const implementation = observed('an independent implementation of the interface')
const asMessage = guessed('only the name of the event is documented; shaped like CLIENT_MESSAGE')
const asInvite = guessed('only the name of the event is documented; shaped like INVITE_AGENT')
const files = guessed('the keys of files are not public; shaped like the media of the Chat API')
const contacts = guessed('only the purpose is documented: contact data of the client')

const digits = z.string().regex(/^\d+$/, 'expected digits in a string')
/** Ids come as strings. Numbers are what clients send all the same. */
const looseId = z.union([z.string().min(1), z.int()])

const eventName = <Name extends string>(name: Name, mark = page) => mark(z.literal(name), 'decides the shape of the body')

const sender = z.strictObject({
  id: sample(z.int(), 'the value of client_id, but as a number'),
  name: sample(z.string(), "the visitor's name"),
  url: sample(z.string(), 'page that the client writes from; empty in channels without pages'),
  has_contacts: sample(z.boolean(), 'whether a phone or an e-mail is known'),
})

const channel = z.strictObject({
  id: sample(digits),
  type: sample(z.string(), '`widget` is the only value in the documents; the names of the other channels are guesses'),
})

/** What a client said. Files come with a link to a copy. */
const clientMessage = z.strictObject({
  type: sample(z.enum(['TEXT', 'PHOTO', 'VIDEO', 'AUDIO', 'VOICE', 'DOCUMENT', 'STICKER', 'LOCATION']), 'TEXT in the example; the others are guesses'),
  text: sample(z.string()),
  timestamp: sample(z.int(), 'seconds since 1970'),
  button_id: clients(looseId.optional(), 'the button that was pressed; one live bot found it useless and goes by the text'),
  file: files(z.string().optional(), 'address of the file'),
  file_name: files(z.string().optional()),
  mime_type: files(z.string().optional()),
  file_size: files(z.int().optional(), 'bytes'),
  latitude: files(z.number().optional()),
  longitude: files(z.number().optional()),
})

const chatOnly = <Name extends string>(name: Name, mark: typeof implementation) =>
  z.strictObject({ event: eventName(name), id: mark(z.string()), client_id: mark(digits), chat_id: mark(digits) })

/** From Jivo to the bot. */
export const botEvents = {
  CLIENT_MESSAGE: z.strictObject({
    event: eventName('CLIENT_MESSAGE'),
    id: page(z.string(), 'a version-1 UUID, the same when it is sent again'),
    site_id: sample(digits, 'number of the account'),
    client_id: sample(digits, 'number of the client, the same over all of their chats'),
    chat_id: sample(digits, 'number of the chat; a new chat has a new one'),
    agents_online: sample(z.boolean(), 'whether somebody can take the chat'),
    sender: sample(sender),
    message: sample(clientMessage),
    channel: sample(channel),
  }),
  AGENT_JOINED: chatOnly('AGENT_JOINED', asInvite),
  AGENT_MESSAGE: z.strictObject({
    event: eventName('AGENT_MESSAGE'),
    id: asMessage(z.string()),
    site_id: asMessage(digits),
    client_id: asMessage(digits),
    chat_id: asMessage(digits),
    sender: asMessage(z.strictObject({ id: asMessage(z.int(), 'number of the agent'), name: asMessage(z.string()) })),
    message: asMessage(clientMessage),
    channel: asMessage(channel),
  }),
  AGENT_UNAVAILABLE: chatOnly('AGENT_UNAVAILABLE', implementation),
  CHAT_CLOSED: chatOnly('CHAT_CLOSED', implementation),
} as const

/** Times come in every shape, and none was reported as refused. */
const timestamp = clients(z.union([z.number(), z.string()]).nullish(), 'seconds, milliseconds, with a fraction, or their digits; Jivo asks for none')

const button = z.looseObject({
  text: clients(z.string().min(1), 'text of the button, which comes back as the text of the message'),
  id: clients(looseId.optional(), 'a string or a number; may be left out'),
})

const media = <Type extends string>(type: Type) =>
  z.looseObject({
    type: implementation(z.literal(type), 'not confirmed: every client in production sends a link in a TEXT'),
    file: implementation(
      z
        .string()
        .max(8_192)
        .regex(/^https?:\/\/[^\s"<>]+$/, 'expected an address that begins with http'),
      'address of the file',
    ),
    text: implementation(z.string().optional(), 'caption'),
    timestamp,
  })

/** What a bot may say. Keys that Jivo does not know are let through and mean nothing. */
const botMessage = z.discriminatedUnion('type', [
  z.looseObject({ type: page(z.literal('TEXT')), text: page(z.string().min(1)), timestamp }),
  z.looseObject({
    type: page(z.literal('MARKDOWN')),
    content: clients(z.string().min(1), 'the markdown'),
    text: clients(z.string().optional(), 'the same for channels without markup'),
    timestamp,
  }),
  z.looseObject({
    type: page(z.literal('BUTTONS')),
    title: clients(z.string().optional(), 'the question'),
    text: clients(z.string().optional(), 'the same for channels without buttons'),
    buttons: clients(z.array(button).min(1), 'at most three in the oldest documents; more are let through with a warning'),
    force_reply: clients(z.boolean().optional(), 'blocks free typing until a button is pressed; the Jivo chat only'),
    timestamp,
  }),
  media('PHOTO'),
  media('VIDEO'),
  media('AUDIO'),
  media('VOICE'),
  media('DOCUMENT'),
  z.looseObject({
    type: implementation(z.literal('LOCATION'), 'not confirmed'),
    latitude: implementation(z.number().min(-90).max(90)),
    longitude: implementation(z.number().min(-180).max(180)),
    text: implementation(z.string().optional()),
    timestamp,
  }),
])

/** The types of a bot's message. */
export const messageTypes: readonly string[] = botMessage.options.flatMap(({ shape }) => [...shape.type.values])

const toJivo = {
  id: clients(looseId.optional(), 'need not be a UUID; one client says that it is demanded'),
  client_id: clients(looseId.optional(), 'a string: Jivo told a client that numbers are wrong'),
  chat_id: clients(looseId.optional(), 'a string: Jivo told a client that numbers are wrong; one client leaves it out, and its newest chat is meant'),
  site_id: clients(looseId.optional(), 'not needed'),
}

/** From the bot to Jivo, at `POST /webhooks/{provider_id}/{token}`. */
export const botRequests = {
  BOT_MESSAGE: z.looseObject({ event: eventName('BOT_MESSAGE'), ...toJivo, message: clients(botMessage) }),
  INVITE_AGENT: z.looseObject({ event: eventName('INVITE_AGENT'), ...toJivo }),
  CLIENT_INFO: z.looseObject({
    event: eventName('CLIENT_INFO'),
    ...toJivo,
    name: contacts(z.string().nullish()),
    phone: contacts(z.string().nullish()),
    email: contacts(z.string().nullish()),
    description: contacts(z.string().nullish()),
  }),
  INIT_RATE: z.looseObject({ event: eventName('INIT_RATE', clients), ...toJivo }),
} as const

export type BotEventName = keyof typeof botEvents
export type BotEvent<Name extends BotEventName = BotEventName> = z.infer<(typeof botEvents)[Name]>
export type BotRequestName = keyof typeof botRequests
export type BotRequest<Name extends BotRequestName = BotRequestName> = z.infer<(typeof botRequests)[Name]>
export type BotMessage = z.infer<typeof botMessage>
