import { expect, test } from 'vitest'
import { eventSchema } from '../../src/contracts/journal.js'
import { webhookContract } from '../../src/contracts/webhooks/events.js'
import { id, startEmulator, until } from '../helpers/emulator.js'

/** The whole emulator by value: what a client asks for, and the events that follow. */

const body = (text: string) => JSON.parse(text) as Record<string, unknown>

test('a message starts a chat that the automatic agent accepts and answers', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  await page.wait('welcome')
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message', frame => (frame.message as { by: string }).by === 'agent')
  const types = (await emulator.events()).map(({ type }) => type).slice(2)
  expect(types.slice(0, 9)).toEqual([
    'visitor.appeared',
    'page.opened',
    'chat.started',
    'message.sent',
    'callback.scheduled',
    'chat.accepted',
    'callback.scheduled',
    'callback.scheduled',
    'delivery.scheduled',
  ])
  expect((await emulator.eventsOf('callback.scheduled')).map(({ callback }) => callback)).toEqual([
    'jivo_onClientStartChat',
    'jivo_onMessageSent',
    'jivo_onAccept',
    'jivo_onMessageReceived',
  ])
})

test('every event of a conversation is one that the journal knows, numbered without gaps', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect({ utm: { source: 'newsletter' } })
  page.say({ type: 'state', from: null, to: 'label' })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  page.say({ type: 'contacts', contacts: { name: 'Vera', email: 'vera@example.test' } })
  page.say({ type: 'api', method: 'setCustomData', args: [[{ content: 'Gold' }]], result: { result: 'ok' } })
  page.say({ type: 'api', method: 'setUserToken', args: ['secret-token-of-vera'], result: { result: 'ok', token: 'secret-token-of-vera' } })
  page.say({ type: 'fired', callback: 'jivo_onAccept', args: [], outcome: 'threw', error: 'Error: no' })
  await until(async () => (await emulator.eventsOf('callback.fired')).length === 1)
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  const events = await emulator.events()
  expect(events.flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
  expect(events.every(({ seq, cause = 0 }) => cause < seq)).toBe(true)
})

test('every webhook body that the emulator makes is one that its contract allows', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello <b>' })
  page.say({ type: 'contacts', contacts: { name: 'Vera' } })
  await page.wait('contacts')
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  const scheduled = await emulator.eventsOf('delivery.scheduled')
  expect(scheduled.map(({ event }) => event)).toEqual(['chat_accepted', 'chat_updated', 'chat_finished'])
  for (const { event, body } of scheduled) expect(webhookContract(event)?.safeParse(body).error?.issues ?? []).toEqual([])
})

test('the bodies carry the page, the contacts, the labels and the transcript', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect({ utm: { source: 'newsletter', campaign: 'spring' } })
  page.say({ type: 'write', id: id('m', 1), text: 'Where is my kettle?' })
  page.say({ type: 'contacts', contacts: { name: 'Vera', phone: '+7900' } })
  await page.wait('contacts')
  await emulator.dispatch({ type: 'agent.reply', chat: 9001, id: id('m', 2), text: 'On its way' })
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  const [accepted, updated, finished] = (await emulator.eventsOf('delivery.scheduled')).map(({ body }) => body as never as Record<string, never>)
  expect(accepted).toMatchObject({
    widget_id: '3948',
    user_token: null,
    visitor: { name: null, number: '1', chats_count: 1, social: {} },
    agent: { id: '6001', name: 'Max Orlov' },
    page: { url: 'http://shop.test/kettle', title: 'Kettle' },
    session: { utm: 'source=newsletter|campaign=spring', utm_json: { source: 'newsletter', campaign: 'spring' }, user_agent: 'Test/1.0' },
    topic: null,
    analytics: {},
  })
  expect(updated).toMatchObject({ event_name: 'chat_updated', visitor: { name: 'Vera', phone: '+7900', email: null } })
  expect(finished).toMatchObject({
    event_name: 'chat_finished',
    analytics: null,
    agents: [{ id: '6001' }],
    chat: { blacklisted: false, rate: null },
  })
  expect((finished as never as { chat: { messages: object[] } }).chat.messages).toMatchObject([
    { message: 'Where is my kettle?', type: 'visitor', timestamp: 1_754_000_000 },
    { type: 'agent', agent_id: 6001 },
    { message: 'On its way', type: 'agent', agent_id: 6001 },
  ])
  expect(finished?.plain_messages).toContain('Vera: Where is my kettle?')
  expect(finished).not.toHaveProperty('department')
})

test('direct traffic has the two labels that real receivers see', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => emulator.sent.length === 1)
  expect(body(emulator.sent[0]?.body ?? '')).toMatchObject({
    session: { utm: 'campaign=(direct)|source=(direct)', utm_json: { campaign: '(direct)', source: '(direct)' } },
  })
})

test('an event that follows from another names it as its cause', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 1)
  const [done] = await emulator.eventsOf('delivery.done')
  const events = await emulator.events()
  const path: string[] = []
  for (let at: number | undefined = done?.seq; at !== undefined; at = events[at - 1]?.cause) path.push(events[at - 1]?.type ?? '')
  expect(path).toEqual(['delivery.done', 'delivery.attempted', 'delivery.scheduled', 'chat.accepted', 'chat.started'])
  const [scheduled] = await emulator.eventsOf('delivery.scheduled')
  expect(events[(scheduled?.cause ?? 0) - 1]).toMatchObject({ type: 'chat.accepted' })
  expect(scheduled?.delivery).toBe(`d${scheduled?.cause}`)
})

test('a message that comes twice is one message', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  page.say({ type: 'write', id: id('m', 2), text: 'Again' })
  await page.wait('message', frame => (frame.message as { text: string }).text.includes('Again'))
  const own = (await emulator.eventsOf('message.sent')).filter(({ by }) => by === 'visitor')
  expect(own.map(({ text }) => text)).toEqual(['Hello', 'Again'])
})

test('jivo_onMessageSent is asked for once, jivo_onClientStartChat once a chat', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  page.say({ type: 'write', id: id('m', 2), text: 'More' })
  await page.wait('message', frame => (frame.message as { text: string }).text === 'You wrote: More')
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  page.say({ type: 'write', id: id('m', 3), text: 'One more thing' })
  await page.wait('message', frame => (frame.message as { text: string }).text === 'One more thing')
  const asked = (await emulator.eventsOf('callback.scheduled')).map(({ callback }) => callback)
  expect(asked.filter(callback => callback === 'jivo_onMessageSent')).toHaveLength(1)
  expect(asked.filter(callback => callback === 'jivo_onClientStartChat')).toHaveLength(2)
})

test('whoever acts at the console has the chat from then on', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message', frame => (frame.message as { by: string }).by === 'agent')
  await emulator.dispatch({ type: 'agent.reply', chat: 9001, id: id('m', 2), text: 'A person here' })
  page.say({ type: 'write', id: id('m', 3), text: 'Oh' })
  await page.wait('message', frame => (frame.message as { text: string }).text === 'Oh')
  const texts = (await emulator.eventsOf('message.sent')).filter(({ by }) => by === 'agent').map(({ text }) => text)
  expect(texts).toHaveLength(2)
  expect(await emulator.eventsOf('chat.taken')).toHaveLength(1)
  expect(await emulator.eventsOf('chat.accepted')).toHaveLength(1)
})

test('in manual mode a chat waits until somebody accepts it', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  expect(emulator.world.chats[9001]).toMatchObject({ status: 'waiting', agent: null })
  expect(emulator.sent).toEqual([])
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  expect(await page.wait('agent')).toMatchObject({ name: 'Max Orlov' })
  await until(() => emulator.sent.length === 1)
  expect(body(emulator.sent[0]?.body ?? '')).toMatchObject({ event_name: 'chat_accepted' })
})

test('a reply to a chat that waits accepts it first', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  const events = await emulator.dispatch({ type: 'agent.reply', chat: 9001, id: id('m', 2), text: 'Hi' })
  expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['chat.accepted', 'message.sent'])
})

test('while nobody is online the form becomes an offline_message', async () => {
  const emulator = await startEmulator({ mode: 'offline' })
  const page = emulator.connect()
  expect(await page.wait('welcome')).toMatchObject({ mode: 'offline' })
  const form = { type: 'offline', id: id('m', 1), contacts: { name: 'Olga', email: 'olga@example.test' }, message: 'When do you open?' }
  page.say(form)
  page.say(form)
  expect(await page.wait('received')).toMatchObject({ id: id('m', 1) })
  await until(() => emulator.sent.length === 1)
  expect(body(emulator.sent[0]?.body ?? '')).toMatchObject({
    event_name: 'offline_message',
    message: 'When do you open?',
    offline_message_id: 1_754_000_000_000,
    visitor: { name: 'Olga', email: 'olga@example.test' },
  })
  expect(await emulator.eventsOf('offline.received')).toHaveLength(1)
})

test('a reply to chat_accepted fills the card and the contacts', async () => {
  const reply = {
    result: 'ok',
    custom_data: [{ title: 'Plan', content: 'Gold' }],
    crm_link: 'https://crm.test/1',
    enable_assign: true,
    contact_info: { name: 'Vera' },
  }
  const emulator = await startEmulator({
    send: async () => ({
      result: { kind: 'answered', status: 200, contentType: 'application/json', body: JSON.stringify(reply) },
      timing: { dns: null, connect: null, firstByte: 1, total: 1 },
    }),
  })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  expect(await page.wait('contacts')).toMatchObject({ contacts: { name: 'Vera' } })
  expect(emulator.world.visitors[1]).toMatchObject({
    contacts: { name: 'Vera' },
    card: { customData: [{ title: 'Plan', content: 'Gold' }], crmLink: 'https://crm.test/1', enableAssign: true },
  })
  // Contacts from a webhook's reply are no change by the visitor: they must not cause the next webhook.
  expect(await emulator.eventsOf('delivery.scheduled')).toHaveLength(1)
})

test('the token of the page goes out whole and stands masked everywhere else', async () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.canary-canary-canary.signature'
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  page.say({ type: 'api', method: 'setUserToken', args: [token], result: { result: 'ok', token } })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  await until(() => emulator.sent.length === 1)
  expect(body(emulator.sent[0]?.body ?? '').user_token).toBe(token)
  expect(JSON.stringify([await emulator.events(), emulator.world])).not.toContain('canary')
  expect(await emulator.eventsOf('token.set')).toMatchObject([{ token: expect.stringMatching(/^eyJhbGciOi….+/) }])
})

test('a page with the widget id of a live account is served and warned about', async () => {
  const emulator = await startEmulator()
  const frames: string[] = []
  const connection = (await emulator.pages()).connect({ send: text => frames.push(text), close: () => {} }, 'AbCdEfGhIj', 'Test/1.0')
  connection.receive(JSON.stringify({ type: 'open', page: id('p', 1), key: id('k', 1), url: 'http://own.test/', title: '', referrer: '', language: 'ru' }))
  await until(() => frames.length > 0)
  expect(await emulator.eventsOf('warning.raised')).toMatchObject([{ code: 'foreign-widget-id', message: expect.stringContaining('AbCdEfGhIj') }])
})

test('two tabs of one visitor share the conversation', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const one = emulator.connect({ page: id('p', 1) })
  const two = emulator.connect({ page: id('p', 2) })
  await two.wait('welcome')
  one.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  expect(await two.wait('message')).toMatchObject({ message: { text: 'Hello', by: 'visitor' } })
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  await two.wait('callback', frame => frame.callback === 'jivo_onAccept')
  expect(one.frames.filter(frame => frame.callback === 'jivo_onAccept')).toHaveLength(1)
})

test('a new chat takes the question about the last one from every tab', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const [first, second] = [emulator.connect(), emulator.connect({ page: `p${'2'.repeat(16)}` })]
  first.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await second.wait('message')
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  await second.wait('rating', ({ rating }) => (rating as { chat: number } | null)?.chat === 9001)
  first.say({ type: 'write', id: id('m', 2), text: 'One more thing' })
  await second.wait('message', ({ message }) => (message as { text: string }).text === 'One more thing')
  for (const { frames } of [first, second]) expect(frames.findLast(({ type }) => type === 'rating')).toMatchObject({ rating: null })
})

test('a page that was away gets what was asked of it meanwhile, once', async () => {
  const emulator = await startEmulator()
  const before = emulator.connect()
  const welcome = await before.wait('welcome')
  before.close()
  await until(async () => (await emulator.eventsOf('page.closed')).length === 1)
  const back = emulator.connect({ after: welcome.seq as number })
  await back.wait('welcome')
  await emulator.dispatch({ type: 'callback.request', callback: 'jivo_onCallStart', args: [] })
  await back.wait('callback')
  // The connection breaks without a word, and the page is asked something before it is back.
  const asked = (await emulator.dispatch({ type: 'callback.request', callback: 'jivo_onCallEnd', args: [{ result: 'ok' }] })).at(-1)
  const again = emulator.connect({ after: (asked?.seq ?? 0) - 1 })
  expect(await again.wait('callback')).toMatchObject({ callback: 'jivo_onCallEnd', args: [{ result: 'ok' }], seq: asked?.seq })
  expect(again.frames.filter(({ type }) => type === 'callback')).toHaveLength(1)
})

test('what a page says wrong is refused by field and changes nothing', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  await page.wait('welcome')
  const { seq } = emulator.world
  const wrong = [
    ['{"type":', 'JSON'],
    ['[]', 'Invalid'],
    [{ type: 'write', id: 'constructor', text: 'x' }, 'hexadecimal'],
    [{ type: 'write', id: id('m', 1), text: '' }, 'Too small'],
    [{ type: 'write', id: id('m', 1), text: 'x'.repeat(10_001) }, 'Too big'],
    [{ type: 'fired', callback: 'alert', args: [], outcome: 'called' }, 'jivo_on'],
    [{ type: 'open', page: id('p', 3), key: id('k', 3), url: '', title: '', referrer: '', language: '' }, 'once'],
    [{ type: 'offline', id: id('m', 2), contacts: {}, message: 'x' }, 'an agent is online now'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, '32 levels'],
  ] as const
  for (const [frame] of wrong) page.say(frame)
  await until(() => page.frames.filter(({ type }) => type === 'refused').length === wrong.length)
  const refusals = page.frames.filter(({ type }) => type === 'refused').map(({ message }) => message as string)
  for (const [at, [, words]] of wrong.entries()) expect(refusals[at]).toContain(words)
  expect(emulator.world.seq).toBe(seq)
  expect(emulator.errors).toEqual([])
})

test('the same inputs at the same times make the same journal', async () => {
  const tell = async () => {
    const emulator = await startEmulator()
    const page = emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    page.say({ type: 'contacts', contacts: { name: 'Vera' } })
    await until(async () => (await emulator.eventsOf('delivery.done')).length === 2)
    await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
    await until(async () => (await emulator.eventsOf('delivery.done')).length === 3)
    return emulator.events()
  }
  expect(await tell()).toEqual(await tell())
})
