import * as z from 'zod'
import { documented, guessed, observed } from '../evidence.js'
import { crmWebhooks } from './crm.js'
import * as objects from './objects.js'

/** Bodies of the Webhooks API, one schema an event. Types carry the names of the events. */

const tables = documented('Webhooks API, parameter tables')
const examples = documented('Webhooks API, example bodies')
const receivers = observed('receivers in production')
const noTopic = guessed('examples of the current edition always have a topic; null when the agent picked none')
const sinceB = documented('Webhooks API, parameter tables; absent in the oldest edition')
const tagsSinceB = documented('Webhooks API, example bodies; absent in the oldest edition')
const oldEdition = documented('Webhooks API, the oldest edition')
const attributesShape = guessed('the example is not valid JSON: pairs inside square brackets; an object unless the switch says list')
const attributeObject = z.record(z.string(), z.union([z.string(), z.number()]))
const always = guessed('promised in the prose, missing from the example; sent as null when unset')

/** A number, or its digits as a string. */
const digits = z.union([z.string().regex(/^\d+$/), z.int()])

const eventName = <Name extends string>(name: Name) => tables(z.literal(name), 'decides the shape of the body')
const widgetId = tables(z.string(), 'the channel; a digit string in the examples, not the 10-character public id')
const userToken = tables(z.string().nullable(), 'exactly what the page passed to setUserToken, null when unset')
const chatId = tables(z.int(), 'number of the dialog')
const visitor = tables(objects.visitor)
const session = tables(objects.session)
const page = receivers(objects.page.nullable(), 'null for channels that have no page')

const client = {
  organization: sinceB(objects.organization.nullish(), "the client's company"),
  status: sinceB(objects.status.nullish(), "the client's category"),
  assigned_agent: sinceB(objects.assignedAgent.nullish(), 'the agent responsible for the client'),
  tags: tagsSinceB(z.array(objects.tag).optional(), 'always a list, empty when there are none; the table says object'),
}

const dialog = {
  chat_id: chatId,
  topic: noTopic(objects.topic.nullish(), 'the topic that the agent picked'),
  department: guessed('optional in the table; null when the visitor chose none')(objects.department.nullish(), 'the department that the visitor chose'),
  session,
  page,
  analytics: examples(objects.analytics.nullish(), '`{}` in the examples of this event'),
  agent: tables(objects.agent, 'the agent of the dialog'),
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
  topic: noTopic(objects.topic.nullish(), 'the topic that the agent picked'),
  session,
  page,
  analytics: examples(objects.analytics.nullish(), 'null in the example of this event'),
  agents: tables(z.array(objects.agent), 'everyone who took part'),
  chat: tables(objects.finishedChat),
  plain_messages: receivers(z.string(), 'the transcript as plain text, empty in the example; the format of a line is guessed'),
  html_messages: receivers(z.string(), 'the transcript as HTML, empty in the example; its markup is guessed'),
})

/** The offline form was sent, because no agent was online. */
export const offlineMessage = z.strictObject({
  event_name: eventName('offline_message'),
  widget_id: widgetId,
  user_token: userToken,
  visitor,
  ...client,
  chat_id: examples(z.int().optional(), 'number of the dialog; absent in the oldest edition'),
  topic: noTopic(objects.topic.nullish(), 'the topic that the agent picked'),
  session,
  page,
  analytics: examples(objects.analytics.nullish(), '`{}` in the example of this event'),
  message: tables(z.string(), 'the text of the form, a plain string'),
  offline_message_id: examples(digits, '13 digits, perhaps milliseconds since 1970; a short string of digits in the oldest edition'),
})

/** A call reached agents, or its state changed: several for each call. No reply is documented. */
export const callEvent = z.strictObject({
  event_name: eventName('call_event'),
  widget_id: widgetId,
  user_token: always(z.string().nullish(), 'exactly what the page passed to setUserToken'),
  visitor,
  ...dialog,
  call: tables(objects.call),
})

/** The agent bound the chat to a CRM card. Gone from the current documentation, still handled by receivers. */
export const chatAssigned = z.strictObject({
  event_name: oldEdition(z.literal('chat_assigned'), 'decides the shape of the body'),
  widget_id: oldEdition(z.string(), 'the channel'),
  user_token: oldEdition(z.string().nullable(), 'exactly what the page passed to setUserToken, null when unset'),
  visitor: oldEdition(objects.visitor),
  chat_id: oldEdition(z.int(), 'number of the dialog'),
  agent: oldEdition(objects.agent, 'who bound the chat'),
  assign_to: receivers(z.string(), 'the `crm_link` of the reply to chat_accepted'),
})

/** The client's data changed outside of an accepted dialog: from the client card, the CRM, or a pop-up window. */
export const clientUpdated = z.strictObject({
  event_name: eventName('client_updated'),
  widget_id: widgetId,
  user_token: userToken,
  client_id: examples(digits, 'a string in the example, equal to visitor.number; a number in client_attribute_updated'),
  visitor,
  ...client,
})

/** The client's attributes changed: an agent edited them, or an attribute field of the contact form was filled. */
export const clientAttributeUpdated = z.strictObject({
  event_name: eventName('client_attribute_updated'),
  widget_id: widgetId,
  user_token: userToken,
  client_id: examples(digits, 'a number in the example'),
  attributes: attributesShape(z.union([attributeObject, z.array(attributeObject)]), 'names of attributes with their values'),
})

export type ChatAccepted = z.infer<typeof chatAccepted>
export type ChatUpdated = z.infer<typeof chatUpdated>
export type ChatFinished = z.infer<typeof chatFinished>
export type OfflineMessage = z.infer<typeof offlineMessage>
export type CallEvent = z.infer<typeof callEvent>
export type ChatAssigned = z.infer<typeof chatAssigned>
export type ClientUpdated = z.infer<typeof clientUpdated>
export type ClientAttributeUpdated = z.infer<typeof clientAttributeUpdated>

/** Every webhook of a channel by the value of its `event_name`. */
export const channelWebhooks = {
  call_event: callEvent,
  chat_accepted: chatAccepted,
  chat_assigned: chatAssigned,
  chat_updated: chatUpdated,
  client_updated: clientUpdated,
  client_attribute_updated: clientAttributeUpdated,
  chat_finished: chatFinished,
  offline_message: offlineMessage,
} as const satisfies Record<string, z.ZodType>

/** Every webhook, those of channels and those of the CRM. */
export const webhooks = { ...channelWebhooks, ...crmWebhooks } as const

export type ChannelWebhookName = keyof typeof channelWebhooks
export type ChannelWebhookBody = z.infer<(typeof channelWebhooks)[ChannelWebhookName]>
export type WebhookName = keyof typeof webhooks
export type WebhookBody = z.infer<(typeof webhooks)[WebhookName]>

export const webhookNames = Object.keys(webhooks) as WebhookName[]

/** Second names of two CRM events: the list of events and the example disagree. */
const aliases: Readonly<Record<string, WebhookName>> = { merged_tag: 'merged_client_tag', 'completed task': 'completed_task' }

/** The event of an `event_name`, whichever of its names that is; undefined for a name that Jivo does not have. */
export const webhookNameOf = (name: string): WebhookName | undefined => {
  if (Object.hasOwn(aliases, name)) return aliases[name]
  return Object.hasOwn(webhooks, name) ? (name as WebhookName) : undefined
}

/** The contract of an event, or undefined for a name that Jivo does not have. */
export const webhookContract = (name: string): z.ZodType | undefined => {
  const event = webhookNameOf(name)
  return event === undefined ? undefined : webhooks[event]
}
