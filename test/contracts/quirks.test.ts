import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fieldsOf, unwrap } from '../../src/contracts/paths.js'
import { crmWebhooks } from '../../src/contracts/webhooks/crm.js'
import { defaultQuirks } from '../../src/contracts/webhooks/default-quirks.js'
import { channelWebhooks, type WebhookName, webhookContract, webhookNames } from '../../src/contracts/webhooks/events.js'
import { type Quirks, quirks } from '../../src/contracts/webhooks/quirks.js'
import { isSent, maskedText, shapeBody } from '../../src/emulator/rules/quirks.js'

type Body = Record<string, unknown>

const channel = { id: '3948', publicId: 'Kx3PzR81uQ' }
const plain = (event: string, scene = ''): Body =>
  JSON.parse(
    readFileSync(
      new URL(`../../fixtures/${Object.hasOwn(crmWebhooks, event) ? 'crm' : 'webhooks'}/${event}${scene && `.${scene}`}.json`, import.meta.url),
      'utf8',
    ),
  )
const shaped = (body: Body, changes: Partial<Quirks>) => shapeBody(body, { ...defaultQuirks, ...changes }, channel) as Body
const values = Object.entries(quirks.shape).flatMap(([name, schema]) =>
  (unwrap(schema) as unknown as { options: string[] }).options.map(value => [name, value] as const),
)

test('the switches without a value are the defaults', () => {
  expect(quirks.parse({})).toEqual(defaultQuirks)
  expect(fieldsOf(quirks).map(({ path }) => path)).toEqual(Object.keys(defaultQuirks))
})

describe('by default', () => {
  test.each(webhookNames)('%s stays as it is', event => {
    expect(shaped(plain(event), {})).toEqual(plain(event))
  })
})

const geoip = { city: 'Tver' }
const person = { name: 'Vera', email: null, phone: null, description: null, number: '412', social: {}, chats_count: 1 }
const direct = { geoip, utm: 'campaign=(direct)|source=(direct)', utm_json: { campaign: '(direct)', source: '(direct)' }, ip_addr: '203.0.113.7' }
const accepted = {
  event_name: 'chat_accepted',
  widget_id: '3948',
  user_token: null,
  visitor: person,
  organization: { id: '31', name: 'Birch' },
  status: { id: '4', title: 'contact_later' },
  assigned_agent: { id: 6001, email: 'max@kettle.example', name: 'Max' },
  tags: [{ id: '7', title: 'oven' }],
  chat_id: 5,
  topic: null,
  department: null,
  session: direct,
  analytics: {},
  agent: { id: '6001', name: 'Max' },
}
const finished = {
  event_name: 'chat_finished',
  user_token: null,
  visitor: person,
  analytics: null,
  agents: [{ id: '6001' }],
  chat: { messages: [{ message: 'Hello', timestamp: 1, type: 'agent', agent_id: 6001 }] },
  plain_messages: '[00:00:01] Max: Hello',
  html_messages: '<p>Hello</p>',
}
const offline = { event_name: 'offline_message', visitor: person, analytics: {}, tags: [], chat_id: 5, topic: null, offline_message_id: 1_754_003_204_123 }
const call = { event_name: 'call_event', user_token: null, visitor: person, topic: null }
const attributes = { event_name: 'client_attribute_updated', attributes: { plan: 'gold', orders: 14 } }
const task = { event_name: 'completed_task', event_type: 'crm_task', show_notification: 1 }
const omit = (body: Body, ...keys: string[]): Body => Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))

test.each<[string, string, Body, Body]>([
  ['edition', 'B', accepted, omit(accepted, 'topic')],
  [
    'edition',
    'A',
    accepted,
    { ...omit(accepted, 'topic', 'department', 'organization', 'status', 'assigned_agent', 'tags'), session: omit(direct, 'utm_json') },
  ],
  ['edition', 'A', offline, { ...omit(offline, 'tags', 'topic', 'chat_id'), offline_message_id: '204123' }],
  ['edition', 'A', finished, finished],
  [
    'types',
    'tables',
    accepted,
    {
      ...accepted,
      organization: { id: 31, name: 'Birch' },
      status: { id: 4, title: 'contact_later' },
      tags: [{ id: 7, title: 'oven' }],
      agent: { id: 6001, name: 'Max' },
    },
  ],
  ['types', 'tables', finished, { ...finished, agents: [{ id: 6001 }] }],
  ['types', 'tables', { visitor: { number: 412 } }, { visitor: { number: '412' } }],
  ['types', 'tables', { visitor: { social: { id: '5' } } }, { visitor: { social: { id: '5' } } }],
  ['types', 'tables', task, { ...task, show_notification: true }],
  ['message_text', 'masked', finished, { ...finished, chat: { messages: [{ message: maskedText, timestamp: 1, type: 'agent', agent_id: 6001 }] } }],
  [
    'message_text',
    'as-examples',
    finished,
    { ...finished, chat: { messages: [{ message: maskedText, timestamp: 1, type: 'agent', agent_id: 6001 }] }, plain_messages: '', html_messages: '' },
  ],
  ['analytics', 'null', accepted, { ...accepted, analytics: null }],
  ['analytics', 'empty', finished, { ...finished, analytics: {} }],
  ['analytics', 'keys', finished, { ...finished, analytics: { ga: null, ym: null } }],
  ['analytics', 'keys', { analytics: { ga: '1.2' } }, { analytics: { ga: '1.2', ym: null } }],
  ['analytics', 'null', attributes, attributes],
  ['social', 'null', accepted, { ...accepted, visitor: { ...person, social: null } }],
  ['social', 'absent', accepted, { ...accepted, visitor: omit(person, 'social') }],
  ['social', 'absent', { visitor: { social: { vk: 'id5' } } }, { visitor: { social: { vk: 'id5' } } }],
  ['social', 'as-examples', accepted, accepted],
  ['social', 'as-examples', call, call],
  ['social', 'as-examples', offline, { ...offline, visitor: omit(person, 'social') }],
  ['optionals', 'absent', accepted, { ...accepted, visitor: omit(person, 'email', 'phone', 'description') }],
  ['topic', 'absent', accepted, omit(accepted, 'topic', 'department')],
  ['topic', 'absent', { topic: { topic_id: 1 } }, { topic: { topic_id: 1 } }],
  ['user_token', 'as-examples', finished, omit(finished, 'user_token')],
  ['user_token', 'as-examples', call, omit(call, 'user_token')],
  ['user_token', 'as-examples', accepted, accepted],
  ['attributes', 'list', attributes, { ...attributes, attributes: [{ plan: 'gold' }, { orders: 14 }] }],
  ['direct_utm', 'null', accepted, { ...accepted, session: { ...direct, utm: null, utm_json: {} } }],
  ['direct_utm', 'null', { session: { utm: 'source=mail' } }, { session: { utm: 'source=mail' } }],
  ['isp', 'empty', accepted, { ...accepted, session: { ...direct, geoip: { ...geoip, isp: '' } } }],
  ['widget_id', 'public', accepted, { ...accepted, widget_id: 'Kx3PzR81uQ' }],
  ['widget_id', 'public', task, task],
  ['merged_tag', 'merged_tag', { event_name: 'merged_client_tag' }, { event_name: 'merged_tag' }],
  ['completed_task', 'completed task', task, { ...task, event_name: 'completed task' }],
  ['event_type', 'absent', task, omit(task, 'event_type')],
])('%s %s: %j becomes %j', (name, value, given, expected) => {
  const before = structuredClone(given)
  expect(shaped(given, { [name]: value })).toEqual(expected)
  expect(given).toEqual(before)
})

describe.each(values)('with %s %s', (name, value) => {
  test('every event is allowed by its contract', () => {
    for (const event of webhookNames) {
      const body = shaped(plain(event), { [name]: value })
      expect(webhookContract(String(body.event_name))?.safeParse(body).error?.issues ?? [], event).toEqual([])
    }
  })
})

test('all switches away from their defaults at once are allowed by the contracts', () => {
  const last = Object.fromEntries(values) as unknown as Quirks
  for (const edition of ['A', 'B', 'C'] as const) {
    for (const event of webhookNames) {
      const body = shaped(plain(event), { ...last, edition })
      expect(webhookContract(String(body.event_name))?.safeParse(body).error?.issues ?? [], event).toEqual([])
    }
  }
})

test('each edition has its events', () => {
  const sent = (edition: Quirks['edition']) => webhookNames.filter((event: WebhookName) => isSent(event, { ...defaultQuirks, edition }))
  const channelNames = Object.keys(channelWebhooks)
  expect(sent('A')).toEqual(['chat_accepted', 'chat_assigned', 'chat_updated', 'chat_finished', 'offline_message'])
  expect(sent('B')).toEqual(['call_event', 'chat_accepted', 'chat_updated', 'client_updated', 'chat_finished', 'offline_message'])
  expect(sent('C')).toEqual([...channelNames.filter(name => name !== 'chat_assigned'), ...Object.keys(crmWebhooks)])
})
