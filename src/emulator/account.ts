import type { Account, AgentsMode, Bot, DeliveryProfile, Template } from '../contracts/account.js'
import { defaultQuirks } from '../contracts/webhooks/default-quirks.js'
import type { Quirks } from '../contracts/webhooks/quirks.js'
import type { WidgetSettings } from '../contracts/widget-settings.js'

/** How deliveries may be tried. Jivo documents none of these numbers: all are guesses. */
export const deliveryProfiles: Readonly<Record<DeliveryProfile['name'], DeliveryProfile>> = {
  jivo: { name: 'jivo', retryOn: 'trouble', timeout: 3_000, pauses: [1_000, 5_000] },
  strict: { name: 'strict', retryOn: 'not-ok', timeout: 3_000, pauses: [1_000, 5_000] },
  none: { name: 'none', retryOn: 'trouble', timeout: 3_000, pauses: [] },
}

/** What flags say about the account. */
export interface AccountSettings {
  readonly seed: number
  readonly mode: AgentsMode
  /** Masked address of the channel's webhook, null for none. */
  readonly webhook: string | null
  /** Masked address of the account's CRM webhooks, null for none. */
  readonly crmWebhook: string | null
  /** The bot of the site's channel, null for none. */
  readonly bot?: Pick<Bot, 'url' | 'token' | 'headers'> | null | undefined
  readonly isStrict?: boolean | undefined
  readonly delivery?: DeliveryProfile['name'] | undefined
  /** Switches of the channel that differ from the defaults. */
  readonly quirks?: Partial<Quirks> | undefined
  /** Settings of the widget that differ from the defaults. */
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

/** Answers that agents have ready. */
const templates: readonly Template[] = [
  { name: 'One moment', text: 'One moment, please. I am looking it up.', quick: true },
  { name: 'Delivery terms', text: 'We deliver within three working days, and the courier calls an hour before.', quick: true },
  { name: 'Ask for the phone', text: 'What is your phone number, {name}? I will call you if we lose the connection.', quick: true },
  { name: 'Thank you, bye', text: 'Thank you, {name}. Have a good day!', quick: true },
  { name: 'Greeting', text: 'Hello, {name}! How can I help?' },
  { name: 'Return', text: 'An unused kettle can be returned within 14 days. Shall I send you the form?' },
]

/** An account with three agents, one site channel, and visitors from one town: sample data of ours, the same for the same seed. */
export const sampleAccount = ({
  seed,
  mode,
  webhook,
  crmWebhook,
  delivery = 'jivo',
  quirks = {},
  widget = {},
  bot = null,
  isStrict = false,
}: AccountSettings): Account => ({
  siteId: '700011',
  mode,
  agents: [
    { id: 6001, name: 'Max Orlov', email: 'max@kettle.example', phone: '+79005550100' },
    { id: 6002, name: 'Ada Finch', email: 'ada@kettle.example', phone: null, department: 'Sales' },
    { id: 6003, name: 'Nina Park', email: 'nina@kettle.example', phone: null, department: 'Returns' },
  ],
  templates: [...templates],
  channels: [
    {
      id: '3948',
      publicId: publicIdOf(seed),
      name: 'Kettle & Moss',
      webhook,
      quirks: { ...defaultQuirks, ...quirks },
      widget: { ...defaultWidget, ...widget },
    },
  ],
  bots: bot === null ? [] : [{ id: 'bot1', name: 'Kettle Bot', providerId: providerIdOf(seed), channels: [publicIdOf(seed)], ...bot }],
  isStrict,
  crmWebhook,
  delivery: deliveryProfiles[delivery],
  place: {
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
  },
})

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const publicIdOf = (seed: number) => lettersOf(seed, 10)

/** As long as those that Jivo issues. */
const providerIdOf = (seed: number) => lettersOf(seed + 7_919, 15)

/** Letters and digits from a seed; the generator is mulberry32. */
export const lettersOf = (seed: number, length: number): string => {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return Array.from({ length }, () => letters[Math.floor(next() * letters.length)]).join('')
}
