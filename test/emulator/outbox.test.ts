import { expect, test } from 'vitest'
import type { AttemptResult } from '../../src/contracts/journal.js'
import { deliveryProfiles } from '../../src/emulator/account.js'
import { memoryStore } from '../../src/emulator/journal.js'
import { mostAtOnce, type Send } from '../../src/emulator/outbox.js'
import { retryPause } from '../../src/emulator/rules/deliveries.js'
import { id, ok, startEmulator, until } from '../helpers/emulator.js'

const answered = (status: number): AttemptResult => ({ kind: 'answered', status, contentType: '', body: '' })
const none = (reason: 'refused' | 'timeout' | 'blocked'): AttemptResult => ({ kind: 'no-answer', reason, message: '' })

test.each([
  ['no answer', 1, none('refused'), 1_000],
  ['no answer in time', 2, none('timeout'), 5_000],
  ['no answer to the last attempt', 3, none('timeout'), undefined],
  ['a forbidden address', 1, none('blocked'), undefined],
  ['a server error', 1, answered(503), 1_000],
  ['too many requests', 2, answered(429), 5_000],
  ['a wrong request', 1, answered(404), undefined],
  ['a redirect', 1, answered(302), undefined],
  ['an answer', 1, answered(200), undefined],
])('after %s (attempt %i) the next comes in the right time or never', (_, attempt, result, pause) => {
  expect(retryPause(deliveryProfiles.jivo, attempt, result, result.kind === 'answered' && result.status === 200)).toBe(pause)
})

const failing: Send = async () => ({ result: none('refused'), timing: { dns: null, connect: null, firstByte: null, total: 1 } })

test('a delivery is given up after three attempts and says so', async () => {
  const emulator = await startEmulator({ send: failing })
  emulator.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
  for (const pause of [1_000, 5_000]) {
    await until(() => emulator.clock.waiting.includes(pause))
    emulator.clock.move(pause)
  }
  await until(async () => (await emulator.eventsOf('delivery.failed')).length === 1)
  expect(await emulator.eventsOf('delivery.failed')).toMatchObject([{ attempts: 3, reason: 'refused', event: 'chat_accepted', chat: 9001 }])
  expect(emulator.sent).toHaveLength(3)
  expect(new Set(emulator.sent.map(({ body }) => body)).size).toBe(1)
  expect(emulator.world.tally).toMatchObject({ done: 0, failed: 1 })
})

test('webhooks of one chat go out in order, one after the other; another chat does not wait', async () => {
  const answers: (() => void)[] = []
  const send: Send = (request, signal) => new Promise(resolve => answers.push(() => resolve(ok(request, signal))))
  const emulator = await startEmulator({ send })
  const one = emulator.connect({ page: id('p', 1), key: id('k', 1) })
  one.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  one.say({ type: 'contacts', contacts: { name: 'Vera' } })
  await one.wait('contacts')
  const two = emulator.connect({ page: id('p', 2), key: id('k', 2) })
  two.say({ type: 'write', id: id('m', 2), text: 'Hello' })
  await until(() => emulator.sent.length === 2)
  const names = () => emulator.sent.map(({ body }) => JSON.parse(body)).map(({ event_name, chat_id }) => `${event_name} ${chat_id}`)
  expect(names()).toEqual(['chat_accepted 9001', 'chat_accepted 9002'])
  answers[0]?.()
  await until(() => emulator.sent.length === 3)
  expect(names().at(-1)).toBe('chat_updated 9001')
})

test('a secret in the address is sent to and never written down', async () => {
  const emulator = await startEmulator({ webhook: 'http://user:canary@127.0.0.1:3000/jivo?key=canary' })
  emulator.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => emulator.sent.length === 1)
  expect(emulator.sent[0]?.url).toBe('http://user:canary@127.0.0.1:3000/jivo?key=canary')
  expect(JSON.stringify([await emulator.events(), emulator.world])).not.toContain('canary')
  expect(emulator.world.account?.channels[0]?.webhook).toMatch(/^http:\/\/127\.0\.0\.1:3000\/jivo\?key=…#/)
})

const hold = () => {
  const open: { url: string; name: unknown; answer: () => void }[] = []
  const send: Send = (request, signal) =>
    new Promise(resolve => open.push({ url: request.url, name: JSON.parse(request.body).number, answer: () => resolve(ok(request, signal)) }))
  return { open, send }
}

test('a slow address delays no other, and gets no more than it can be sent at a time', async () => {
  const { open, send } = hold()
  const emulator = await startEmulator({ send, webhook: 'http://hooks.test/slow', crmWebhook: 'http://hooks.test/crm' })
  for (let number = 0; number < 100; number += 1) {
    await emulator.dispatch({ type: 'webhook.trigger', address: 'channel', event: 'chat_updated', body: { event_name: 'chat_updated', number } })
  }
  await emulator.dispatch({ type: 'webhook.trigger', address: 'crm', event: 'created_deal', body: { event_name: 'created_deal', number: 'deal' } })
  expect(open.filter(({ url }) => url.endsWith('/slow'))).toHaveLength(mostAtOnce)
  expect(open.at(-1)).toMatchObject({ url: 'http://hooks.test/crm', name: 'deal' })
  for (let at = 0; at < open.length; at += 1) {
    open[at]?.answer()
    await until(() => open.length > at + 1 || Object.keys(emulator.world.deliveries).length === 0)
  }
  expect(open.filter(({ url }) => url.endsWith('/slow')).map(({ name }) => name)).toEqual(Array.from({ length: 100 }, (_, at) => at))
})

test('what is sent again keeps its place in the order of its chat', async () => {
  const { open, send } = hold()
  const emulator = await startEmulator({ send })
  const trigger = (number: number) =>
    emulator.dispatch({ type: 'webhook.trigger', address: 'channel', event: 'chat_updated', body: { event_name: 'chat_updated', chat_id: 5, number } })
  await trigger(1)
  await trigger(2)
  open[0]?.answer()
  await until(() => open.length === 2)
  const [first] = await emulator.eventsOf('delivery.scheduled')
  await emulator.dispatch({ type: 'delivery.resend', deliveries: first === undefined ? [] : [first] })
  await trigger(3)
  for (const at of [1, 2, 3]) {
    await until(() => open.length > at)
    open[at]?.answer()
  }
  await until(() => Object.keys(emulator.world.deliveries).length === 0)
  expect(open.map(({ name }) => name)).toEqual([1, 2, 1, 3])
  const attempts = (await emulator.eventsOf('delivery.attempted')).map(({ delivery, attempt }) => [delivery, attempt])
  expect(attempts.filter(([delivery]) => delivery === first?.delivery)).toEqual([
    [first?.delivery, 1],
    [first?.delivery, 1],
  ])
})

test.each([
  ['strict', 3],
  ['jivo', 1],
  ['none', 1],
] as const)('an answer that is not ok is sent %s in so many attempts: %i', async (delivery, attempts) => {
  const notOk: Send = async (request, signal) => ({
    ...(await ok(request, signal)),
    result: { kind: 'answered', status: 200, contentType: 'application/json', body: '{"result":"no"}' },
  })
  const emulator = await startEmulator({ send: notOk, delivery })
  emulator.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
  for (const pause of [1_000, 5_000].slice(0, attempts - 1)) {
    await until(() => emulator.clock.waiting.includes(pause))
    emulator.clock.move(pause)
  }
  await until(() => emulator.world.tally.failed === 1)
  expect(await emulator.eventsOf('delivery.failed')).toMatchObject([{ attempts, reason: 'result' }])
})

test('no answer is final when deliveries are tried once', async () => {
  const emulator = await startEmulator({ send: failing, delivery: 'none' })
  emulator.connect().say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => emulator.world.tally.failed === 1)
  expect(emulator.sent).toHaveLength(1)
})

test('20,000 deliveries that wait cost each other nothing', async () => {
  const time = async (count: number) => {
    const store = memoryStore()
    const first = await startEmulator({ store, send: () => new Promise(() => {}) })
    const began = performance.now()
    const body = { event_name: 'chat_updated', chat_id: 5 }
    await Promise.all(Array.from({ length: count }, () => first.dispatch({ type: 'webhook.trigger', address: 'channel', event: 'chat_updated', body })))
    const second = await startEmulator({ store })
    await until(() => Object.keys(second.world.deliveries).length === 0)
    return performance.now() - began
  }
  await time(2_000)
  const few = await time(2_000)
  // Ten times as many take a hundred times as long where each looks at all others.
  expect(await time(20_000)).toBeLessThan(few * 40)
})
