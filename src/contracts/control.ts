import * as z from 'zod'
import { agentsMode } from './account.js'
import { messageContent, rate } from './messages.js'
import { callbackName } from './page-channel.js'
import type { Field } from './paths.js'
import { someQuirks } from './webhooks/quirks.js'
import { widgetSettings } from './widget-settings.js'

/** Bodies of the control routes under `/_dev`: what the console and the command line may ask of a running emulator. */

export const acceptChat = z.strictObject({})
export const finishChat = z.strictObject({})

const agentId = z.int().positive()

const written = {
  /** Chosen by the caller, so that a repeated request does not send twice. */
  id: z
    .string()
    .regex(/^m[0-9a-f]{16,64}$/, 'expected m and 16 to 64 hexadecimal digits')
    .optional(),
  text: z.string().min(1).max(10_000),
  content: messageContent.optional(),
}

export const replyToChat = z.strictObject({
  ...written,
  /** Who writes: one who is not in the chat yet joins it. Whoever holds the chat when absent. */
  agent: agentId.optional(),
})

/** `POST /_dev/chats/:chat/typing`: the agent begins to type, or stops. */
export const agentTyping = z.strictObject({ on: z.boolean(), agent: agentId.optional() })

/** `POST /_dev/chats/:chat/agents`: one more agent comes into the chat. */
export const bringIn = z.strictObject({ agent: agentId })

/** `POST /_dev/chats/:chat/transfer`: another agent has the chat from now on. */
export const handOver = z.strictObject({ agent: agentId })

/** `POST /_dev/visitors/:visitor/notes`: what only agents see. `chat` is the conversation that it stands in. */
export const addNote = z.strictObject({ text: z.string().trim().min(1).max(10_000), chat: z.int().positive().optional() })

/** `POST /_dev/chats/:chat/suggestion`: an assistant is asked for an answer. Answers with the event and its text. */
export const askSuggestion = z.strictObject({})

/** `POST /_dev/chats/:chat/rating`: the visitor is asked how it went. */
export const askForRating = z.strictObject({})

/** `POST /_dev/visitors/:visitor/invitation`: a proactive invitation appears on the visitor's pages. */
export const inviteVisitor = z.strictObject({ text: z.string().min(1).max(1_000) })

/** `POST /_dev/account`: changes the account until the next start. */
export const editAccount = z.strictObject({
  mode: agentsMode.optional(),
  /** Where webhooks go from now on; null for nowhere. */
  webhook: z.url({ protocol: /^https?$/ }).nullish(),
})

/** Answer of `GET /_dev/receiver`: where the webhooks of the first channel go, and whether somebody takes connections there. */
export interface ReceiverState {
  /** Address with its secrets masked; null where they go nowhere. */
  readonly webhook: string | null
  /** Null where nothing is known. */
  readonly listens: boolean | null
}

/** `POST /_dev/channels/:channel/quirks`: changes the switches that are given, until the next start. The channel goes by its digits or its public id. */
export const editQuirks = someQuirks

/** `POST /_dev/channels/:channel/widget`: changes the settings that are given. The channel goes by its digits or its public id. */
export const editWidget = widgetSettings.partial()

export const fireCallback = z.strictObject({
  callback: callbackName,
  args: z.array(z.unknown()).max(10).default([]),
  /** One page only; every open page when absent. */
  page: z.string().optional(),
})

/** What a page did with a callback that was fired from outside. */
export interface FiredCallback {
  readonly page: string
  readonly url: string
  readonly outcome: 'called' | 'missing' | 'threw' | 'silent'
  readonly error?: string
}

/** The body of every refusal of the emulator's own routes. */
export interface ErrorBody {
  readonly error: {
    readonly code: string
    readonly message: string
    /** Path of the field that is wrong, empty when it is the body as a whole. */
    readonly field?: string
    /** What the field must be. */
    readonly rule?: string
  }
}

/** Answer of `GET /_dev/ready`. */
export interface Ready {
  readonly ready: true
  readonly name: 'jivo-dev'
  readonly version: string
  readonly pid: number
}

/** `POST /_dev/channels/:channel/clients`: somebody who writes in a channel is there. The channel goes by name, id or type. */
export const comeClient = z.strictObject({
  /** What the channel calls the client: the same id, the same client. */
  id: z.string().min(1).max(255),
  name: z.string().max(1_000).optional(),
  phone: z.string().max(1_000).optional(),
  email: z.string().max(1_000).optional(),
  page: z.strictObject({ url: z.string().max(8_192), title: z.string().max(2_000) }).optional(),
})

/** `POST /_dev/visitors/:visitor/messages`: the client writes. */
export const writeAsClient = z.strictObject({
  ...written,
  /** The button that was pressed, and the message that it is in. */
  button: z.strictObject({ message: z.string().max(100), id: z.string().max(100) }).optional(),
})

/** `POST /_dev/visitors/:visitor/typing`: what stands in the client's composer; empty when nothing does any more. */
export const typeAsClient = z.strictObject({ text: z.string().max(1_000) })

/** `POST /_dev/visitors/:visitor/rating`: how the last chat went. */
export const rateAsClient = z.strictObject({ rate })

/** `POST /_dev/visitors/:visitor/leave`: the client ends the chat. */
export const leaveAsClient = z.strictObject({})

const contact = z.string().max(1_000).nullish()

/** `POST /_dev/visitors/:visitor/contacts`: an agent edits the client's contacts. A key that is left out keeps its value. */
export const editContacts = z.strictObject({ name: contact, phone: contact, email: contact, description: z.string().max(10_000).nullish() })

/** `POST /_dev/visitors/:visitor/attributes`: an agent edits the client's attributes; null takes one away. */
export const editAttributes = z.strictObject({ attributes: z.record(z.string().min(1).max(100), z.union([z.string().max(1_000), z.number(), z.null()])) })

/** `POST /_dev/visitors/:visitor/client`: an agent edits the client's card in the CRM; null takes a value away. */
export const editClient = z.strictObject({
  organization: z.strictObject({ id: z.int().positive(), name: z.string().min(1) }).nullish(),
  status: z.strictObject({ id: z.int().positive(), title: z.string().min(1) }).nullish(),
  assignedAgent: z.int().positive().nullish(),
  tags: z.array(z.strictObject({ id: z.int().positive(), title: z.string().min(1) })).optional(),
})

/** `POST /_dev/chats/:chat/assign`: the agent presses the button that binds the chat to the CRM card of the reply. */
export const assignChat = z.strictObject({})

/** `POST /_dev/visitors/:visitor/calls`: a call begins. Answers with the event, which names the call. */
export const startCall = z.strictObject({ type: z.enum(['callback', 'incoming', 'outgoing']).default('callback'), phone: z.string().min(1).max(100) })

/** `POST /_dev/calls/:call`: the running call goes on. */
export const changeCall = z.strictObject({
  status: z.enum(['agent_connected', 'client_connected', 'end', 'error']),
  reason: z.string().max(1_000).optional(),
  recordUrl: z.string().max(8_192).optional(),
})

/** `POST /_dev/trigger`: one webhook with this body goes to the channel's address, or to the CRM's for a CRM event. */
export const triggerWebhook = z.strictObject({ body: z.looseObject({ event_name: z.string().min(1) }) })

/** Answer of `GET /_dev/schema/:event`: what a form needs to build a body. */
export interface EventSchema {
  readonly event: string
  readonly fields: readonly Field[]
  /** JSON Schema of the body, with `x-evidence` and `x-source` on every field. */
  readonly schema: object
}

/** Most deliveries that one `POST /_dev/resend` may ask for: the answer has a row for each. */
export const mostResent = 2_000

/** `POST /_dev/resend`: deliveries of the journal go out again, each with its id and its body. What is given narrows the choice; something is. */
export const resendDeliveries = z.strictObject({
  deliveries: z.array(z.string().max(60)).min(1).max(mostResent).optional(),
  /** All that failed. */
  failed: z.boolean().optional(),
  /** All that were scheduled after this `seq`. */
  since: z.int().nonnegative().optional(),
  /** All that were scheduled at this time or later, in milliseconds since 1970. */
  sinceTime: z.int().nonnegative().optional(),
  /** Another address than the one they had. */
  to: z.url({ protocol: /^https?$/ }).optional(),
  /** Milliseconds to wait for how they end before answering. */
  wait: z.int().nonnegative().max(120_000).default(0),
})

/** What became of one delivery that was to go out again. */
export interface ResentDelivery {
  readonly delivery: string
  readonly event: string
  /** Address with its secrets masked. */
  readonly to: string
  /** `pending`: it had not ended when the wait was over. `busy`: it was still on its way, so it was not sent anew. */
  readonly outcome: 'done' | 'failed' | 'pending' | 'busy'
  readonly status?: number
  readonly attempts?: number
  /** Milliseconds of the last attempt. */
  readonly took?: number
  readonly message?: string
}
