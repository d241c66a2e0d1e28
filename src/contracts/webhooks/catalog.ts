import * as z from 'zod'
import { botEvents, botRequests } from '../bot-api.js'
import { chatEvent, chatRequest } from '../chat-api.js'
import { crmWebhooks } from './crm.js'
import { type WebhookName, webhookContract, webhookNames, webhooks } from './events.js'
import { occasions } from './occasions.js'
import { quirks } from './quirks.js'
import { dataReply, plainReply } from './replies.js'

/** A contract with its name, for people to look up. */
export interface Contract {
  readonly name: string
  readonly kind: 'webhook' | 'crm webhook' | 'reply' | 'switches' | 'bot event' | 'chat api'
  readonly summary: string
  readonly schema: z.ZodType
}

const kindOf = (name: WebhookName) => (Object.hasOwn(crmWebhooks, name) ? 'crm webhook' : 'webhook')

/** Every contract that can be looked up: the Webhooks API, then the Bot API and the Chat API. */
export const catalog: readonly Contract[] = [
  ...webhookNames.map((name): Contract => ({ name, kind: kindOf(name), summary: `sent when ${occasions[name].when}`, schema: webhooks[name] })),
  { name: 'data_reply', kind: 'reply', summary: 'what may be answered to chat_accepted and chat_updated', schema: dataReply },
  { name: 'plain_reply', kind: 'reply', summary: 'what may be answered to every other webhook', schema: plainReply },
  { name: 'quirks', kind: 'switches', summary: 'what a channel sends where the documents leave a choice', schema: quirks },
  ...Object.entries(botEvents).map(([name, schema]): Contract => ({ name, kind: 'bot event', summary: 'from Jivo to a bot', schema })),
  ...Object.entries(botRequests).map(([name, schema]): Contract => ({ name, kind: 'bot event', summary: 'from a bot to Jivo', schema })),
  { name: 'chat_request', kind: 'chat api', summary: 'from a channel of your own to Jivo', schema: chatRequest },
  { name: 'chat_event', kind: 'chat api', summary: 'from Jivo to a channel of your own', schema: chatEvent },
]

/** The contract of what a delivery carries, by the name that the journal gives it: a webhook, an event of a bot, or `chat-api.` and a type. */
export const contractOfDelivery = (event: string): z.ZodType | undefined =>
  webhookContract(event) ??
  (event.startsWith('chat-api.') ? chatEvent : Object.hasOwn(botEvents, event) ? botEvents[event as keyof typeof botEvents] : undefined)

/** JSON Schema (draft 2020-12) of a contract or of a part of it; evidence and source are kept as `x-evidence` and `x-source`. */
export const jsonSchemaOf = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      const { evidence, source, ...rest } = jsonSchema as Record<string, unknown>
      if (evidence === undefined) return
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
      Object.assign(jsonSchema, rest, { 'x-evidence': evidence, 'x-source': source })
    },
  })
