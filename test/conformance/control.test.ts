import { describe, expect, test } from 'vitest'
import type { EventSchema, ReceiverState } from '../../src/contracts/control.js'
import type { Event } from '../../src/contracts/journal.js'
import { conversation } from '../../src/contracts/suggestion.js'
import type { Send } from '../../src/emulator/outbox.js'
import type { Suggest } from '../../src/emulator/suggestion.js'
import { ownDoors } from '../helpers/doors.js'
import { id, ok, until } from '../helpers/emulator.js'

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const ndjson = (text: string) =>
  text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Event)

describe.each(ownDoors)('%s', (_, open) => {
  test('the journal comes as NDJSON after any event', async () => {
    await using door = await open()
    const all = ndjson(await (await door.ask('/_dev/events')).text())
    expect(all.map(({ type }) => type)).toEqual(['emulator.started', 'account.changed'])
    expect(ndjson(await (await door.ask('/_dev/events?after=1')).text())).toEqual(all.slice(1))
    expect(ndjson(await (await door.ask('/_dev/events?after=1&until=2')).text())).toEqual(all.slice(1, 2))
    expect(await (await door.ask('/_dev/events?after=2&until=2')).text()).toBe('')
  })

  test('the journal goes on as an event stream, from the last event that the client has', async () => {
    await using door = await open({ mode: 'manual' })
    const stop = new AbortController()
    const response = await door.ask('/_dev/events', { headers: { accept: 'text/event-stream', 'last-event-id': '1' }, signal: stop.signal })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = (response.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream() as never)
      .getReader() as ReadableStreamDefaultReader<string>
    let text = ''
    const hasText = async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader.read()).value ?? ''
    }
    await hasText('account.changed')
    door.emulator.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await hasText('message.sent')
    await reader.cancel()
    expect(text).toMatch(/^:\n\nid: 2\ndata: \{"seq":2,/)
  })

  test('the state is the world as it is folded', async () => {
    await using door = await open()
    expect(await (await door.ask('/_dev/state')).json()).toEqual(door.emulator.world)
  })

  test('the agent accepts, replies and finishes', async () => {
    await using door = await open({ mode: 'manual' })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await page.wait('message')
    expect((await door.ask('/_dev/chats/9001/accept', post({}))).status).toBe(200)
    const reply = await door.ask('/_dev/chats/9001/messages', post({ text: 'Hi' }))
    expect(((await reply.json()) as { events: Event[] }).events[0]).toMatchObject({ type: 'message.sent', by: 'agent', text: 'Hi' })
    expect((await door.ask('/_dev/chats/9001/finish', post({}))).status).toBe(200)
    expect(door.emulator.world.chats[9001]).toMatchObject({ status: 'finished' })
    expect((await door.ask('/_dev/chats/9001/messages', post({ text: 'Hi' }))).status).toBe(409)
  })

  test('a client of a channel comes, writes, presses, rates and leaves', async () => {
    await using door = await open({ mode: 'manual' })
    const play = async (path: string, body: unknown) => {
      const response = await door.ask(path, post(body))
      return { status: response.status, ...((await response.json()) as { events: Event[]; visitor?: number; channel?: string }) }
    }
    const come = await play('/_dev/channels/telegram/clients', { id: 'ada', name: 'Ada' })
    expect(come).toMatchObject({ status: 200, visitor: 1, channel: door.emulator.world.account?.channels[1]?.publicId })
    expect(await play('/_dev/channels/Telegram/clients', { id: 'ada' })).toMatchObject({ visitor: 1, events: [] })
    expect((await play('/_dev/visitors/1/typing', { text: 'Hel' })).events[0]).toMatchObject({ type: 'typing.changed', text: 'Hel' })
    const written = await play('/_dev/visitors/1/messages', { text: 'Tea', button: { message: 'b1', id: '7' } })
    expect(written.events.map(({ type }) => type)).toEqual(['chat.started', 'message.sent'])
    expect((await play('/_dev/visitors/1/leave', {})).events[0]).toMatchObject({ type: 'chat.finished', by: 'visitor' })
    expect((await play('/_dev/visitors/1/rating', { rate: 'positive' })).events[0]).toMatchObject({ type: 'chat.rated', rate: 'positive' })
    expect(await play('/_dev/visitors/9/messages', { text: 'x' })).toMatchObject({ status: 404 })
    expect(await play('/_dev/channels/icq/clients', { id: 'ada' })).toMatchObject({ status: 404, error: { code: 'no-channel', field: 'channel' } })
  })

  test('the agent edits the client, and repeating an edit changes nothing', async () => {
    await using door = await open({ mode: 'manual' })
    await door.emulator.connect().wait('welcome')
    const edit = async (path: string, body: unknown) =>
      ((await (await door.ask(path, post(body))).json()) as { events: Event[] }).events.map(({ type }) => type)
    const client = {
      organization: { id: 7, name: 'Lind & Co' },
      status: { id: 3, title: 'contact_later' },
      assignedAgent: 6001,
      tags: [{ id: 11, title: 'Wholesale' }],
    }
    for (const [path, body, fact] of [
      ['contacts', { name: 'Vera', email: null }, 'contacts.edited'],
      ['attributes', { attributes: { plan: 'Gold', seats: 3 } }, 'attributes.edited'],
      ['client', client, 'client.edited'],
    ] as const) {
      expect(await edit(`/_dev/visitors/1/${path}`, body)).toEqual([fact, 'delivery.scheduled'])
      expect(await edit(`/_dev/visitors/1/${path}`, body)).toEqual([])
    }
    expect(door.emulator.world.visitors[1]).toMatchObject({ contacts: { name: 'Vera' }, attributes: { plan: 'Gold', seats: 3 }, client })
  })

  test('the mode of the agents and the switches of a channel change while it runs', async () => {
    await using door = await open({ mode: 'manual' })
    const edit = async (path: string, body: object) => {
      const response = await door.ask(path, post(body))
      const { events, error } = (await response.json()) as { events?: Event[]; error?: { field: string } }
      return [response.status, events?.map(({ type }) => type) ?? error?.field]
    }
    const channel = door.emulator.world.account?.channels[0]
    for (const [path, body] of [
      ['/_dev/account', { mode: 'offline' }],
      [`/_dev/channels/${channel?.publicId}/quirks`, { types: 'tables' }],
      [`/_dev/channels/${channel?.id}/quirks`, { types: 'examples', edition: 'A' }],
    ] as const) {
      expect(await edit(path, body)).toEqual([200, ['account.changed']])
      expect(await edit(path, body)).toEqual([200, []])
    }
    expect(await edit('/_dev/account', { mode: 'away' })).toEqual([400, 'mode'])
    expect(await edit(`/_dev/channels/${channel?.id}/quirks`, { edition: 'D' })).toEqual([400, 'edition'])
    expect(await edit('/_dev/channels/nobody/quirks', {})).toEqual([404, 'channel'])
    expect(door.emulator.world.account).toMatchObject({ mode: 'offline', channels: [{ quirks: { ...channel?.quirks, edition: 'A' } }] })
  })

  test('a note is kept for agents, and no page and no server hears of it', async () => {
    await using door = await open({ mode: 'manual' })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await page.wait('message')
    const before = page.frames.length
    const note = await door.ask('/_dev/visitors/1/notes', post({ text: ' Has a glass hob. ', chat: 9001 }))
    const { at, ...event } = ((await note.json()) as { events: Event[] }).events[0] as Event
    expect(event).toMatchObject({ type: 'client.noted', visitor: 1, chat: 9001, agent: 6001, text: 'Has a glass hob.' })
    expect((await door.ask('/_dev/visitors/1/notes', post({ text: 'Prefers calls.' }))).status).toBe(200)
    expect(door.emulator.world.visitors[1]?.notes).toEqual([
      { agent: 6001, text: 'Has a glass hob.', at },
      { agent: 6001, text: 'Prefers calls.', at },
    ])
    expect([page.frames.length, door.emulator.sent.length]).toEqual([before, 0])
  })

  test('one more agent comes into a chat, writes under their own name, and has it handed over', async () => {
    await using door = await open({ mode: 'manual' })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await page.wait('message')
    const types = async (path: string, body: object) =>
      ((await (await door.ask(`/_dev/chats/9001/${path}`, post(body))).json()) as { events: Event[] }).events.map(({ type }) => type)
    expect(await types('agents', { agent: 6002 })).toEqual(['chat.accepted', 'chat.joined', 'callback.scheduled', 'delivery.scheduled'])
    expect(await types('messages', { id: id('m', 2), text: 'Ada here', agent: 6002 })).toEqual(['message.sent', 'callback.scheduled'])
    expect((await page.wait('message', ({ message }) => (message as { by: string }).by === 'agent')).message).toMatchObject({
      name: 'Ada Finch',
      text: 'Ada here',
    })
    expect(await types('typing', { on: true, agent: 6002 })).toEqual(['typing.changed'])
    expect(await page.wait('typing')).toMatchObject({ name: 'Ada Finch' })
    expect(await types('transfer', { agent: 6003 })).toEqual(['chat.taken'])
    await page.wait('agent', ({ name }) => name === 'Nina Park')
    expect(await types('messages', { id: id('m', 3), text: 'Nina here' })).toEqual(['message.sent', 'callback.scheduled'])
    expect(door.emulator.world.chats[9001]).toMatchObject({ agent: 6003, agents: [6001, 6002, 6003] })
    expect((await door.ask('/_dev/chats/9001/agents', post({ agent: 6001 }))).status).toBe(409)
    expect((await door.ask('/_dev/chats/9001/transfer', post({ agent: 6003 }))).status).toBe(409)
    await door.ask('/_dev/chats/9001/finish', post({}))
    expect((await door.ask('/_dev/chats/9001/agents', post({ agent: 6001 }))).status).toBe(409)
    await until(() => door.emulator.sent.length === 2)
    expect(JSON.parse(door.emulator.sent[1]?.body ?? '')).toMatchObject({
      agents: [{ id: '6001' }, { id: '6002' }, { id: '6003' }],
      chat: { messages: [{ type: 'visitor' }, { agent_id: 6002 }, { agent_id: 6003 }] },
    })
  })

  test('an assistant is asked about the chat, and its answer is recorded and not sent', async () => {
    const asked: unknown[] = []
    const suggest: Suggest = async conversation => {
      asked.push(conversation)
      return ' Yes, it is. \n'
    }
    await using door = await open({ mode: 'manual', suggest })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Is it in stock?' })
    await page.wait('message')
    const answer = await door.ask('/_dev/chats/9001/suggestion', post({}))
    expect(((await answer.json()) as { events: Event[] }).events).toMatchObject([{ type: 'answer.suggested', chat: 9001, visitor: 1, text: 'Yes, it is.' }])
    expect(asked).toEqual([
      {
        chat_id: 9001,
        language: 'en',
        client: { number: 1, name: null, email: null, phone: null, page: { url: 'http://shop.test/kettle', title: 'Kettle' } },
        messages: [{ by: 'visitor', text: 'Is it in stock?', at: door.emulator.clock.now() }],
      },
    ])
    expect(conversation.safeParse(asked[0]).success).toBe(true)
    expect(door.emulator.world.chats[9001]?.messages).toHaveLength(1)
  })

  test.each([
    [
      'an assistant that fails',
      () => Promise.reject(new Error('The assistant answered 500: no. Start it anew.')),
      'The assistant answered 500: no. Start it anew.',
    ],
    ['an empty answer', async () => ' \n', expect.stringContaining('empty text')],
    ['an answer longer than a message', async () => 'x'.repeat(10_001), expect.stringContaining('10001 letters')],
  ])('%s is told to the agent and recorded as a warning', async (_name, suggest: Suggest, message) => {
    await using door = await open({ mode: 'manual', suggest })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await page.wait('message')
    const answer = await door.ask('/_dev/chats/9001/suggestion', post({}))
    expect(answer.status).toBe(502)
    expect(await answer.json()).toEqual({ error: { code: 'suggestion', message } })
    expect(await door.emulator.eventsOf('warning.raised')).toMatchObject([{ code: 'suggestion', message, visitor: 1 }])
    expect(door.emulator.errors).toEqual([])
  })

  test('an assistant is asked about one chat once at a time', async () => {
    const answers: ((text: string) => void)[] = []
    await using door = await open({ mode: 'manual', suggest: () => new Promise(resolve => answers.push(resolve)) })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await page.wait('message')
    const ask = () => door.ask('/_dev/chats/9001/suggestion', post({}))
    const first = ask()
    await until(() => answers.length === 1)
    expect((await ask()).status).toBe(409)
    answers[0]?.('Hi')
    expect((await first).status).toBe(200)
    const again = ask()
    await until(() => answers.length === 2)
    answers[1]?.('Hi')
    expect((await again).status).toBe(200)
  })

  test('without an assistant the answer says that it is canned', async () => {
    await using door = await open({ mode: 'manual' })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Is it in stock?' })
    await page.wait('message')
    const { events } = (await (await door.ask('/_dev/chats/9001/suggestion', post({}))).json()) as { events: Event[] }
    expect(events).toMatchObject([{ type: 'answer.suggested', text: expect.stringMatching(/Is it in stock\?.*A canned answer/) }])
  })

  test('a sticker is a picture that any page may show and that runs nothing', async () => {
    await using door = await open()
    const sticker = await door.ask('/files/stickers/smile.svg')
    expect([sticker.status, sticker.headers.get('cross-origin-resource-policy')]).toEqual([200, 'cross-origin'])
    expect(sticker.headers.get('content-security-policy')).toContain('sandbox')
  })

  test('the agent binds a chat to the CRM card of a reply', async () => {
    const send: Send = async () => ({
      result: { kind: 'answered', status: 200, contentType: 'application/json', body: '{"result":"ok","crm_link":"https://crm.test/77"}' },
      timing: { dns: null, connect: 1, firstByte: 2, total: 3 },
    })
    await using door = await open({ send })
    door.emulator.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await until(() => door.emulator.world.visitors[1]?.card.crmLink !== undefined)
    const response = await door.ask('/_dev/chats/9001/assign', post({}))
    expect(((await response.json()) as { events: Event[] }).events.at(-1)).toMatchObject({ type: 'chat.assigned', crmLink: 'https://crm.test/77' })
  })

  test('a call goes from state to state, and never back', async () => {
    await using door = await open({ mode: 'manual' })
    await door.emulator.connect().wait('welcome')
    const started = await door.ask('/_dev/visitors/1/calls', post({ phone: '+15550100' }))
    expect(((await started.json()) as { events: Event[] }).events[0]).toMatchObject({ type: 'call.started', call: 1, kind: 'callback' })
    const change = async (body: object) => (await door.ask('/_dev/calls/1', post(body))).status
    expect(await change({ status: 'end', reason: 'busy' })).toBe(400)
    expect(await change({ status: 'agent_connected', recordUrl: 'https://records.test/1.mp3' })).toBe(400)
    expect(await change({ status: 'agent_connected' })).toBe(200)
    expect(await change({ status: 'agent_connected' })).toBe(409)
    expect(await change({ status: 'client_connected' })).toBe(200)
    expect(await change({ status: 'agent_connected' })).toBe(409)
    expect(await change({ status: 'end', recordUrl: 'https://records.test/1.mp3' })).toBe(200)
    expect(await change({ status: 'error' })).toBe(409)
    expect(door.emulator.world.calls[1]).toMatchObject({ status: 'end', recordUrl: 'https://records.test/1.mp3' })
  })

  test('any webhook is triggered with its body, each to its address, and a token only leaves the emulator whole', async () => {
    await using door = await open({ webhook: 'http://hooks.test/channel', crmWebhook: 'http://hooks.test/crm' })
    const trigger = async (body: object) => (await door.ask('/_dev/trigger', post({ body }))).status
    expect(await trigger({ event_name: 'chat_updated', user_token: 'canary-token', extra: [1] })).toBe(200)
    expect(await trigger({ event_name: 'created_deal', deal_id: 5 })).toBe(200)
    expect(await trigger({ event_name: 'something_new', event_type: 'crm_deal' })).toBe(200)
    await until(() => door.emulator.sent.length === 3)
    expect(door.emulator.sent.map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
      ['http://hooks.test/channel', { event_name: 'chat_updated', user_token: 'canary-token', extra: [1] }],
      ['http://hooks.test/crm', { event_name: 'created_deal', deal_id: 5 }],
      ['http://hooks.test/crm', { event_name: 'something_new', event_type: 'crm_deal' }],
    ])
    expect(JSON.stringify(await door.emulator.events())).not.toContain('canary')
  })

  test('what failed is sent again under its id, to another address if one is given', async () => {
    let isUp = false
    const send: Send = async (request, signal) =>
      isUp ? ok(request, signal) : { ...(await ok(request, signal)), result: { kind: 'answered', status: 404, contentType: 'text/html', body: 'no' } }
    await using door = await open({ webhook: 'http://hooks.test/old', send })
    for (const number of [1, 2]) await door.ask('/_dev/trigger', post({ body: { event_name: 'chat_updated', number } }))
    await until(() => door.emulator.world.tally.failed === 2)
    isUp = true
    await door.ask('/_dev/trigger', post({ body: { event_name: 'chat_updated', number: 3 } }))
    await until(() => door.emulator.world.tally.done === 1)
    const resend = async (body: object) => (await (await door.ask('/_dev/resend', post(body))).json()) as { deliveries: object[] }
    const [first, second] = await door.emulator.eventsOf('delivery.failed')
    expect(await resend({ failed: true, to: 'http://hooks.test/new?key=canary', wait: 60_000 })).toEqual({
      deliveries: [first, second].map(event => ({
        delivery: event?.delivery,
        event: 'chat_updated',
        to: expect.stringMatching(/^http:\/\/hooks\.test\/new\?key=…#/),
        outcome: 'done',
        attempts: 1,
        status: 200,
        took: 3,
      })),
    })
    expect(door.emulator.sent.slice(-2).map(({ url, body }) => [url, JSON.parse(body).number])).toEqual([
      ['http://hooks.test/new?key=canary', 1],
      ['http://hooks.test/new?key=canary', 2],
    ])
    expect(await resend({ failed: true })).toEqual({ deliveries: [] })
    expect(await resend({ deliveries: [second?.delivery], wait: 60_000 })).toMatchObject({
      deliveries: [{ delivery: second?.delivery, to: 'http://hooks.test/old', outcome: 'done' }],
    })
    expect((await resend({ since: 0, wait: 60_000 })).deliveries).toHaveLength(3)
    expect(JSON.stringify(await door.emulator.events())).not.toContain('canary')
  })

  test('a resend says which deliveries are not over when its wait is, and leaves alone those on their way', async () => {
    const answers: (() => void)[] = []
    const send: Send = (request, signal) => new Promise(resolve => answers.push(() => resolve(ok(request, signal))))
    await using door = await open({ send })
    for (const number of [1, 2]) await door.ask('/_dev/trigger', post({ body: { event_name: 'chat_updated', number } }))
    await until(() => answers.length === 2)
    answers[0]?.()
    await until(() => door.emulator.world.tally.done === 1)
    const answer = door.ask('/_dev/resend', post({ since: 0, wait: 5_000 }))
    await until(() => door.emulator.clock.waiting.includes(5_000) && answers.length === 3)
    door.emulator.clock.move(5_000)
    expect(((await (await answer).json()) as { deliveries: object[] }).deliveries).toMatchObject([{ outcome: 'pending' }, { outcome: 'busy' }])
    expect(await door.emulator.eventsOf('delivery.resent')).toHaveLength(1)
    for (const end of answers) end()
  })

  test('the fields of a webhook are told for forms', async () => {
    await using door = await open()
    const { event, fields, schema } = (await (await door.ask('/_dev/schema/chat_assigned')).json()) as EventSchema
    expect(event).toBe('chat_assigned')
    expect(fields).toContainEqual({ path: 'assign_to', type: 'string', optional: false, provenance: expect.objectContaining({ evidence: 'observed' }) })
    expect(schema).toMatchObject({ additionalProperties: false, properties: { assign_to: { type: 'string', 'x-evidence': 'observed' } } })
  })

  test('fire tells what each page did with the callback', async () => {
    await using door = await open()
    const page = door.emulator.connect()
    await page.wait('welcome')
    const fired = door.ask('/_dev/fire', post({ callback: 'jivo_onCallEnd', args: [{ result: 'ok' }] }))
    const asked = await page.wait('callback')
    expect(asked).toMatchObject({ callback: 'jivo_onCallEnd', args: [{ result: 'ok' }] })
    page.say({ type: 'fired', callback: 'jivo_onCallEnd', args: [{ result: 'ok' }], outcome: 'threw', error: 'Error: no', scheduled: asked.seq })
    expect(await (await fired).json()).toMatchObject({ pages: [{ url: 'http://shop.test/kettle', outcome: 'threw', error: 'Error: no' }] })
  })

  test('where webhooks go is told, and nothing about a server where there is no way to look', async () => {
    await using door = await open()
    const state = (await (await door.ask('/_dev/receiver')).json()) as ReceiverState
    expect(state.listens).toBeNull()
    expect(state.webhook).toBe('http://127.0.0.1:3000/jivo')
  })

  test('a page that does not say what it did is silent after two seconds', async () => {
    await using door = await open()
    await door.emulator.connect().wait('welcome')
    const fired = door.ask('/_dev/fire', post({ callback: 'jivo_onAccept' }))
    await until(() => door.emulator.clock.waiting.includes(2_000))
    door.emulator.clock.move(2_000)
    expect(await (await fired).json()).toMatchObject({ pages: [{ outcome: 'silent' }] })
  })

  test.each([
    ['cut JSON', '/_dev/fire', post('{"callback":'), 400, { code: 'json', rule: 'JSON' }],
    ['an empty body', '/_dev/fire', post(''), 400, { code: 'json' }],
    ['deep nesting', '/_dev/fire', post(`${'['.repeat(40)}${']'.repeat(40)}`), 400, { code: 'json', message: expect.stringContaining('32 levels') }],
    ['a missing field', '/_dev/fire', post({}), 400, { code: 'field', field: 'callback' }],
    ['a wrong type', '/_dev/chats/9001/messages', post({ text: 5 }), 400, { field: 'text', rule: expect.stringContaining('string') }],
    ['an unknown field', '/_dev/chats/9001/accept', post({ force: true }), 400, { message: expect.stringContaining('force') }],
    ['a name that is no callback', '/_dev/fire', post({ callback: 'alert' }), 400, { field: 'callback', rule: expect.stringContaining('jivo_on') }],
    ['a form instead of JSON', '/_dev/fire', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 415, { rule: 'application/json' }],
    ['more than 1 MiB', '/_dev/fire', post(`{"callback":"${'x'.repeat(1024 * 1024)}"}`), 413, { code: 'too-long' }],
    ['a chat that is not there', '/_dev/chats/5/accept', post({}), 404, { field: 'chat', message: 'There is no chat 5.' }],
    ['a chat that is no number', '/_dev/chats/__proto__/accept', post({}), 400, { field: 'chat' }],
    ['a callback while no page is open', '/_dev/fire', post({ callback: 'jivo_onAccept' }), 409, { code: 'no-pages' }],
    ['contacts of a visitor that is not there', '/_dev/visitors/5/contacts', post({ name: 'Vera' }), 404, { field: 'visitor' }],
    ['a visitor that is no number', '/_dev/visitors/one/client', post({}), 400, { field: 'visitor' }],
    ['a contact that Jivo does not have', '/_dev/visitors/1/contacts', post({ fax: '1' }), 400, { message: expect.stringContaining('fax') }],
    ['an attribute that is a list', '/_dev/visitors/1/attributes', post({ attributes: { plan: [] } }), 400, { field: 'attributes.plan' }],
    ['a company without a name', '/_dev/visitors/1/client', post({ organization: { id: 7 } }), 400, { field: 'organization.name' }],
    ['a note of nothing', '/_dev/visitors/1/notes', post({ text: ' ' }), 400, { field: 'text' }],
    ['a note about nobody', '/_dev/visitors/5/notes', post({ text: 'Note' }), 404, { field: 'visitor' }],
    ['an agent into a chat that is not there', '/_dev/chats/5/agents', post({ agent: 6002 }), 404, { field: 'chat' }],
    ['an agent that is no number', '/_dev/chats/9001/transfer', post({ agent: 'Ada' }), 400, { field: 'agent' }],
    ['a suggestion for a chat that is not there', '/_dev/chats/5/suggestion', post({}), 404, { field: 'chat' }],
    ['a sticker that is not there', '/files/stickers/frown.svg', {}, 404, { code: 'no-file' }],
    ['a call without a number', '/_dev/visitors/1/calls', post({}), 400, { field: 'phone' }],
    ['a call that is not there', '/_dev/calls/1', post({ status: 'end' }), 404, { field: 'call' }],
    ['a state that no call has', '/_dev/calls/1', post({ status: 'ringing' }), 400, { field: 'status' }],
    ['binding a chat that is not there', '/_dev/chats/5/assign', post({}), 404, { field: 'chat' }],
    ['a body without its event', '/_dev/trigger', post({ body: {} }), 400, { field: 'body.event_name' }],
    ['a CRM webhook while there is no address for it', '/_dev/trigger', post({ body: { event_name: 'created_deal' } }), 409, { code: 'no-webhook' }],
    ['a resend of nothing in particular', '/_dev/resend', post({}), 400, { code: 'field' }],
    ['a resend of what is not in the journal', '/_dev/resend', post({ deliveries: ['d99'] }), 404, { field: 'deliveries' }],
    ['a resend to something that is no web address', '/_dev/resend', post({ failed: true, to: 'ftp://hooks.test/' }), 400, { field: 'to' }],
    ['the fields of a webhook that Jivo does not have', '/_dev/schema/chat_started', {}, 404, { field: 'event' }],
    ['a place in the journal that is no number', '/_dev/events?after=-1', {}, 400, { field: 'after' }],
    ['an end in the journal that is no number', '/_dev/events?until=now', {}, 400, { field: 'until' }],
    ['a wrong method', '/_dev/state', { method: 'PUT' }, 405, { code: 'method' }],
    ['an unknown path', '/_dev/everything', {}, 404, { code: 'not-found' }],
    ['a file outside of the build', '/console/..%2f..%2fpackage.json', {}, 404, { code: 'not-found' }],
  ])('%s is refused with the field and the rule, and changes nothing', async (_name, path, init, status, error) => {
    await using door = await open()
    const { seq } = door.emulator.world
    const response = await door.ask(path, init)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String), ...error } })
    expect(door.emulator.world.seq).toBe(seq)
    expect(door.emulator.errors).toEqual([])
  })

  test('a journal that cannot be written is a 503 that says that nothing happened', async () => {
    const { memoryStore } = await import('../../src/emulator/journal.js')
    const store = memoryStore()
    let isFull = false
    const append = (text: string) => (isFull ? Promise.reject(new Error('ENOSPC: no space left on device')) : store.append(text))
    const door = await open({ mode: 'manual', store: { ...store, append } })
    const page = door.emulator.connect()
    page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
    await page.wait('message')
    isFull = true
    const response = await door.ask('/_dev/chats/9001/accept', post({}))
    expect(response.status).toBe(503)
    expect(door.emulator.errors).toMatchObject([{ message: expect.stringContaining('ENOSPC') }])
  })
})
