import * as z from 'zod'
import { type MessageContent, messageContent, type Rate, rate } from './messages.js'
import { utmJson } from './webhooks/objects.js'
import { contactInfo, customField } from './webhooks/replies.js'
import type { WidgetSettings } from './widget-settings.js'

/**
 * What the widget's script on a page and the emulator say to each other over one WebSocket.
 *
 * Private to this project: Jivo's own protocol between widget and server is not public.
 */

const text = z.string().max(10_000)
const address = z.string().max(8_192)
const callbackName = z.string().regex(/^jivo_on[A-Za-z]{1,60}$/, 'is not a callback name: those begin with jivo_on')

const contacts = contactInfo.extend({
  name: z.string().max(1_000).nullish(),
  phone: z.string().max(1_000).nullish(),
  email: z.string().max(1_000).nullish(),
  description: z.string().max(10_000).nullish(),
})

/** Random letters: hexadecimal, so that no id is ever the name of a built-in property. */
const randomId = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-f]{16,64}$`), `expected ${prefix} and 16 to 64 hexadecimal digits`)

/** The widget's states as `jivo_onChangeState` names them. */
export const widgetState = z.enum(['label', 'chat', 'chat/min', 'introduce', 'offline', 'offline/success', 'call', 'chat/call'])

const order = z
  .int()
  .positive()
  .optional()
  .describe('place among the frames of this page, from 1: one that is sent again, because it may be lost, is taken once')

const said = <Type extends string, Shape extends z.core.$ZodShape>(type: Type, shape: Shape) => z.strictObject({ type: z.literal(type), ...shape, order })

/** From the page to the emulator. `open` comes first and once a connection. */
export const pageFrame = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open'),
    page: randomId('p').describe('one id as long as the page lives, kept over reconnects'),
    key: randomId('k').describe('kept in the browser, so that the visitor is known again'),
    after: z.int().nonnegative().optional().describe('on a reconnect: the last `seq` that the page has seen'),
    url: address,
    title: z.string().max(2_000),
    referrer: address,
    language: z.string().max(40),
    utm: utmJson.optional().describe('labels of the first visit; absent for direct traffic'),
  }),
  said('write', {
    id: randomId('m'),
    text: text.min(1),
    content: messageContent.optional(),
    button: z
      .strictObject({ message: z.string().max(100), id: z.string().max(100) })
      .optional()
      .describe('the button that was pressed, and the message that it is in'),
  }),
  said('typing', { text: z.string().max(1_000).describe('what stands in the composer; empty when nothing does any more') }),
  said('rate', { id: randomId('m'), chat: z.int(), rate }),
  said('call', { id: randomId('m'), phone: z.string().min(1).max(100) }),
  said('invited', {
    id: randomId('m'),
    text: text.min(1),
    name: z.string().max(200).optional().describe('the automatic action that did it'),
  }),
  said('contacts', { contacts }),
  said('offline', { id: randomId('m'), contacts, message: text.min(1) }),
  said('state', { from: widgetState.nullable(), to: widgetState }),
  said('api', {
    method: z.string().max(60),
    args: z.array(z.unknown()).max(10),
    result: z.unknown(),
  }),
  said('unknown', { name: z.string().max(60).describe('what the page looked for in `jivo_api`, and is not there') }),
  said('fired', {
    callback: callbackName,
    args: z.array(z.unknown()).max(10),
    outcome: z.enum(['called', 'missing', 'threw']),
    error: z.string().max(20_000).optional(),
    scheduled: z.int().optional().describe('`seq` of the callback.scheduled that asked for it'),
  }),
])

/** Argument of `setContactInfo`. Pages pass more than Jivo knows; what it does not know means nothing. */
export const contactsArgument = contacts.strip()

/** Argument of `setCustomData`. */
export const customDataArgument = z.array(customField.strip())

/** Argument of `setClientAttributes`. */
export const attributesArgument = z.record(z.string().min(1).max(100), z.union([z.string().max(1_000), z.number()]))

export { callbackName }

export type PageFrame = z.infer<typeof pageFrame>
export type WidgetState = z.infer<typeof widgetState>

export interface ChatMessage {
  readonly id: string
  readonly by: 'visitor' | 'agent'
  /** Name of the agent; absent for the visitor. */
  readonly name?: string
  readonly text: string
  readonly content?: MessageContent
  /** The visitor pressed this button of that message. */
  readonly button?: { readonly message: string; readonly id: string }
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface Contacts {
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly description: string | null
}

/** The chat that the visitor is asked to rate; `rate` once they did. */
export interface Rating {
  readonly chat: number
  readonly rate: Rate | null
}

/** The visitor's phone call that was last begun from a page. */
export interface PhoneCall {
  readonly call: number
  readonly phone: string
  readonly status: 'start' | 'agent_connected' | 'client_connected' | 'end' | 'error'
  readonly reason?: string
}

/** From the emulator to the page. */
export type ServerFrame =
  | NewsFrame
  /** Frames of the page up to this `order` are done with: stored, or refused. */
  | { readonly type: 'heard'; readonly heard: number }

/** What the page is told. `seq` is the journal event that a frame stands for. */
export type NewsFrame =
  | {
      readonly type: 'welcome'
      readonly seq: number
      /** The `order` of the last frame of this page that is stored. */
      readonly heard: number
      readonly visitor: number
      readonly mode: 'online' | 'offline'
      readonly contacts: Contacts
      /** The agent who holds the chat, null while nobody does. */
      readonly agent: string | null
      readonly settings: WidgetSettings
      /** Pages that the visitor opened so far, this one included. */
      readonly pages: number
      readonly rating: Rating | null
      readonly call: PhoneCall | null
      /** The visitor's history, oldest first. */
      readonly messages: readonly ChatMessage[]
    }
  | { readonly type: 'message'; readonly seq: number; readonly message: ChatMessage }
  | { readonly type: 'agent'; readonly seq: number; readonly name: string | null }
  | { readonly type: 'settings'; readonly seq: number; readonly mode: 'online' | 'offline'; readonly settings: WidgetSettings }
  /** Who types, null when nobody does any more. */
  | { readonly type: 'typing'; readonly seq: number; readonly name: string | null }
  | { readonly type: 'rating'; readonly seq: number; readonly rating: Rating | null }
  | { readonly type: 'call'; readonly seq: number; readonly call: PhoneCall }
  /** An agent invites the visitor. */
  | { readonly type: 'invitation'; readonly seq: number; readonly name: string | null; readonly text: string }
  | { readonly type: 'contacts'; readonly seq: number; readonly contacts: Contacts }
  | { readonly type: 'callback'; readonly seq: number; readonly callback: string; readonly args: readonly unknown[] }
  /** The offline form was accepted. */
  | { readonly type: 'received'; readonly seq: number; readonly id: string }
  /** A frame was refused; nothing of it was recorded. */
  | { readonly type: 'refused'; readonly id?: string; readonly field: string; readonly message: string }
