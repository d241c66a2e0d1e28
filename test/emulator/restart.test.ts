import { expect, test } from 'vitest'
import { memoryStore } from '../../src/emulator/journal.js'
import type { Send } from '../../src/emulator/outbox.js'
import { fakeClock, id, ok, startEmulator, until } from '../helpers/emulator.js'

const noAnswer: Awaited<ReturnType<Send>> = {
  result: { kind: 'no-answer', reason: 'refused', message: 'Connection refused.' },
  timing: { dns: null, connect: null, firstByte: null, total: 1 },
}

test('a restarted emulator has the state that it had, pages apart', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store })
  const page = first.connect({ utm: { source: 'newsletter' } })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  page.say({ type: 'contacts', contacts: { name: 'Vera' } })
  await until(async () => (await first.eventsOf('delivery.done')).length === 2)
  await first.stop(0)
  const before = JSON.parse(JSON.stringify(first.world))
  const second = await startEmulator({ store })
  expect(second.world).toEqual({ ...before, pages: {}, seq: before.seq + 1 })
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
