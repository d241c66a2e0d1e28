import type { Account, AccountAgent, AgentsMode, Bot, Channel, DeliveryProfile, RateLimit, Template } from '../contracts/account.js'
import { type ChannelType, channelTypes, profileOfType } from '../contracts/channel-types.js'
import { defaultQuirks } from '../contracts/webhooks/default-quirks.js'
import type { Quirks } from '../contracts/webhooks/quirks.js'
import type { WidgetSettings } from '../contracts/widget-settings.js'
import { hideUrl, type SecretStore } from './secrets.js'

/** How deliveries may be tried. Jivo documents none of these numbers: all are guesses. */
export const deliveryProfiles: Readonly<Record<DeliveryProfile['name'], DeliveryProfile>> = {
  jivo: { name: 'jivo', retryOn: 'trouble', timeout: 3_000, pauses: [1_000, 5_000] },
  strict: { name: 'strict', retryOn: 'not-ok', timeout: 3_000, pauses: [1_000, 5_000] },
  none: { name: 'none', retryOn: 'trouble', timeout: 3_000, pauses: [] },
}

export interface ChannelSettings {
  readonly type: ChannelType
  readonly name?: string | undefined
  /** Where its webhooks go; null for nowhere. Undefined is where the account's go. */
  readonly webhook?: string | null | undefined
  /** The customer's server of a channel of the Chat API; null for none. Undefined keeps what the journal has. */
  readonly url?: string | null | undefined
  readonly framing?: 'length' | 'chunked' | undefined
  readonly quirks?: Partial<Quirks> | undefined
  readonly widget?: Partial<WidgetSettings> | undefined
  /** Null for opaque tokens. Undefined keeps what the journal has. */
  readonly jwtSecret?: string | null | undefined
}

export interface BotSettings {
  readonly name?: string | undefined
  /** Where Jivo asks it, without the token. */
  readonly url: string
  /** Made up from the seed when absent. */
  readonly token?: string | undefined
  /** 15 letters and digits, as Jivo issues them. Made up from the seed when absent. */
  readonly providerId?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Names or types of its channels; all of them when absent. */
  readonly channels?: readonly string[] | undefined
  /** Milliseconds; no limit when absent. */
  readonly answerWithin?: number | undefined
}

/** What flags and the project's file say about the account, its secrets whole. */
export interface AccountSettings {
  readonly seed: number
  readonly mode: AgentsMode
  readonly agents?: readonly AccountAgent[] | undefined
  readonly templates?: readonly Template[] | undefined
  /** Where webhooks go; null for nowhere. Undefined keeps what the journal has. */
  readonly webhook?: string | null | undefined
  /** Where CRM webhooks go; null for nowhere. Undefined keeps what the journal has. */
  readonly crmWebhook?: string | null | undefined
  /** Channels besides those that the journal has; the site is always there. */
  readonly channels?: readonly ChannelSettings[] | undefined
  /** Undefined keeps what the journal has. */
  readonly bots?: readonly BotSettings[] | undefined
  readonly isStrict?: boolean | undefined
  /** Of the first site; null for opaque tokens. Undefined keeps what the journal has. */
  readonly jwtSecret?: string | null | undefined
  readonly hasStrictTokens?: boolean | undefined
  /** Where the shop page gets the tokens of its users; null for tokens of the emulator's own. Undefined keeps what the journal has. */
  readonly tokenUrl?: string | null | undefined
  /** A status of Jivo's list for every request of a bot or a channel. */
  readonly refuseWith?: Account['refuseWith'] | undefined
  readonly rateLimit?: RateLimit | null | undefined
  readonly delivery?: DeliveryProfile['name'] | undefined
  /** Switches of the channels that differ from the defaults. */
  readonly quirks?: Partial<Quirks> | undefined
  /** Settings of the site's widget that differ from the defaults. */
  readonly widget?: Partial<WidgetSettings> | undefined
}

/** A widget as a new channel has it, with everything switched on that costs nothing. */
export const defaultWidget: WidgetSettings = {
  boot: 'now',
  status: 'active',
  label: 'own',
  colors: ['#2456e6', '#5b3fd6'],
  callback: 'on',
  asksForRating: true,
  menu: [],
  language: 'page',
  actions: [],
}

const sampleAgents: readonly AccountAgent[] = [
  { id: 6001, name: 'Max Orlov', email: 'max@kettle.example', phone: '+79005550100' },
  { id: 6002, name: 'Ada Finch', email: 'ada@kettle.example', phone: null, department: 'Sales' },
  { id: 6003, name: 'Nina Park', email: 'nina@kettle.example', phone: null, department: 'Returns' },
]

/** Answers that agents have ready. */
const sampleTemplates: readonly Template[] = [
  { name: 'One moment', text: 'One moment, please. I am looking it up.', quick: true },
  { name: 'Delivery terms', text: 'We deliver within three working days, and the courier calls an hour before.', quick: true },
  { name: 'Ask for the phone', text: 'What is your phone number, {name}? I will call you if we lose the connection.', quick: true },
  { name: 'Thank you, bye', text: 'Thank you, {name}. Have a good day!', quick: true },
  { name: 'Greeting', text: 'Hello, {name}! How can I help?' },
  { name: 'Return', text: 'An unused kettle can be returned within 14 days. Shall I send you the form?' },
]

const samplePlace: Account['place'] = {
  ip: '203.0.113.7',
  geoip: {
    region_code: 'TVE',
    country_code: 'RU',
    country: 'Russia',
    region: 'Tver Oblast',
    city: 'Tver',
    latitude: '56.8587',
    longitude: '35.9176',
    organization: 'Example Telecom',
  },
}

/**
 * The account that an emulator starts with: what the settings say, on top of what the last run had, on top of sample data of
 * ours. The same settings and the same seed make the same account. Secrets are masked on the way in.
 */
export const makeAccount = (settings: AccountSettings, known: Account | null, secrets: SecretStore): Account => {
  const {
    seed,
    mode,
    agents = sampleAgents,
    templates = sampleTemplates,
    isStrict = false,
    hasStrictTokens = false,
    rateLimit = null,
    refuseWith = null,
    delivery = 'jivo',
  } = settings
  const address = (given: string | null | undefined, kept: string | null | undefined) =>
    typeof given === 'string' ? hideUrl(given, secrets) : given === null ? null : (kept ?? null)
  const secretOf = (given: string | null | undefined, kept: string | null | undefined) =>
    typeof given === 'string' ? secrets.hide(given) : given === null ? null : (kept ?? null)
  const webhook = address(settings.webhook, known?.channels[0]?.webhook)

  const asked: readonly ChannelSettings[] = settings.channels ?? []
  const sites = asked.filter(({ type }) => type === 'site')
  // Whoever asks for "the" channel means the site's: it comes first.
  const listed = [...(sites.length === 0 ? [{ type: 'site' } satisfies ChannelSettings] : sites), ...asked.filter(({ type }) => type !== 'site')]
  const counts = new Map<ChannelType, number>()
  const channels = listed.map((channel): Channel => {
    const nth = counts.get(channel.type) ?? 0
    counts.set(channel.type, nth + 1)
    const blank = newChannel(channel.type, nth, seed)
    const kept = known?.channels.find(({ id }) => id === blank.id)
    const isSite = channel.type === 'site' && nth === 0
    return {
      ...blank,
      name: channel.name ?? blank.name,
      webhook: channel.webhook === undefined ? webhook : address(channel.webhook, null),
      quirks: { ...defaultQuirks, ...settings.quirks, ...channel.quirks },
      widget: { ...blank.widget, ...kept?.widget, ...channel.widget, ...(isSite ? settings.widget : {}) },
      jwtSecret: secretOf(isSite && settings.jwtSecret !== undefined ? settings.jwtSecret : channel.jwtSecret, kept?.jwtSecret),
      api: blank.api && { url: address(channel.url, kept?.api?.url), framing: channel.framing ?? kept?.api?.framing ?? blank.api.framing },
    }
  })
  // Chats of the last run hang on their channels.
  const others = known?.channels.slice(1).filter(({ id, type }) => type !== undefined && !channels.some(channel => channel.id === id)) ?? []
  const all = [...channels, ...others]

  return {
    siteId: '700011',
    mode,
    agents: [...agents],
    templates: [...templates],
    channels: all,
    bots: settings.bots?.map((bot, at) => makeBot(bot, at, seed, all, secrets)) ?? known?.bots ?? [],
    isStrict,
    hasStrictTokens,
    tokenUrl: address(settings.tokenUrl, known?.tokenUrl),
    refuseWith,
    rateLimit,
    crmWebhook: address(settings.crmWebhook, known?.crmWebhook),
    delivery: deliveryProfiles[delivery],
    place: samplePlace,
  }
}

/** The nth channel of a type, from 0, as it is when nothing is set. Its ids come from the seed, the type and n. */
export const newChannel = (type: ChannelType, nth: number, seed: number): Channel => {
  const place = channelTypes.indexOf(type) + nth * 100
  return {
    type,
    id: String(3948 + place),
    publicId: lettersOf(seed + place * 15_485_863, 10),
    name: type === 'site' && nth === 0 ? 'Kettle & Moss' : `${profileOfType(type).label}${nth === 0 ? '' : ` ${nth + 1}`}`,
    webhook: null,
    quirks: defaultQuirks,
    widget: defaultWidget,
    jwtSecret: null,
    api: type === 'chat-api' ? { url: null, framing: 'length' } : null,
  }
}

/** The channel that a name, a public id, the digits or a type stands for. */
export const channelNamed = (channels: readonly Channel[], name: string): Channel | undefined =>
  channels.find(({ publicId, id }) => publicId === name || id === name) ??
  channels.find(channel => channel.name === name) ??
  channels.find(({ type }) => type === name)

const makeBot = (bot: BotSettings, at: number, seed: number, channels: readonly Channel[], secrets: SecretStore): Bot => {
  const { url, token = madeUpToken(seed, at), headers = {} } = bot
  const address = new URL(url)
  const mask = secrets.hide(token)
  const shown = new URL(hideUrl(url, secrets))
  address.pathname = `${address.pathname.replace(/\/$/, '')}/${encodeURIComponent(token)}`
  shown.pathname = `${shown.pathname.replace(/\/$/, '')}/${mask}`
  return {
    id: `bot${at + 1}`,
    name: bot.name ?? (at === 0 ? 'Kettle Bot' : `Bot ${at + 1}`),
    url: secrets.hide(address.href, decodeURI(shown.href)),
    providerId: bot.providerId ?? lettersOf(seed + 7_919 + at, 15),
    token: mask,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secrets.hide(value)])),
    channels: bot.channels?.flatMap(name => channelNamed(channels, name)?.publicId ?? []) ?? null,
    answerWithin: bot.answerWithin ?? null,
  }
}

/** The token of the nth bot, when it was given none: it is no secret, so that it can be shown. */
export const madeUpToken = (seed: number, nth = 0): string => lettersOf(seed + 104_729 + nth, 24)

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits from a seed; the generator is mulberry32. */
const lettersOf = (seed: number, length: number): string => {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return Array.from({ length }, () => letters[Math.floor(next() * letters.length)]).join('')
}
