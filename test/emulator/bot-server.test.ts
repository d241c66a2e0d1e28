import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createHttpClient } from '../../src/transports/http/http-client.js'
import { doors } from '../helpers/doors.js'
import { until } from '../helpers/emulator.js'
import { type Answering, startReceiver } from '../helpers/receiver.js'

/** A bot that is a server of its own, asked over a socket, and speaking over one. */

const [, openHttp] = doors.find(([name]) => name === 'over HTTP') ?? []

/** @param patience milliseconds in place of Jivo's three seconds, so that no test waits for those */
const setUp = async (answer: Answering, patience = 60_000) => {
  if (openHttp === undefined) throw new Error('there is no door over HTTP')
  const bot = await startReceiver(answer)
  const client = createHttpClient()
  const door = await openHttp({
    webhook: null,
    mode: 'manual',
    bots: [{ url: bot.url, token: 'sesame', headers: { 'x-bridge': 'key' }, answerWithin: 30_000 }],
    send: ({ url, body, headers }, signal) =>
      client.request({ url, body, timeout: patience, signal, headers: { 'content-type': 'application/json', ...headers } }),
  })
  const { emulator } = door
  await emulator.dispatch({ type: 'client.come', channel: 'site', id: 'ada', contacts: {} })
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: 'm1', text: 'Hello' })
  return {
    bot,
    emulator,
    /** What the bot does when it has an answer: a request of its own. */
    speak: async (text: string) => {
      const [asked] = bot.received
      const { client_id, chat_id } = asked?.body ?? {}
      const response = await door.ask(`/webhooks/${emulator.world.account?.bots[0]?.providerId}/sesame`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'BOT_MESSAGE', id: 'x', client_id, chat_id, message: { type: 'TEXT', text } }),
      })
      return response.status
    },
    [Symbol.asyncDispose]: async () => {
      await door[Symbol.asyncDispose]()
      await client.close()
      await bot[Symbol.asyncDispose]()
    },
  }
}

const inTurn =
  (...statuses: number[]): Answering =>
  response => {
    response.writeHead(statuses.shift() ?? 200).end()
  }

test('a bot that fails twice is asked a third time with the same id, then speaks', async () => {
  await using scene = await setUp(inTurn(500, 503, 200))
  const { bot, emulator, speak } = scene
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 1)
  expect(bot.received.map(({ path, headers }) => [path, headers['content-type'], headers['x-bridge']])).toEqual(
    Array(3).fill(['/jivo/sesame', 'application/json', 'key']),
  )
  expect(new Set(bot.received.map(({ text }) => text)).size).toBe(1)
  expect((await emulator.eventsOf('delivery.attempted')).map(({ attempt, of, result }) => [attempt, of, 'status' in result && result.status])).toEqual([
    [1, 3, 500],
    [2, 3, 503],
    [3, 3, 200],
  ])
  expect(await speak('Hi')).toBe(200)
  expect(emulator.world.chats[9001]).toMatchObject({ status: 'bot', answerBy: null, messages: [{ by: 'visitor' }, { by: 'bot', text: 'Hi' }] })
})

test('a bot that never answers is asked three times, then the chat is for the agents', async () => {
  await using scene = await setUp(() => {}, 200)
  const { bot, emulator, speak } = scene
  await until(() => emulator.world.chats[9001]?.status === 'waiting')
  expect(new Set(bot.received.map(({ body }) => body.id)).size).toBe(1)
  expect(bot.received).toHaveLength(3)
  expect(await emulator.eventsOf('chat.handed')).toMatchObject([{ reason: 'failed' }])
  expect(await speak('Too late')).toBe(200)
  expect(emulator.world.chats[9001]?.messages.map(({ by }) => by)).toEqual(['visitor'])
})

test('a bot that is slow with its answer is not asked again, and the next message waits for it', async () => {
  const open: ServerResponse[] = []
  await using scene = await setUp(response => open.push(response))
  const { bot, emulator, speak } = scene
  await until(() => open.length === 1)
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: 'm2', text: 'Are you there?' })
  expect(await speak('A moment')).toBe(200)
  expect(bot.received).toHaveLength(1)
  open[0]?.end('OK')
  await until(() => open.length === 2)
  open[1]?.end('{}')
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 2)
  expect(bot.received.map(({ body }) => (body.message as { text: string }).text)).toEqual(['Hello', 'Are you there?'])
})

test('a bot that takes the message and says nothing loses the chat when its time is up', async () => {
  await using scene = await setUp(response => response.end())
  const { emulator } = scene
  await until(async () => (await emulator.eventsOf('answer.awaited')).length === 1)
  emulator.clock.move(30_000)
  await until(() => emulator.world.chats[9001]?.status === 'waiting')
  expect(await emulator.eventsOf('chat.handed')).toMatchObject([{ reason: 'silent' }])
})
