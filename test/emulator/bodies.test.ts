import { expect, test } from 'vitest'
import { webhookContract } from '../../src/contracts/webhooks/events.js'
import type { Send } from '../../src/emulator/outbox.js'
import type { Input } from '../../src/emulator/rules/inputs.js'
import { fakeClock, id, startEmulator, type TestEmulator, until } from '../helpers/emulator.js'

/**
 * What a receiver gets, whole, for everything that happens by itself. The visitor's place and agent are those of the
 * sample account; 1754000000 is the second at which the clock stands.
 */

const session = {
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
  utm: 'source=newsletter|campaign=may',
  utm_json: { source: 'newsletter', campaign: 'may' },
  ip_addr: '203.0.113.7',
  user_agent: 'Test/1.0',
}
const page = { url: 'http://shop.test/kettle', title: 'Kettle' }
const agent = { id: '6001', name: 'Max Orlov', email: 'max@kettle.example', phone: '+79005550100' }
const unnamed = { name: null, phone: null, email: null, description: null, number: '1', social: {}, chats_count: 1 }
const vera = { ...unnamed, name: 'Vera Lind', phone: '+15550100' }
const dialog = { chat_id: 9001, topic: null, department: null, session, page, analytics: {}, agent }
const head = { widget_id: '3948', user_token: 'abc123_45' }
const noClient = { organization: null, status: null, assigned_agent: null, tags: [] }
const card = { organization: { id: '7', name: 'Lind & Co' }, status: { id: '3', title: 'contact_later' }, tags: [{ id: '11', title: 'Wholesale' }] }
const crmStatus = { title: 'contact_later', color: '8fa3ad', position: 0, status_id: 3, new_status_id: null }
const crmClient = {
  client_id: 1,
  widget: { widget_id: 3948 },
  name: 'Vera Lind',
  avatar_url: null,
  description: null,
  social: null,
  assigned_agent: { assigned_agent_id: null },
  crm_link: null,
  chats_count: 1,
  visits_count: 1,
  custom_data: null,
  status: null,
  organization: null,
  tags: [],
  has_deal: 0,
  contacts: [{ contact_type: 'phone', contact: '+15550100', channel_type: 'widget' }],
  blacklist: null,
}

/** Something that a visitor, an agent or a receiver does. */
type Step = (emulator: TestEmulator) => Promise<unknown>

const ask =
  (input: Input): Step =>
  emulator =>
    emulator.dispatch(input)

const pageId = id('p', 1)
const writes = ask({ type: 'visitor.write', page: pageId, id: id('m', 1), text: 'Is it <b>hot</b>?' })
const introduces = ask({ type: 'visitor.introduce', page: pageId, contacts: { name: 'Vera Lind', phone: '+15550100' } })
const editsContacts = ask({ type: 'agent.editContacts', visitor: 1, contacts: { email: 'vera@lind.example', phone: '+15550100' } })
const editsCard = ask({
  type: 'agent.editClient',
  visitor: 1,
  client: { organization: { id: 7, name: 'Lind & Co' }, status: { id: 3, title: 'contact_later' }, tags: [{ id: 11, title: 'Wholesale' }] },
})
const assignsAgent = ask({ type: 'agent.editClient', visitor: 1, client: { assignedAgent: 6001 } })
const finishes = ask({ type: 'agent.finish', chat: 9001 })
const calls = ask({ type: 'call.start', visitor: 1, kind: 'callback', phone: '+15550100' })
const replied: Step = emulator => until(() => emulator.world.visitors[1]?.card.crmLink !== undefined)

const linking: Send = async ({ body }) => {
  const reply = body.includes('"chat_accepted"') ? { result: 'ok', crm_link: 'https://crm.test/77', enable_assign: true } : { result: 'ok' }
  return {
    result: { kind: 'answered', status: 200, contentType: 'application/json', body: JSON.stringify(reply) },
    timing: { dns: null, connect: 1, firstByte: 2, total: 3 },
  }
}

const settings = { webhook: 'http://hooks.test/channel', crmWebhook: 'http://hooks.test/crm', mode: 'manual' as const }

/** The bodies that the steps send after those before them, by their names; each fits its contract. */
const bodiesOf = async (before: readonly Step[], steps: readonly Step[], more: Parameters<typeof startEmulator>[0] = {}) => {
  const emulator = await startEmulator({ ...settings, clock: fakeClock(1_754_000_000_000), ...more })
  await emulator.dispatch({
    type: 'page.open',
    page: pageId,
    key: id('k', 1),
    channel: emulator.world.account?.channels[0]?.publicId ?? '',
    ...page,
    referrer: '',
    language: 'en',
    userAgent: 'Test/1.0',
    utm: { source: 'newsletter', campaign: 'may' },
  })
  await emulator.dispatch({ type: 'page.api', page: pageId, method: 'setUserToken', args: [], result: null, effects: [{ kind: 'token', token: 'abc123_45' }] })
  for (const step of before) await step(emulator)
  const { seq } = emulator.world
  for (const step of steps) await step(emulator)
  const scheduled = (await emulator.eventsOf('delivery.scheduled')).filter(event => event.seq > seq)
  for (const { event, body } of scheduled) expect(webhookContract(event)?.safeParse(body).error, event).toBeUndefined()
  await until(() => Object.keys(emulator.world.deliveries).length === 0)
  const wire = emulator.sent.map(({ url, body }) => [url, JSON.parse(body)] as const)
  for (const { to, body } of scheduled) expect(wire).toContainEqual([to, body])
  await emulator.stop(0)
  return scheduled.map(({ to, body }) => [to.replace('http://hooks.test/', ''), body] as const)
}

const accept = ask({ type: 'agent.accept', chat: 9001 })

test('chat_accepted, when an agent takes the chat', async () => {
  expect(await bodiesOf([writes], [accept])).toEqual([['channel', { event_name: 'chat_accepted', ...head, visitor: unnamed, ...noClient, ...dialog }]])
})

test('chat_accepted has the card that the client had before', async () => {
  const [[, body] = []] = await bodiesOf([editsCard, assignsAgent, writes], [accept])
  expect(body).toEqual({
    event_name: 'chat_accepted',
    ...head,
    visitor: unnamed,
    ...card,
    assigned_agent: { id: 6001, email: 'max@kettle.example', name: 'Max Orlov' },
    ...dialog,
  })
})

test('chat_updated, when the visitor fills the form in a dialog; the CRM learns of a new client', async () => {
  expect(await bodiesOf([writes, accept], [introduces])).toEqual([
    ['channel', { event_name: 'chat_updated', ...head, visitor: vera, ...noClient, ...dialog }],
    ['crm', { event_type: 'crm_client', event_name: 'created_client', ...crmClient }],
  ])
})

test('chat_updated, when an agent edits contacts in a dialog; the responsible agent is not in it', async () => {
  expect(await bodiesOf([editsCard, assignsAgent, writes, accept, introduces], [editsContacts])).toEqual([
    ['channel', { event_name: 'chat_updated', ...head, visitor: { ...vera, email: 'vera@lind.example' }, ...card, assigned_agent: null, ...dialog }],
    [
      'crm',
      {
        event_type: 'crm_client',
        event_name: 'updated_client_contacts',
        ...crmClient,
        assigned_agent: { assigned_agent_id: 6001 },
        status: crmStatus,
        organization: { organization_id: 7, name: 'Lind & Co' },
        tags: [{ tag_id: 11, title: 'Wholesale' }],
        contacts: [...crmClient.contacts, { contact_type: 'email', contact: 'vera@lind.example', channel_type: 'agent_app' }],
      },
    ],
  ])
})

test('client_updated, when an agent edits contacts while no dialog is accepted', async () => {
  const bodies = await bodiesOf([introduces], [editsContacts])
  expect(bodies[0]).toEqual([
    'channel',
    {
      event_name: 'client_updated',
      ...head,
      client_id: '1',
      visitor: { ...vera, email: 'vera@lind.example', number: 1, chats_count: 0 },
      ...noClient,
    },
  ])
  expect(bodies.map(([, { event_name }]) => event_name)).toEqual(['client_updated', 'updated_client_contacts'])
})

test('client_updated, when the company or the category changes; the CRM has an event for each part', async () => {
  const client = {
    ...crmClient,
    name: 'Visitor 1',
    contacts: [],
    chats_count: 0,
    status: crmStatus,
    organization: { organization_id: 7, name: 'Lind & Co' },
    tags: [{ tag_id: 11, title: 'Wholesale' }],
  }
  expect(await bodiesOf([], [editsCard])).toEqual([
    ['channel', { event_name: 'client_updated', ...head, client_id: '1', visitor: { ...unnamed, number: 1, chats_count: 0 }, ...card, assigned_agent: null }],
    ['crm', { event_type: 'crm_client', event_name: 'changed_client_company', ...client }],
    ['crm', { event_type: 'crm_status', event_name: 'assigned_status', status: crmStatus, client }],
    ['crm', { event_type: 'crm_client', event_name: 'updated_client', ...client }],
  ])
})

test('client_updated, when the responsible agent changes', async () => {
  expect(await bodiesOf([], [assignsAgent])).toEqual([
    [
      'channel',
      {
        event_name: 'client_updated',
        ...head,
        client_id: '1',
        visitor: { ...unnamed, number: 1, chats_count: 0 },
        ...noClient,
        assigned_agent: { id: 6001, email: 'max@kettle.example', name: 'Max Orlov' },
      },
    ],
    [
      'crm',
      {
        event_type: 'crm_client',
        event_name: 'assigned_agent_to_client',
        ...crmClient,
        name: 'Visitor 1',
        contacts: [],
        chats_count: 0,
        assigned_agent: { assigned_agent_id: 6001 },
      },
    ],
  ])
})

test('tags alone are news for the CRM only', async () => {
  const tags = ask({ type: 'agent.editClient', visitor: 1, client: { tags: [{ id: 11, title: 'Wholesale' }] } })
  expect((await bodiesOf([], [tags])).map(([to, { event_name }]) => [to, event_name])).toEqual([['crm', 'updated_client']])
})

test('client_attribute_updated, when an agent edits attributes', async () => {
  const edits = (attributes: Record<string, string | number | null>) => ask({ type: 'agent.editAttributes', visitor: 1, attributes })
  expect(await bodiesOf([edits({ plan: 'Gold', seats: 3, old: 'x' })], [edits({ seats: 4, old: null })])).toEqual([
    ['channel', { event_name: 'client_attribute_updated', ...head, client_id: 1, attributes: { plan: 'Gold', seats: 4 } }],
  ])
})

test('call_event, when a call starts and with each change of its state', async () => {
  const change = (status: 'agent_connected' | 'client_connected' | 'end', recordUrl?: string) => ask({ type: 'call.change', call: 1, status, recordUrl })
  const body = (status: string, more: object = {}) => [
    'channel',
    { event_name: 'call_event', ...head, visitor: unnamed, ...dialog, call: { type: 'callback', phone: '+15550100', status, ...more } },
  ]
  const steps = [calls, change('agent_connected'), change('client_connected'), change('end', 'https://records.test/1.mp3')]
  expect(await bodiesOf([writes, accept], steps)).toEqual([
    body('start'),
    body('agent_connected'),
    body('client_connected'),
    body('end', { record_url: 'https://records.test/1.mp3' }),
  ])
})

test('call_event names the reason of a call that breaks off', async () => {
  const bodies = await bodiesOf([calls], [ask({ type: 'call.change', call: 1, status: 'error', reason: 'no answer' })])
  expect(bodies).toEqual([
    [
      'channel',
      {
        event_name: 'call_event',
        ...head,
        visitor: { ...unnamed, chats_count: 0 },
        ...dialog,
        call: { type: 'callback', phone: '+15550100', status: 'error', reason: 'no answer' },
      },
    ],
  ])
})

test('chat_assigned, when an agent binds the chat to the card of the reply, in edition A', async () => {
  const more = { send: linking, quirks: { edition: 'A' as const } }
  const before = [writes, accept, replied]
  const assign = ask({ type: 'agent.assign', chat: 9001 })
  const [[, body] = []] = await bodiesOf(before, [assign], more)
  expect(body).toMatchObject({ event_name: 'chat_assigned', chat_id: 9001, assign_to: 'https://crm.test/77', agent: { name: 'Max Orlov' } })
  expect(Object.keys(body ?? {}).sort()).toEqual(['agent', 'assign_to', 'chat_id', 'event_name', 'user_token', 'visitor', 'widget_id'])
  expect(await bodiesOf(before, [assign], { send: linking })).toEqual([])
})

test('chat_finished, when an agent closes the chat; the card is not in it', async () => {
  expect(await bodiesOf([editsCard, writes, accept], [finishes])).toEqual([
    [
      'channel',
      {
        event_name: 'chat_finished',
        ...head,
        visitor: unnamed,
        ...noClient,
        chat_id: 9001,
        topic: null,
        session,
        page,
        analytics: null,
        agents: [agent],
        chat: { messages: [{ message: 'Is it <b>hot</b>?', timestamp: 1_754_000_000, type: 'visitor' }], blacklisted: false, rate: null },
        plain_messages: '[22:13:20] Visitor 1: Is it <b>hot</b>?',
        html_messages: '<p><b>Visitor 1</b> <i>22:13:20</i><br>Is it &lt;b&gt;hot&lt;/b&gt;?</p>',
      },
    ],
  ])
})

test('offline_message, when the form is sent while nobody is online', async () => {
  const leaves = ask({ type: 'visitor.leaveMessage', page: pageId, id: id('m', 2), contacts: { name: 'Vera Lind', phone: '+15550100' }, message: 'Call me' })
  const bodies = await bodiesOf([editsCard], [leaves], { mode: 'offline' })
  expect(bodies.find(([to]) => to === 'channel')?.[1]).toEqual({
    event_name: 'offline_message',
    ...head,
    visitor: { ...vera, chats_count: 0 },
    ...noClient,
    chat_id: 9001,
    topic: null,
    session,
    page,
    analytics: {},
    message: 'Call me',
    offline_message_id: 1_754_000_000_000,
  })
  expect(bodies.map(([, { event_name }]) => event_name)).toEqual(['created_client', 'offline_message'])
})

test("attributes that the page sets, and an agent's edit that changes nothing, send nothing", async () => {
  const attributes = ask({ type: 'page.api', page: pageId, method: 'setClientAttributes', args: [{ plan: 'Gold' }], result: null, effects: [] })
  expect(await bodiesOf([editsCard, editsContacts], [attributes, editsCard, editsContacts])).toEqual([])
})

test('without a CRM address nothing goes there', async () => {
  const bodies = await bodiesOf([], [editsCard], { crmWebhook: null })
  expect(bodies.map(([to]) => to)).toEqual(['channel'])
})
