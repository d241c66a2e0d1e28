import type { Account, AgentsMode, DeliveryProfile, RateLimit } from '../contracts/account.js'
import type { Quirks } from '../contracts/webhooks/quirks.js'
import type { AccountSettings, BotSettings, ChannelSettings } from '../emulator/account.js'

/** What the fake Jivo is like. The names are those of the flags of `jivo-dev emulate`. */
export interface JivoOptions {
  /** Your bot for all channels, asked at URL/TOKEN: its address, or the address and the rest. */
  readonly bot?: string | BotSettings
  /** Your server as a channel of the Chat API. */
  readonly chat?: string
  /** Your server, which receives the webhooks. */
  readonly webhook?: string
  /** Your server for CRM webhooks. */
  readonly crmWebhook?: string
  /**
   * `auto` answers by itself, `manual` waits to be driven, `offline` is nobody.
   *
   * @default 'auto'
   */
  readonly agents?: AgentsMode
  /** Channels besides the site and the one of `chat`. */
  readonly channels?: readonly ChannelSettings[]
  /** Answers 429 to more than that of a bot or a channel. */
  readonly rateLimit?: RateLimit
  /** Answers every request of a bot or a channel with this status, as a service in trouble does. */
  readonly refuseWith?: NonNullable<Account['refuseWith']>
  /** Refuses what Jivo's documents refuse, where the live service was seen to be lenient. */
  readonly strict?: boolean
  /**
   * How deliveries are tried again: `none` makes one attempt, and lets a test of failures end at once.
   *
   * @default 'jivo'
   */
  readonly deliveryProfile?: DeliveryProfile['name']
  readonly quirks?: Partial<Quirks>
  /** The secret that user tokens of the site are signed with. */
  readonly jwtSecret?: string
  /**
   * Decides all ids: the same seed, the same ids.
   *
   * @default 1
   */
  readonly seed?: number
}

/** @throws TypeError for an address that is none */
export const accountOf = (options: JivoOptions): AccountSettings => {
  const { bot, chat, channels = [], agents = 'auto', seed = 1, strict, deliveryProfile, webhook, crmWebhook, ...rest } = options
  const bots = bot === undefined ? [] : [typeof bot === 'string' ? { url: bot } : bot]
  for (const [name, url] of Object.entries({ bot: bots[0]?.url, chat, webhook, crmWebhook })) if (url !== undefined) checkUrl(name, url)
  return {
    ...rest,
    seed,
    mode: agents,
    bots,
    channels: chat === undefined ? channels : [...channels, { type: 'chat-api', url: chat }],
    webhook: webhook ?? null,
    crmWebhook: crmWebhook ?? null,
    isStrict: strict,
    delivery: deliveryProfile,
  }
}

const checkUrl = (name: string, url: string) => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new TypeError(`jivo-dev: ${name} is not an address of a server: expected http:// or https://, got ${JSON.stringify(url)}.`)
  }
}
