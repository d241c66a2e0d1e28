import * as z from 'zod'
import { documented, guessed, observed } from '../evidence.js'
import * as objects from './objects.js'

/** Bodies of the Webhooks API, one schema an event. Types carry the names of the events. */

const tables = documented('Webhooks API, parameter tables')
const examples = documented('Webhooks API, example bodies')
const receivers = observed('receivers in production')
const noTopic = guessed('examples always have a topic; null when the agent picked none')
const always = guessed('promised in the prose, missing from the example; sent as null when unset')

const eventName = <Name extends string>(name: Name) => tables(z.literal(name), 'decides the shape of the body')
const widgetId = tables(z.string(), 'the channel; a digit string in the examples, not the 10-character public id')
const userToken = tables(z.string().nullable(), 'exactly what the page passed to setUserToken, null when unset')
const chatId = tables(z.int())
const visitor = tables(objects.visitor)
const session = tables(objects.session)
const page = receivers(objects.page.nullable(), 'null for channels that have no page')

const client = {
  organization: tables(objects.organization.nullable(), "the client's company"),
  status: tables(objects.status.nullable(), "the client's category"),
  assigned_agent: tables(objects.assignedAgent.nullable(), 'the agent responsible for the client'),
  tags: examples(z.array(objects.tag), 'always an array; the table says object'),
}

const dialog = {
  chat_id: chatId,
  topic: noTopic(objects.topic.nullish()),
  department: guessed('optional in the table; null when the visitor chose none')(objects.department.nullish()),
  session,
  page,
  analytics: examples(objects.analytics.nullable(), '`{}` in the examples of this event'),
  agent: tables(objects.agent),
}

/** An agent took the chat. The reply is shown to the agent. */
export const chatAccepted = z.strictObject({
  event_name: eventName('chat_accepted'),
  widget_id: widgetId,
  user_token: userToken,
  visitor,
  ...client,
  ...dialog,
})

/** The visitor's data changed during an accepted dialog. The reply is shown to the agent. */
export const chatUpdated = z.strictObject({
  event_name: eventName('chat_updated'),
  widget_id: widgetId,
  user_token: userToken,
  visitor,
  ...client,
  ...dialog,
})

/** The chat was closed, by the agent or some time after the visitor left. */
export const chatFinished = z.strictObject({
  event_name: eventName('chat_finished'),
  widget_id: widgetId,
  user_token: always(z.string().nullish(), 'exactly what the page passed to setUserToken'),
  visitor,
  ...client,
  chat_id: chatId,
  topic: noTopic(objects.topic.nullish()),
  session,
  page,
  analytics: examples(objects.analytics.nullable(), 'null in the example of this event'),
  agents: tables(z.array(objects.agent), 'everyone who took part'),
  chat: tables(objects.finishedChat),
  plain_messages: receivers(z.string(), 'the transcript as plain text; the format of a line is guessed'),
  html_messages: receivers(z.string(), 'the transcript as HTML; its markup is guessed'),
})

/** The offline form was sent, because no agent was online. */
export const offlineMessage = z.strictObject({
  event_name: eventName('offline_message'),
  widget_id: widgetId,
  user_token: userToken,
  visitor,
  ...client,
  chat_id: examples(z.int(), 'absent in the oldest edition of the documentation'),
  topic: noTopic(objects.topic.nullish()),
  session,
  page,
  analytics: examples(objects.analytics.nullable(), '`{}` in the example of this event'),
  message: tables(z.string(), 'the text of the form, a plain string'),
  offline_message_id: examples(z.int(), '13 digits; looks like milliseconds since 1970'),
})

export type ChatAccepted = z.infer<typeof chatAccepted>
export type ChatUpdated = z.infer<typeof chatUpdated>
export type ChatFinished = z.infer<typeof chatFinished>
export type OfflineMessage = z.infer<typeof offlineMessage>
export type WebhookBody = ChatAccepted | ChatUpdated | ChatFinished | OfflineMessage
export type WebhookName = WebhookBody['event_name']

/** Every webhook by the value of its `event_name`. */
export const webhooks = {
  chat_accepted: chatAccepted,
  chat_updated: chatUpdated,
  chat_finished: chatFinished,
  offline_message: offlineMessage,
} as const satisfies Record<WebhookName, z.ZodType>

export const webhookNames = Object.keys(webhooks) as WebhookName[]

/** The contract of an event, or undefined for a name that Jivo does not have. */
export const webhookContract = (name: string): z.ZodType | undefined => (Object.hasOwn(webhooks, name) ? webhooks[name as WebhookName] : undefined)
