import { expect, test } from 'vitest'
import { memoryStore } from '../../src/emulator/journal.js'
import type { Send } from '../../src/emulator/outbox.js'
import { fakeClock, id, ok, startEmulator, until } from '../helpers/emulator.js'

const noAnswer: Awaited<ReturnType<Send>> = {
  result: { kind: 'no-answer', reason: 'refused', message: 'Connection refused.' },
  timing: { dns: null, connect: null, firstByte: null, total: 1 },
}

test('a restarted emulator has the state that it had, and its pages may come back', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store })
  const page = first.connect({ utm: { source: 'newsletter' } })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  page.say({ type: 'contacts', contacts: { name: 'Vera' } })
  await until(async () => (await first.eventsOf('delivery.done')).length === 2)
  await first.stop(0)
  const before = JSON.parse(JSON.stringify(first.world))
  const second = await startEmulator({ store })
  expect(second.world).toEqual({ ...before, pages: {}, away: before.pages, seq: before.seq + 1 })
})

test('a page that comes back after a restart is the page that it was: one view, and the title that it was given', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store })
  first.connect().say({ type: 'api', method: 'sendPageTitle', args: ['Cart', true, 'http://shop.test/cart'], result: null })
  await until(() => first.world.visitors[1]?.lastPage?.title === 'Cart')
  await first.stop(0)
  const second = await startEmulator({ store })
  const page = second.connect()
  expect(await page.wait('welcome')).toMatchObject({ pages: 1 })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => second.sent.length > 0)
  expect(JSON.parse(second.sent[0]?.body ?? '')).toMatchObject({ page: { url: 'http://shop.test/cart', title: 'Cart' } })
  expect(Object.keys(second.world.away)).toEqual([])
  // Whoever else the page comes back for has opened it.
  page.close()
  await until(() => Object.keys(second.world.pages).length === 0)
  const other = second.connect({ key: id('k', 2) })
  expect(await other.wait('welcome')).toMatchObject({ visitor: 2, pages: 1 })
  expect((await second.eventsOf('page.opened')).map(({ visitor }) => visitor)).toEqual([1, 2])
})

test('what a page says again, because it may have been lost, is recorded once, over lost connections and restarts', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store, mode: 'manual' })
  const reports = [
    { type: 'api', method: 'close', args: [], result: { result: 'ok' } },
    { type: 'state', from: 'chat', to: 'label' },
    { type: 'fired', callback: 'jivo_onClose', args: [], outcome: 'called' },
    { type: 'write', id: id('m', 1), text: 'Hello' },
    { type: 'contacts', contacts: { name: 'Vera' } },
  ].map((frame, at) => ({ ...frame, order: at + 1 }))
  const page = first.connect()
  for (const frame of reports.slice(0, 3)) page.say(frame)
  await page.wait('heard', ({ heard }) => heard === 3)
  page.close()
  await until(() => Object.keys(first.world.pages).length === 0)
  const back = first.connect()
  expect(await back.wait('welcome')).toMatchObject({ heard: 3 })
  for (const frame of reports) back.say(frame)
  await back.wait('heard', ({ heard }) => heard === 5)
  await first.stop(0)
  const second = await startEmulator({ store, mode: 'manual' })
  const again = second.connect()
  expect(await again.wait('welcome')).toMatchObject({ heard: 5 })
  for (const frame of reports) again.say(frame)
  await again.wait('heard', ({ heard }) => heard === 5)
  const counts = await Promise.all(
    (['api.called', 'widget.changed', 'callback.fired', 'message.sent', 'contacts.given'] as const).map(async type => (await second.eventsOf(type)).length),
  )
  expect(counts).toEqual([1, 1, 1, 1, 1])
})

test('a frame that is refused is heard, whatever is wrong with it', async () => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  page.say({ type: 'offline', id: id('m', 1), contacts: {}, message: 'x', order: 1 })
  page.say({ type: 'write', id: id('m', 2), text: '', order: 2 })
  await page.wait('heard', ({ heard }) => heard === 2)
  expect(page.frames.flatMap(({ type, heard }) => (type === 'heard' ? [heard] : []))).toEqual([1, 2])
})

test('deliveries that had not ended are sent after a restart, with their id and the attempts that are left', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store, send: async () => noAnswer })
  const page = first.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(async () => (await first.eventsOf('delivery.attempted')).length === 1)
  await first.stop(0)

  const clock = fakeClock()
  const second = await startEmulator({ store, clock })
  expect(second.sent).toEqual([])
  clock.move(1_000)
  await until(async () => (await second.eventsOf('delivery.done')).length === 1)
  const attempts = await second.eventsOf('delivery.attempted')
  expect(attempts.map(({ delivery, attempt }) => [delivery, attempt])).toEqual([
    [attempts[0]?.delivery, 1],
    [attempts[0]?.delivery, 2],
  ])
})

test('an attempt that the stop cut short is made again after the next start', async () => {
  const store = memoryStore()
  const hanging: Send = (_, signal) => new Promise(resolve => signal.addEventListener('abort', () => resolve(noAnswer)))
  const first = await startEmulator({ store, send: hanging })
  const page = first.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => first.sent.length === 1)
  const stopping = first.stop(2_000)
  await until(() => first.clock.waiting.includes(2_000))
  first.clock.move(2_000)
  await stopping
  expect(await first.eventsOf('delivery.attempted')).toEqual([])
  const second = await startEmulator({ store })
  await until(async () => (await second.eventsOf('delivery.done')).length === 1)
  expect(second.sent).toHaveLength(1)
})

test('a stop waits for what is in flight', async () => {
  let answer = () => {}
  const send: Send = (request, signal) =>
    new Promise(resolve => {
      answer = () => resolve(ok(request, signal))
    })
  const emulator = await startEmulator({ send })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => emulator.sent.length === 1)
  const stopping = emulator.stop(2_000)
  answer()
  await stopping
  expect((await emulator.events()).slice(-2).map(({ type }) => type)).toEqual(['delivery.done', 'emulator.stopping'])
})

test('the webhook address of the last run is kept until another is given', async () => {
  const store = memoryStore()
  await (await startEmulator({ store, webhook: 'http://127.0.0.1:3001/a' })).stop(0)
  const again = await startEmulator({ store, webhook: undefined })
  expect(again.world.account?.channels[0]?.webhook).toBe('http://127.0.0.1:3001/a')
  await again.stop(0)
  const other = await startEmulator({ store, webhook: 'http://127.0.0.1:3002/b' })
  expect(other.world.account?.channels[0]?.webhook).toBe('http://127.0.0.1:3002/b')
})

test('a delivery that is sent again survives a restart, too', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store })
  first.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => first.world.tally.done === 1)
  await first.stop(0)
  const down = await startEmulator({ store, send: async () => noAnswer })
  const deliveries = await down.eventsOf('delivery.scheduled')
  await down.dispatch({ type: 'delivery.resend', deliveries })
  await until(async () => (await down.eventsOf('delivery.attempted')).length === 2)
  await down.stop(0)
  const clock = fakeClock(down.clock.now() + 1_000)
  const second = await startEmulator({ store, clock })
  await until(() => second.world.tally.done === 2)
  expect(second.sent.map(({ body }) => JSON.parse(body))).toEqual(deliveries.map(({ body }) => body))
})

test('the CRM address of the last run is kept until another is given, or none', async () => {
  const store = memoryStore()
  await (await startEmulator({ store, crmWebhook: 'http://127.0.0.1:3001/crm' })).stop(0)
  const again = await startEmulator({ store })
  expect(again.world.account?.crmWebhook).toBe('http://127.0.0.1:3001/crm')
  await again.stop(0)
  expect((await startEmulator({ store, crmWebhook: null })).world.account?.crmWebhook).toBeNull()
})
