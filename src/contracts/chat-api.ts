import * as z from 'zod'
import { documented, guessed, observed } from './evidence.js'

/**
 * The Chat API: a channel of the developer's own. The same object goes both ways: `{sender, recipient, message}`.
 *
 * Jivo's tables of the fields are not public: what stands here is what clients in production send, and what an independent
 * implementation of the interface takes.
 */

const page = documented('Chat API, reference')
const clients = observed('clients in production')
const implementation = observed('an independent implementation of the interface')
const hearsay = guessed('named in one place only, which could not be checked')
const agentData = guessed('who speaks for Jivo is not documented: the agent, by number and name')

/** Clients send numbers and texts; what comes back is always a text. */
const id = z.union([z.string().min(1).max(255), z.int()], 'expected a text of 1 to 255 characters, or a whole number')
const text = z.string().max(10_000)
/** Some clients send a blank where they have none. */
const address = z.string().max(8_192)

/** The person who writes, as the customer's server knows them. */
const chatUser = z.looseObject({
  id: page(id, "the customer's own stable id, up to 255 characters; Jivo gives it back as a string"),
  name: clients(z.string().max(1_000).nullish()),
  photo: clients(address.nullish(), 'address of a picture'),
  email: clients(z.string().max(1_000).nullish()),
  phone: clients(z.string().max(1_000).nullish(), 'in any form'),
  url: clients(address.nullish(), 'page or source; need not be an address'),
  invite: clients(text.nullish(), 'the greeting that the user saw before writing; repeated with every message, shown once'),
  title: implementation(z.string().max(2_000).nullish(), 'title of the page'),
  group: implementation(z.union([z.string(), z.int()], 'expected a text or a whole number').nullish(), 'department to send the chat to'),
  intent: implementation(text.nullish(), 'topic of the request'),
  crm_link: implementation(address.nullish(), 'address of the card in a CRM'),
  custom_data: implementation(z.unknown().optional(), "more for the agent's panel; a text in that implementation"),
  diff: hearsay(z.unknown().optional(), 'meaning not known; taken and not used'),
})

const shared = {
  id: clients(id.optional(), 'two clients send the same constant with every message, so a repeated id is not a repeated message'),
  date: implementation(z.int().optional(), 'seconds since 1970'),
}

const media = <Type extends string>(type: Type) =>
  z.looseObject({
    type: implementation(z.literal(type)),
    ...shared,
    file: clients(
      z
        .string()
        .max(8_192)
        .regex(/^https?:\/\/[^\s"<>]+$/, 'expected an address that begins with http'),
      'address of the file: files go by reference only',
    ),
    text: implementation(text.optional(), 'caption'),
    thumb: implementation(address.optional(), 'address of a small picture'),
    file_name: clients(z.string().max(300).optional()),
    mime_type: implementation(z.string().max(200).optional()),
    file_size: implementation(z.int().nonnegative().optional(), 'bytes'),
    width: implementation(z.int().nonnegative().optional(), 'pixels'),
    height: implementation(z.int().nonnegative().optional(), 'pixels'),
  })

const key = z.looseObject({
  id: implementation(id.optional()),
  text: implementation(z.string().min(1)),
  title: implementation(z.string().optional()),
  image: implementation(address.optional()),
})

const bare = <Type extends string>(type: Type, mark: typeof implementation, description: string) =>
  z.looseObject({ type: mark(z.literal(type), description), ...shared })

/** A message of either side, by its type. */
const chatMessage = z.discriminatedUnion('type', [
  z.looseObject({ type: page(z.literal('text')), ...shared, text: page(text.min(1)) }),
  media('photo'),
  media('sticker'),
  media('video'),
  media('audio'),
  media('document'),
  z.looseObject({
    type: implementation(z.literal('location')),
    ...shared,
    title: implementation(z.string().max(1_000).optional()),
    latitude: implementation(z.number().min(-90).max(90)),
    longitude: implementation(z.number().min(-180).max(180)),
  }),
  z.looseObject({
    type: implementation(z.literal('keyboard'), 'from Jivo the choices, from the customer what was chosen'),
    ...shared,
    title: implementation(z.string().max(1_000).optional()),
    keyboard: implementation(z.array(key).min(1).max(7)),
    multiple: implementation(z.boolean().optional(), 'more than one may be chosen'),
  }),
  z.looseObject({
    type: implementation(z.literal('typein'), 'somebody types; at most once in 5 seconds'),
    ...shared,
    text: guessed('no list of the fields has it; the agent sees what is typed, as in the widget')(text.optional(), 'what stands in the composer'),
  }),
  bare('typeout', hearsay, 'nobody types any more'),
  z.looseObject({ type: implementation(z.literal('seen'), 'the message with this id was read'), id: implementation(id), date: shared.date }),
  z.looseObject({
    type: implementation(z.literal('rate'), 'from Jivo the question, from the customer the answer'),
    ...shared,
    value: implementation(z.number().optional(), '0 declined, above it good, below it bad; the answer has one'),
  }),
  bare('start', implementation, 'the dialog goes on after a stop'),
  bare('stop', implementation, 'the dialog has ended'),
])

/** What the customer's server POSTs to `/{any}/{channel_id}`. */
export const chatRequest = z.looseObject({
  sender: page(chatUser),
  recipient: implementation(chatUser.optional(), 'not needed'),
  message: page(chatMessage),
})

/** What Jivo POSTs to the address of the channel. */
export const chatEvent = z.strictObject({
  sender: agentData(
    z.strictObject({
      id: agentData(z.string()),
      name: agentData(z.string()),
      email: agentData(z.string().optional()),
      phone: agentData(z.string().optional()),
    }),
  ),
  recipient: page(z.strictObject({ id: clients(z.string(), 'the id that the customer gave the user') })),
  message: page(chatMessage),
})

export type ChatRequest = z.infer<typeof chatRequest>
export type ChatEvent = z.infer<typeof chatEvent>
/** Not the message of a page: that of a channel of the Chat API. */
export type ChannelMessage = z.infer<typeof chatMessage>
