import * as z from 'zod'
import { documented, guessed, observed } from '../evidence.js'

/** Objects that several webhooks share. "Tables" and "examples" are the two parts of Jivo's Webhooks API page; they disagree on types. */

const tables = documented('Webhooks API, parameter tables')
const examples = documented('Webhooks API, example bodies')
const receivers = observed('receivers in production')
const ids = guessed('tables say number, examples say string; the emulator sends what the examples show')
const sinceB = documented('Webhooks API, parameter tables; absent in the oldest edition')

const id = z.union([z.string().regex(/^\d+$/), z.int()])

/** The person who wrote. Every contact may be null or absent until it is given. */
export const visitor = z.strictObject({
  name: receivers(z.string().nullish(), 'null or absent for a visitor without a name'),
  email: tables(z.string().nullish(), 'e-mail address'),
  phone: tables(z.string().nullish(), 'phone number as it was typed'),
  description: receivers(z.string().nullish(), "agent's or page's remark about the visitor"),
  number: examples(id, 'number of the visitor; a string in the examples, but a number in that of client_updated'),
  social: examples(z.record(z.string(), z.unknown()).nullish(), 'social profiles; `{}`, null or absent when there are none'),
  chats_count: tables(z.int().nonnegative(), '1 during the first chat'),
})

/** The client's company. */
export const organization = z.strictObject({
  id: ids(id),
  name: tables(z.string()),
})

/** The client's category. System titles are keys such as `contact_later`. */
export const status = z.strictObject({
  id: ids(id),
  title: tables(z.string()),
})

/** The agent responsible for the client. Unlike `agent.id`, its id is a number in tables and examples alike. */
export const assignedAgent = z.strictObject({
  id: tables(z.int(), 'a number in tables and examples, unlike agent.id'),
  email: tables(z.string()),
  name: tables(z.string()),
})

export const tag = z.strictObject({
  id: ids(id),
  title: tables(z.string()),
})

/** The agent of the chat. */
export const agent = z.strictObject({
  id: ids(id),
  name: tables(z.string()),
  email: tables(z.string()),
  phone: tables(z.string().nullish()),
})

/** The department that the visitor chose before the chat. */
export const department = z.strictObject({
  id: tables(z.int()),
  name: tables(z.string()),
})

/** The topic that the agent picked for the dialog. */
export const topic = z.strictObject({
  topic_id: tables(z.int()),
  title: tables(z.string()),
  parent_id: tables(z.int().nullish()),
})

/** Where the visitor's address is on the map. `organization` is the provider here, not a company. */
export const geoip = z.strictObject({
  region_code: tables(z.string()),
  country_code: tables(z.string(), 'ISO 3166 code'),
  country: tables(z.string()),
  region: tables(z.string()),
  city: tables(z.string()),
  latitude: examples(z.string(), 'degrees, as a string'),
  longitude: examples(z.string(), 'degrees, as a string'),
  organization: tables(z.string(), "name of the visitor's provider"),
  isp: receivers(z.string().optional(), 'the provider again, often empty; real traffic carries it'),
})

/** The UTM labels of the first visit; direct traffic has only `campaign` and `source`, both `(direct)`. */
export const utmJson = z.strictObject({
  source: tables(z.string().optional()),
  campaign: tables(z.string().optional()),
  content: tables(z.string().optional()),
  medium: tables(z.string().optional()),
  term: tables(z.string().optional()),
})

export const session = z.strictObject({
  geoip: tables(geoip),
  utm: tables(z.string().nullable(), '`key=value` pairs joined with a pipe, keys without `utm_`; null when there are none'),
  utm_json: sinceB(utmJson.nullish(), 'the same pairs as an object; direct traffic has only campaign and source'),
  ip_addr: tables(z.string(), "the visitor's address"),
  user_agent: tables(z.string()),
})

/** The page that the visitor writes from. Channels other than a site have none. */
export const page = z.strictObject({
  url: tables(z.string()),
  title: tables(z.string().nullish()),
})

/** Client ids of the site's analytics. */
export const analytics = z.strictObject({
  ga: receivers(z.string().nullish(), 'Google Analytics'),
  ym: receivers(z.string().nullish(), 'Yandex.Metrika'),
})

/** One line of the transcript. */
export const chatMessage = z.strictObject({
  message: receivers(z.string(), 'the text; one receiver sees it masked here and readable in plain_messages'),
  timestamp: receivers(z.int(), 'seconds since 1970'),
  type: tables(z.enum(['visitor', 'agent']), 'who wrote'),
  agent_id: examples(z.int().optional(), 'only where `type` is `agent`; a number, while `agents[].id` is a string'),
})

/** What happened in the chat, sent when it is over. */
export const finishedChat = z.strictObject({
  messages: examples(z.array(chatMessage), 'a list; the table says object'),
  blacklisted: receivers(z.boolean().nullable(), 'the visitor was blocked'),
  rate: receivers(z.enum(['positive', 'negative']).nullable(), 'how the visitor rated the chat; null when not at all'),
  invitation: tables(z.string().optional(), 'text of the proactive invitation, when there was one'),
})

/** One state of a call. A call has several: `start`, then who was connected, then `end` or `error`. */
export const call = z.strictObject({
  type: tables(z.enum(['callback', 'incoming', 'outgoing'])),
  phone: tables(z.string(), "the client's number"),
  status: tables(z.enum(['start', 'end', 'agent_connected', 'client_connected', 'error'])),
  reason: tables(z.string().optional(), 'only where `status` is `error`; its values are not documented'),
  record_url: tables(z.string().optional(), 'link to an mp3, only once the call has ended'),
})
