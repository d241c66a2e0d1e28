import * as z from 'zod'
import { callbackName } from './page-channel.js'

/** Bodies of the control routes under `/_dev`: what the console and the command line may ask of a running emulator. */

export const acceptChat = z.strictObject({})
export const finishChat = z.strictObject({})

export const replyToChat = z.strictObject({
  /** Chosen by the caller, so that a repeated request does not send twice. */
  id: z
    .string()
    .regex(/^m[0-9a-f]{16,64}$/, 'expected m and 16 to 64 hexadecimal digits')
    .optional(),
  text: z.string().min(1).max(10_000),
})

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

/** `POST /_dev/resend`: deliveries of the journal go out again, each with its id and its body. One of the first three is given. */
export const resendDeliveries = z.strictObject({
  deliveries: z.array(z.string()).min(1).max(10_000).optional(),
  /** All that failed. */
  failed: z.boolean().optional(),
  /** All that were scheduled after this `seq`. */
  since: z.int().nonnegative().optional(),
  /** Another address than the one they had. */
  to: z.url().optional(),
})
