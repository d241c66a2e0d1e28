import * as z from 'zod'
import { geoip } from './webhooks/objects.js'
import { quirks } from './webhooks/quirks.js'
import { widgetSettings } from './widget-settings.js'

/** The customer's account in Jivo, as far as a flag can set it. */

/**
 * What the one agent does.
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

export const account = z.strictObject({
  siteId: z.string(),
  mode: agentsMode,
  agents: z.array(accountAgent).min(1),
  channels: z.array(channel).min(1),
  /** Where the account's CRM webhooks go, with its secrets masked; null when nothing is set. */
  crmWebhook: z.string().nullable(),
  delivery: deliveryProfile,
  /** Where every visitor is: a loopback address has no place on the map, so the account brings one. */
  place: z.strictObject({ ip: z.string(), geoip }),
})

export type AgentsMode = z.infer<typeof agentsMode>
export type AccountAgent = z.infer<typeof accountAgent>
export type DeliveryProfile = z.infer<typeof deliveryProfile>
export type Account = z.infer<typeof account>
