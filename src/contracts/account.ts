import * as z from 'zod'
import { geoip } from './webhooks/objects.js'
import { quirks } from './webhooks/quirks.js'
import { widgetSettings } from './widget-settings.js'

/** The customer's account in Jivo, as far as a flag can set it. */

/**
 * What the first agent does; the others come when they are called.
 * - `auto`: accepts and answers by itself, until a person acts at the console.
 * - `manual`: is online and waits for the console.
 * - `offline`: is away, so the widget shows the offline form.
 */
export const agentsMode = z.enum(['auto', 'manual', 'offline'])

export const accountAgent = z.strictObject({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  /** Name of the agent's department. */
  department: z.string().optional(),
})

/** An answer that agents have ready. */
export const template = z.strictObject({
  name: z.string().min(1),
  /** `{name}` stands for the client's name. */
  text: z.string().min(1).max(10_000),
  /** Shown above the composer, one click away. */
  quick: z.boolean().optional(),
})

export const channel = z.strictObject({
  /** Digits, as webhooks carry it in `widget_id`. */
  id: z.string(),
  /** Ten letters and digits, as the embed snippet carries it. */
  publicId: z.string(),
  name: z.string(),
  /** Where webhooks go, with its secrets masked; null when nothing is set. */
  webhook: z.string().nullable(),
  /** What this channel sends where Jivo's documents leave a choice. */
  quirks,
  widget: widgetSettings,
})

/** How deliveries are tried. Jivo documents none of these numbers for webhooks: all are guesses. */
export const deliveryProfile = z.strictObject({
  name: z.enum(['jivo', 'strict', 'none']),
  /**
   * What is tried again.
   * - `trouble`: what may pass by itself, which is no answer, a server error or "too many requests".
   * - `not-ok`: everything that is not an answer with `"result": "ok"`.
   */
  retryOn: z.enum(['trouble', 'not-ok']),
  /** Milliseconds until an attempt is given up. */
  timeout: z.int().positive(),
  /** Pauses in milliseconds before the second attempt, the third, and so on. */
  pauses: z.array(z.int().nonnegative()),
})

/** A bot, bound to channels by Jivo's support. Bot API, parties and addresses. */
export const bot = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Where Jivo asks it, the token already behind it; masked. */
  url: z.string(),
  /** Issued by Jivo: 15 letters and digits. The bot's own requests carry it. */
  providerId: z.string(),
  /** Chosen by the bot's maker, masked; the same in both directions. */
  token: z.string(),
  /** Headers that its server wants, their values masked. */
  headers: z.record(z.string(), z.string()),
  /** Public ids of its channels. */
  channels: z.array(z.string()),
})

export const account = z.strictObject({
  siteId: z.string(),
  mode: agentsMode,
  agents: z.array(accountAgent).min(1),
  templates: z.array(template),
  channels: z.array(channel).min(1),
  bots: z.array(bot),
  /** Refuses what Jivo's documents refuse; lenient otherwise, as the service was seen to be. */
  isStrict: z.boolean(),
  /** Where the account's CRM webhooks go, with its secrets masked; null when nothing is set. */
  crmWebhook: z.string().nullable(),
  delivery: deliveryProfile,
  /** Where every visitor is: a loopback address has no place on the map, so the account brings one. */
  place: z.strictObject({ ip: z.string(), geoip }),
})

export type AgentsMode = z.infer<typeof agentsMode>
export type AccountAgent = z.infer<typeof accountAgent>
export type Template = z.infer<typeof template>
export type DeliveryProfile = z.infer<typeof deliveryProfile>
export type Bot = z.infer<typeof bot>
export type Account = z.infer<typeof account>
