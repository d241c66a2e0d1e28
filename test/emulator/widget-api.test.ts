import { expect, test } from 'vitest'
import { memoryStore } from '../../src/emulator/journal.js'
import { fakeClock, id, startEmulator, type TestEmulator, type TestPage, until } from '../helpers/emulator.js'

/** What follows from calls of `jivo_api`, through the whole emulator. */

const hour = 3_600_000

const api = (page: TestPage, method: string, ...args: unknown[]) => page.say({ type: 'api', method, args, result: null })
const warnings = async (emulator: TestEmulator) => (await emulator.eventsOf('warning.raised')).map(({ code }) => code)
const calls = async (emulator: TestEmulator) => (await emulator.eventsOf('callback.scheduled')).map(({ callback, args }) => [callback, ...args])

test('ten calls of setClientAttributes an hour, counted for the visitor, over pages and restarts', async () => {
  const store = memoryStore()
  const clock = fakeClock()
  const first = await startEmulator({ store, clock })
  const one = first.connect()
  const other = first.connect({ page: id('p', 2) })
  for (let at = 0; at < 4; at += 1) {
    api(one, 'setClientAttributes', { at })
    api(other, 'setClientAttributes', { at })
  }
  await until(async () => (await first.eventsOf('attributes.given')).length === 8)
  await first.stop(0)
  clock.move(hour / 2)
  const second = await startEmulator({ store, clock })
  const again = second.connect({ page: id('p', 3) })
  for (let at = 8; at < 12; at += 1) api(again, 'setClientAttributes', { at })
  await until(async () => (await warnings(second)).length === 2)
  expect(await warnings(second)).toEqual(['attributes-limit', 'attributes-limit'])
  expect(second.world.visitors[1]?.attributes).toEqual({ at: 9 })
  const somebodyElse = second.connect({ page: id('p', 4), key: id('k', 2) })
  api(somebodyElse, 'setClientAttributes', { plan: 'own' })
  await until(() => second.world.visitors[2]?.attributes.plan === 'own')
  clock.move(hour / 2)
  api(again, 'setClientAttributes', { at: 'an hour after the first eight' })
  await until(() => second.world.visitors[1]?.attributes.at === 'an hour after the first eight')
  expect(await warnings(second)).toHaveLength(2)
})

test('an invitation of the page is in the transcript once it is answered, and no dialog was begun by the visitor alone', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  api(page, 'showProactiveInvitation', 'Need a hand?', 3)
  page.say({ type: 'write', id: id('m', 1), text: 'Yes' })
  await until(() => emulator.world.chats[9001]?.messages.length === 2)
  expect(emulator.world.chats[9001]?.messages.map(({ by, text }) => [by, text])).toEqual([
    ['agent', 'Need a hand?'],
    ['visitor', 'Yes'],
  ])
  expect(await calls(emulator)).toEqual([['jivo_onMessageSent']])
  // One that comes while they talk stays in the transcript, too, before its answer.
  api(page, 'showProactiveInvitation', 'A discount?')
  page.say({ type: 'write', id: id('m', 3), text: 'Please' })
  await until(() => emulator.world.chats[9001]?.messages.length === 4)
  expect(emulator.world.chats[9001]?.messages.slice(2).map(({ id: message, by, text }) => [message, by, text])).toEqual([
    [`${id('m', 3)}i`, 'agent', 'A discount?'],
    [id('m', 3), 'visitor', 'Please'],
  ])
  // The next dialog has no invitation before it.
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  page.say({ type: 'write', id: id('m', 2), text: 'Once more' })
  await until(() => emulator.world.chats[9002] !== undefined)
  expect((await calls(emulator)).map(([name]) => name)).toEqual(['jivo_onMessageSent', 'jivo_onAccept', 'jivo_onClientStartChat'])
})

test('a call of startCall goes through all its states with the agent that works by itself', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  api(page, 'startCall', '+79005550142')
  await until(() => emulator.world.calls[1]?.status === 'end')
  expect(await calls(emulator)).toEqual([['jivo_onCallStart'], ['jivo_onCallEnd', { result: 'ok' }]])
  expect((await emulator.eventsOf('delivery.scheduled')).map(({ event, body }) => [event, (body.call as { status: string }).status])).toEqual([
    ['call_event', 'start'],
    ['call_event', 'agent_connected'],
    ['call_event', 'client_connected'],
    ['call_event', 'end'],
  ])
})

test('a startCall while a call is running is warned of, and the running one goes on', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  api(page, 'startCall', '+79005550142')
  api(page, 'startCall', '+79005550143')
  await until(async () => (await warnings(emulator)).length === 1)
  expect(await emulator.eventsOf('warning.raised')).toMatchObject([
    { code: 'api-misuse', message: expect.stringContaining('call 1 to +79005550142 is running') },
  ])
  expect(Object.values(emulator.world.calls).map(({ phone, status }) => [phone, status])).toEqual([['+79005550142', 'start']])
  await emulator.dispatch({ type: 'call.change', call: 1, status: 'end' })
  api(page, 'startCall', '+79005550143')
  await until(() => emulator.world.calls[2] !== undefined)
  expect(emulator.world.calls[2]?.phone).toBe('+79005550143')
})

test('a call that breaks off says why, on every page of the visitor and on no other', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  emulator.connect({ page: id('p', 2) })
  emulator.connect({ page: id('p', 3), key: id('k', 2) })
  api(page, 'startCall', '+79005550142')
  await until(() => emulator.world.calls[1] !== undefined && Object.keys(emulator.world.pages).length === 3)
  await emulator.dispatch({ type: 'call.change', call: 1, status: 'error', reason: 'busy' })
  const ended = (await emulator.eventsOf('callback.scheduled')).filter(({ callback }) => callback === 'jivo_onCallEnd')
  expect(ended.map(({ page: to, args }) => [to, ...args])).toEqual([
    [`p${'1'.repeat(16)}`, { result: 'fail', reason: 'busy' }],
    [id('p', 2), { result: 'fail', reason: 'busy' }],
  ])
})

test('sendPageTitle moves the page, and the next webhook has the new one', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  api(page, 'sendPageTitle', 'Cart', true, 'http://shop.test/cart')
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => emulator.sent.length > 0)
  expect(JSON.parse(emulator.sent[0]?.body ?? '')).toMatchObject({ page: { url: 'http://shop.test/cart', title: 'Cart' } })
})

test('setContactInfo changes the keys that it brings', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  api(page, 'setContactInfo', { name: 'Vera', phone: '+7900', description: 'VIP' })
  api(page, 'setContactInfo', { phone: null, email: 'vera@example.test' })
  await until(() => emulator.world.visitors[1]?.contacts.email === 'vera@example.test')
  expect(emulator.world.visitors[1]?.contacts).toEqual({ name: 'Vera', phone: null, email: 'vera@example.test', description: 'VIP' })
  expect(await calls(emulator)).toEqual([])
})

test('a name that jivo_api does not have is warned of, and a wrong argument with the rule that it breaks', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'unknown', name: 'setOptions' })
  api(page, 'sendPageTitle', 5)
  await until(async () => (await warnings(emulator)).length === 2)
  expect(await emulator.eventsOf('warning.raised')).toMatchObject([
    { code: 'api-unknown', message: expect.stringContaining('jivo_api.setOptions'), source: 'Widget API, methods', visitor: 1 },
    { code: 'api-misuse', message: 'sendPageTitle: the title is not a string', source: 'Widget API, methods' },
  ])
})

test('clearHistory leaves the client in the account', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  api(page, 'clearHistory')
  await until(async () => (await emulator.eventsOf('history.cleared')).length === 1)
  expect(emulator.world.visitors[1]?.chats).toEqual([9001])
})

test('a callback is asked of one page by the beginning of its id', async () => {
  const emulator = await startEmulator()
  const ask = (page: string) => emulator.dispatch({ type: 'callback.request', callback: 'jivo_onAccept', args: [], page })
  await expect(ask('p1')).rejects.toMatchObject({ status: 409, code: 'no-pages' })
  await emulator.connect().wait('welcome')
  await emulator.connect({ page: `p1${'2'.repeat(15)}` }).wait('welcome')
  expect((await ask('p12')).flatMap(event => (event.type === 'callback.scheduled' ? [event.page] : []))).toEqual([`p1${'2'.repeat(15)}`])
  await expect(ask('p1')).rejects.toMatchObject({ status: 409, code: 'many-pages', field: 'page' })
  await expect(ask('p9')).rejects.toMatchObject({ status: 404, code: 'no-page', message: expect.stringContaining('p11111111 (http://shop.test/kettle)') })
})
