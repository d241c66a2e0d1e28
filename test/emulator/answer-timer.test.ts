import { expect, test } from 'vitest'
import { memoryStore } from '../../src/emulator/journal.js'
import { startEmulator, type TestEmulator, until } from '../helpers/emulator.js'

/** The time in which a bot must speak once it took a message, by the clock. */

const bots = [{ url: 'http://bot.test/jivo', token: 'sesame', answerWithin: 30_000 }]

const write = async (emulator: TestEmulator, client: string, text = 'Hello') => {
  await emulator.dispatch({ type: 'client.come', channel: 'site', id: client, contacts: {} })
  const visitor = Object.values(emulator.world.visitors).find(({ key }) => key.endsWith(`:${client}`))?.number ?? 0
  await emulator.dispatch({ type: 'client.write', visitor, id: `m${emulator.world.seq}`, text })
}
const awaited = async (emulator: TestEmulator, count: number) => until(async () => (await emulator.eventsOf('answer.awaited')).length === count)
const speak = (emulator: TestEmulator, chat: number) =>
  emulator.dispatch({
    type: 'bot.request',
    bot: 'bot1',
    request: { event: 'BOT_MESSAGE', client_id: String(chat - 9000), chat_id: String(chat), message: { type: 'TEXT', text: 'Hi' } },
    doubts: [],
  })

test('a silent bot loses each chat when its time is up, and no alarm is left', async () => {
  const emulator = await startEmulator({ bots, webhook: null })
  await write(emulator, 'ada')
  await awaited(emulator, 1)
  emulator.clock.move(10_000)
  await write(emulator, 'bob')
  await awaited(emulator, 2)
  expect(emulator.clock.waiting.sort()).toEqual([20_000, 30_000])
  emulator.clock.move(19_999)
  expect(await emulator.eventsOf('chat.handed')).toEqual([])
  emulator.clock.move(1)
  await until(() => emulator.world.chats[9001]?.status === 'accepted')
  emulator.clock.move(10_000)
  await until(() => emulator.world.chats[9002]?.status === 'accepted')
  expect((await emulator.eventsOf('chat.handed')).map(({ chat, reason, bot }) => [chat, reason, bot])).toEqual([
    [9001, 'silent', 'bot1'],
    [9002, 'silent', 'bot1'],
  ])
  await until(() => emulator.clock.waiting.length === 0)
})

test('a bot that spoke keeps the chat, and its alarm is called off', async () => {
  const emulator = await startEmulator({ bots, webhook: null })
  await write(emulator, 'ada')
  await awaited(emulator, 1)
  await speak(emulator, 9001)
  expect(emulator.clock.waiting).toEqual([])
  emulator.clock.move(60_000)
  expect(emulator.world.chats[9001]?.status).toBe('bot')
})

test('the time goes on over a restart, and what passed meanwhile counts', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store, bots, webhook: null })
  await write(first, 'ada')
  await awaited(first, 1)
  await first.stop(0)
  expect(first.clock.waiting).toEqual([])
  first.clock.move(29_000)
  const second = await startEmulator({ store, clock: first.clock, webhook: null })
  expect(second.clock.waiting).toEqual([1_000])
  await second.stop(0)
  second.clock.move(5_000)
  const third = await startEmulator({ store, clock: first.clock, webhook: null })
  third.clock.move(0)
  await until(() => third.world.chats[9001]?.status === 'accepted')
  expect(await third.eventsOf('chat.handed')).toMatchObject([{ chat: 9001, reason: 'silent' }])
})

test('an alarm that rings early waits for what is left', async () => {
  const emulator = await startEmulator({ bots: [{ ...bots[0], url: 'http://bot.test/', answerWithin: 2 ** 31 + 999 }], webhook: null })
  await write(emulator, 'ada')
  await awaited(emulator, 1)
  expect(emulator.clock.waiting).toEqual([2 ** 31 - 1])
  emulator.clock.move(2 ** 31 - 1)
  await until(() => emulator.clock.waiting.length === 1)
  expect(emulator.clock.waiting).toEqual([1_000])
  emulator.clock.move(1_000)
  await until(() => emulator.world.chats[9001]?.status === 'accepted')
  expect((await emulator.eventsOf('chat.handed')).map(({ reason }) => reason)).toEqual(['silent'])
})
