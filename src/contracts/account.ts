import * as z from 'zod'
import { channelTypes } from './channel-types.js'
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
  type: z.enum(channelTypes),
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
  /** The secret that user tokens are signed with, masked; null while tokens are opaque. */
  jwtSecret: z.string().nullable(),
  /** The other end of a channel of the Chat API; null for every other type. */
  api: z
    .strictObject({
      /** The customer's server, its secrets masked; null when nothing is sent. */
      url: z.string().nullable(),
      /** How the length of a body is told: in its header, or chunk by chunk. A setting of the channel in Jivo, too. */
      framing: z.enum(['length', 'chunked']),
    })
    .nullable(),
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
  /** Public ids of its channels; null for all of them. With Jivo a bot has one. */
  channels: z.array(z.string()).nullable(),
  /** Milliseconds that it has to speak after it took a message, before the chat goes to the agents; null for ever. Their number is not documented. */
  answerWithin: z.int().positive().nullable(),
})

/** Most requests in so many seconds, for each bot and each channel of the Chat API. Jivo lists the status 429, and no numbers. */
export const rateLimit = z.strictObject({ requests: z.int().positive(), seconds: z.number().positive() })

export const account = z.strictObject({
  siteId: z.string(),
  mode: agentsMode,
  agents: z.array(accountAgent).min(1),
  templates: z.array(template),
  channels: z.array(channel).min(1),
  bots: z.array(bot),
  /** Refuses what Jivo's documents refuse; lenient otherwise, as the service was seen to be. */
  isStrict: z.boolean(),
  /** Takes no user token that is bad. Jivo is not known to refuse any. */
  hasStrictTokens: z.boolean(),
  /** The developer's own endpoint for the users of the shop page, its secrets masked; null for tokens that the emulator signs. */
  tokenUrl: z.string().nullable(),
  /** The status that every request of a bot or a channel gets; null for the one that it deserves. */
  refuseWith: z.literal([403, 500, 502, 503, 504]).nullable(),
  /** Null for no limit. */
  rateLimit: rateLimit.nullable(),
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
export type Channel = z.infer<typeof channel>
export type RateLimit = z.infer<typeof rateLimit>
export type Bot = z.infer<typeof bot>
export type Account = z.infer<typeof account>
