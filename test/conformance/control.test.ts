import { describe, expect, test } from 'vitest'
import type { EventSchema } from '../../src/contracts/control.js'
import type { Event } from '../../src/contracts/journal.js'
import type { Send } from '../../src/emulator/outbox.js'
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
