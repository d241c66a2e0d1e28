import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/contracts/journal.js'
import { ownDoors } from '../helpers/doors.js'
import { id, until } from '../helpers/emulator.js'

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
