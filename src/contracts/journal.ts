import * as z from 'zod'
import { account } from './account.js'
import { messageContent, rate } from './messages.js'
import { utmJson } from './webhooks/objects.js'
import { contactInfo, customField } from './webhooks/replies.js'

/**
 * Every event of the journal. An event is one fact: `{seq, at, type, cause?, ...data}`, plain JSON.
 *
 * Names are `noun.happened`. Times are milliseconds since 1970. Secrets stand in their masked form.
 */

const page = z.string().describe('id of one open page, chosen by the page')
const visitor = z.int().describe('number of the visitor, from 1')
const chat = z.int()
const delivery = z
  .string()
  .describe(
    'id of the delivery: `d` and the `seq` of the event that caused it, and `.2`, `.3` for its second and third; the same over retries, restarts and resends',
  )
/** What the client's card in the CRM says, as far as an agent has filled it in. */
export const clientCard = z.strictObject({
  organization: z.strictObject({ id: z.int(), name: z.string() }).nullable(),
  status: z.strictObject({ id: z.int(), title: z.string() }).nullable(),
  assignedAgent: z.int().nullable(),
  tags: z.array(z.strictObject({ id: z.int(), title: z.string() })),
})
const call = z.int().describe('number of the call, from 1')
const contacts = contactInfo
const said = z.enum(['visitor', 'agent', 'bot'])
const bot = z.string().describe('id of a bot of the account')

/** The whole card that an agent sees beside a chat, apart from contacts. */
export const card = z.strictObject({
  customData: z.array(customField).optional(),
  crmLink: z.string().optional(),
  enableAssign: z.boolean().optional(),
  page: z.strictObject({ url: z.string(), title: z.string().optional() }).optional(),
})

/** Milliseconds of the parts of one attempt; a part that did not happen is null. */
export const timing = z.strictObject({
  dns: z.number().nullable(),
  connect: z.number().nullable(),
  firstByte: z.number().nullable(),
  total: z.number(),
})

export const noAnswer = z.enum(['refused', 'timeout', 'reset', 'dns', 'tls', 'blocked', 'protocol', 'other'])

export const attemptResult = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answered'),
    status: z.int(),
    contentType: z.string(),
    body: z.string(),
    truncated: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('no-answer'), reason: noAnswer, message: z.string() }),
])

/** `seq` of the event that this one follows from. A fact may name it; otherwise it is what the fact was a reaction to. */
const cause = z.int().positive().optional()

/** Place of the frame among those of its page, on the first fact that a frame made true. */
const order = z.int().positive().optional()

const fact = <Type extends string, Shape extends z.core.$ZodShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape, cause, order })

export const facts = [
  fact('emulator.started', {
    version: z.string(),
    seed: z.int(),
    origin: z.string().describe('where this run is reached, without a slash at its end: files go to other servers with a whole address'),
  }),
  fact('emulator.stopping', { pending: z.int().describe('deliveries that had not ended') }),
  fact('journal.repaired', { dropped: z.int().describe('bytes of a line that was cut off') }),
  fact('account.changed', { account }),

  fact('visitor.appeared', {
    visitor,
    key: z.string().describe('what the browser keeps to be known again'),
    utm: utmJson.optional().describe('labels of the first visit; absent for direct traffic'),
    from: z
      .strictObject({ channel: z.string().describe('public id'), id: z.string().describe('what the channel calls the client') })
      .optional()
      .describe('who writes in a channel rather than on a page'),
    identity: z
      .strictObject({ channel: z.string().describe('public id'), id: z.string() })
      .optional()
      .describe('whom a user token names: the same client in every browser'),
  }),
  fact('visitor.moved', { visitor, url: z.string(), title: z.string() }),
  fact('page.opened', {
    page,
    visitor,
    channel: z.string().describe('public id of the channel'),
    url: z.string(),
    title: z.string(),
    referrer: z.string(),
    language: z.string(),
    userAgent: z.string(),
  }),
  fact('page.returned', { page, visitor }),
  fact('page.identified', { page, visitor, from: z.int().describe('the visitor that the page had before') }),
  fact('page.moved', { page, visitor, url: z.string(), title: z.string() }),
  fact('page.closed', { page }),
  fact('widget.changed', { page, visitor, from: z.string().nullable(), to: z.string() }),
  fact('api.called', { page, visitor, method: z.string(), args: z.array(z.unknown()), result: z.unknown() }),

  fact('callback.requested', { callback: z.string(), args: z.array(z.unknown()), page: page.optional() }),
  fact('callback.scheduled', { page, callback: z.string(), args: z.array(z.unknown()) }),
  fact('callback.fired', {
    page,
    callback: z.string(),
    args: z.array(z.unknown()),
    outcome: z.enum(['called', 'missing', 'threw']),
    error: z.string().optional().describe('stack of what the callback threw'),
  }),

  fact('chat.started', {
    chat,
    visitor,
    channel: z.string(),
    page: page.optional(),
    bot: bot.optional().describe('the bot that has the chat until an agent does'),
  }),
  fact('bot.said', { bot, chat, visitor, event: z.string() }),
  fact('chat.handed', { bot, chat, visitor, reason: z.enum(['invited', 'failed', 'silent']) }),
  fact('answer.awaited', { bot, chat, visitor, until: z.int().describe('when the chat goes to the agents, in milliseconds since 1970') }),
  fact('agents.missed', { bot, chat, visitor }),
  fact('chat.accepted', { chat, visitor, agent: z.int(), hands: z.enum(['auto', 'person']) }),
  fact('chat.taken', { chat, visitor, agent: z.int(), by: z.int().optional().describe('the agent who handed the chat over') }),
  fact('chat.joined', { chat, visitor, agent: z.int(), by: z.int().describe('the agent who brought them in; the same one when they came by themselves') }),
  fact('chat.finished', { chat, visitor, by: z.enum(['agent', 'visitor', 'time']) }),
  fact('message.sent', {
    chat,
    visitor,
    message: z.string().describe('id of the message, chosen by who sent it'),
    by: said,
    agent: z.int().optional(),
    bot: bot.optional(),
    page: page.optional(),
    text: z.string(),
    content: messageContent.optional(),
    button: z.strictObject({ message: z.string(), id: z.string() }).optional().describe('the button that the visitor pressed, and the message that it is in'),
    first: z.boolean().optional().describe("the visitor's history was empty before"),
    invitation: z.boolean().optional().describe('the text of the invitation that the visitor answered'),
  }),
  fact('message.read', { chat, visitor, message: z.string(), by: said }),
  fact('typing.changed', {
    visitor,
    page: page.optional(),
    by: said,
    agent: z.int().optional(),
    text: z.string().optional().describe('what the visitor has typed so far'),
    on: z.boolean(),
  }),
  fact('invitation.sent', {
    visitor,
    page: page.optional().describe('the one page that shows it; all of the visitor when absent'),
    via: z.enum(['agent', 'api', 'action']),
    text: z.string(),
    name: z.string().optional().describe('name of the automatic action'),
    department: z.int().optional(),
  }),
  fact('rating.requested', { chat, visitor }),
  fact('chat.rated', { chat, visitor, page: page.optional(), rate }),
  fact('attributes.given', { visitor, page, attributes: z.record(z.string(), z.union([z.string(), z.number()])) }),
  fact('rules.set', { visitor, page, actions: z.int().describe('how many of them jivo-dev understands') }),
  fact('history.cleared', { visitor, page }),
  fact('contacts.given', {
    visitor,
    page: page.optional(),
    chat: chat.optional(),
    via: z.enum(['form', 'api', 'webhook', 'offline', 'bot', 'channel']),
    contacts,
  }),
  fact('token.set', {
    visitor,
    page,
    token: z.string(),
    as: z.enum(['opaque', 'shared', 'anonymous']).optional().describe('what it is to Jivo: a text, the name of a client, or a JWT that names nobody'),
  }),
  fact('card.changed', { visitor, chat: chat.optional(), via: z.enum(['api', 'webhook', 'channel']), card }),
  fact('contacts.edited', {
    visitor,
    chat: chat.optional().describe('the accepted dialog that it happened in'),
    agent: z.int(),
    contacts,
  }),
  fact('attributes.edited', {
    visitor,
    agent: z.int(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).describe('those that changed; null took one away'),
  }),
  fact('client.edited', { visitor, agent: z.int(), client: clientCard.partial().describe('what changed') }),
  fact('client.noted', { visitor, chat: chat.optional().describe('the conversation that it stands in'), agent: z.int(), text: z.string() }),
  fact('answer.suggested', { chat, visitor, text: z.string() }),
  fact('chat.assigned', { chat, visitor, agent: z.int(), crmLink: z.string() }),
  fact('call.started', {
    call,
    visitor,
    chat,
    channel: z.string().describe('public id of the channel'),
    agent: z.int(),
    kind: z.enum(['callback', 'incoming', 'outgoing']),
    phone: z.string(),
    page: page.optional().describe('the page that asked for it'),
  }),
  fact('call.changed', {
    call,
    visitor,
    chat,
    status: z.enum(['agent_connected', 'client_connected', 'end', 'error']),
    reason: z.string().optional(),
    recordUrl: z.string().optional(),
  }),
  fact('offline.received', {
    visitor,
    page,
    form: z.string().describe('id of the form, chosen by the page'),
    chat,
    offlineMessage: z.int(),
    message: z.string(),
  }),

  fact('delivery.scheduled', {
    delivery,
    channel: z
      .string()
      .describe('digits of the channel; `crm` for the address of the account; id of a bot; `chat.` and the digits for the customer of the Chat API'),
    event: z.string().describe('`event_name` or `event` of the body; `chat-api.` and the type of its message'),
    to: z.string().describe('address with its secrets masked'),
    visitor: visitor.optional(),
    chat: chat.optional(),
    body: z.record(z.string(), z.unknown()),
  }),
  fact('delivery.resent', {
    delivery,
    channel: z.string(),
    event: z.string(),
    to: z.string().describe('address with its secrets masked'),
    visitor: visitor.optional(),
    chat: chat.optional(),
    body: z.record(z.string(), z.unknown()),
  }),
  fact('delivery.attempted', {
    delivery,
    event: z.string(),
    attempt: z.int().positive(),
    of: z.int().positive(),
    result: attemptResult,
    timing,
    retryAt: z.int().optional().describe('when the next attempt is due; absent after the last one'),
  }),
  fact('delivery.done', {
    delivery,
    event: z.string(),
    visitor: visitor.optional(),
    chat: chat.optional(),
    status: z.int(),
    attempts: z.int(),
    took: z.number().describe('milliseconds of the last attempt'),
  }),
  fact('delivery.failed', {
    delivery,
    event: z.string(),
    visitor: visitor.optional(),
    chat: chat.optional(),
    status: z.int().optional().describe('absent when nothing answered'),
    attempts: z.int(),
    took: z.number(),
    reason: z.string(),
    message: z.string(),
  }),

  fact('request.refused', {
    api: z.enum(['bot-api', 'chat-api']),
    who: z.string().describe('id of the bot or digits of the channel; empty when the address names none'),
    status: z.int(),
    code: z.string(),
    field: z.string().describe('path of what is wrong; empty when it is the request as a whole'),
    message: z.string(),
    source: z.string().describe('where the rule that was broken comes from'),
  }),

  fact('warning.raised', {
    code: z.string(),
    message: z.string(),
    page: page.optional(),
    visitor: visitor.optional(),
    source: z.string().optional().describe('where the rule that was broken comes from'),
  }),
] as const

const stamp = {
  /** Position in the journal, from 1 without gaps. */
  seq: z.int().positive(),
  /** Milliseconds since 1970. */
  at: z.int().nonnegative(),
}

/** One fact before it has a place in the journal. */
export const factSchema = z.discriminatedUnion('type', facts)

/** One line of the journal. */
export const eventSchema = z.discriminatedUnion(
  'type',
  facts.map(schema => schema.extend(stamp)) as unknown as [(typeof facts)[0]],
) as unknown as z.ZodType<Event>

export type Fact = z.infer<typeof factSchema>
export type FactType = Fact['type']
export type Stamp = { seq: number; at: number }
export type Event = Fact & Stamp
export type EventOf<Type extends FactType> = Extract<Fact, { type: Type }> & Stamp
export type Card = z.infer<typeof card>
export type ClientCard = z.infer<typeof clientCard>
export type Utm = z.infer<typeof utmJson>
export type Timing = z.infer<typeof timing>
export type AttemptResult = z.infer<typeof attemptResult>
export type NoAnswer = z.infer<typeof noAnswer>
