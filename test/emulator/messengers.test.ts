import { expect, test } from 'vitest'
import { account as accountSchema } from '../../src/contracts/account.js'
import { channelTypes } from '../../src/contracts/channel-types.js'
import { eventSchema } from '../../src/contracts/journal.js'
import { memoryStore } from '../../src/emulator/journal.js'
import { mostMessages } from '../../src/emulator/world/fold.js'
import { id, startEmulator, until } from '../helpers/emulator.js'

/** Clients who write in a channel rather than on a page. */

const bots = [{ url: 'http://bot.test/jivo', token: 'sesame-of-the-bot' }]

test.each(channelTypes)('a client of %s comes, writes and is answered, and webhooks and journal keep their shapes', async channel => {
  const emulator = await startEmulator()
  await emulator.dispatch({ type: 'client.come', channel, id: 'ada', contacts: {} })
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: id('m', 1), text: 'Hello' })
  await until(() => emulator.sent.length === 1)
  const own = emulator.world.account?.channels.find(({ type }) => type === channel)
  expect(JSON.parse(emulator.sent[0]?.body ?? '')).toMatchObject({ event_name: 'chat_accepted', widget_id: own?.id, page: null })
  expect(emulator.world.chats[9001]).toMatchObject({ channel: own?.publicId, status: 'accepted', messages: [{ by: 'visitor' }, { by: 'agent' }] })
  expect((await emulator.events()).flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
  expect(accountSchema.safeParse(emulator.world.account).error?.issues ?? []).toEqual([])
})

test('a channel that the account does not have is added once, with the webhook of the site, and outlives a restart', async () => {
  const store = memoryStore()
  const first = await startEmulator({ store })
  for (const client of ['ada', 'bob', 'ada']) await first.dispatch({ type: 'client.come', channel: 'telegram', id: client, contacts: {} })
  expect(first.world.account?.channels.map(({ type, webhook }) => [type, webhook])).toEqual([
    ['site', 'http://127.0.0.1:3000/jivo'],
    ['telegram', 'http://127.0.0.1:3000/jivo'],
  ])
  expect(Object.keys(first.world.visitors)).toEqual(['1', '2'])
  const again = await startEmulator({ store })
  expect(again.world.account?.channels).toEqual(first.world.account?.channels)
})

test('a channel nobody knows is refused with the names of those that there are', async () => {
  const emulator = await startEmulator()
  await expect(emulator.dispatch({ type: 'client.come', channel: 'telegramm', id: 'ada', contacts: {} })).rejects.toThrow(
    /no channel telegramm\. There are Kettle & Moss, site, app/,
  )
})

test('what a channel tells of a client is kept until the client says otherwise, and coming again changes nothing', async () => {
  const emulator = await startEmulator()
  await emulator.dispatch({ type: 'client.come', channel: 'whatsapp', id: 'ada', contacts: {} })
  expect(emulator.world.visitors[1]?.contacts).toEqual({ name: 'WhatsApp client 1', phone: '+79005550001', email: null, description: null })
  await emulator.dispatch({ type: 'client.come', channel: 'whatsapp', id: 'ada', contacts: { name: 'Ada' } })
  expect(await emulator.dispatch({ type: 'client.come', channel: 'whatsapp', id: 'ada', contacts: {} })).toEqual([])
  expect(emulator.world.visitors[1]?.contacts).toMatchObject({ name: 'Ada', phone: '+79005550001' })
})

test('a bot answers in every channel unless it is bound to some', async () => {
  const emulator = await startEmulator({
    bots: [{ ...bots[0], url: 'http://one.test/', channels: ['telegram'] }, { url: 'http://two.test/' }],
    channels: [{ type: 'telegram' }],
  })
  for (const [at, channel] of ['telegram', 'viber'].entries()) {
    await emulator.dispatch({ type: 'client.come', channel, id: 'ada', contacts: {} })
    await emulator.dispatch({ type: 'client.write', visitor: at + 1, id: id('m', at), text: 'Hello' })
  }
  await until(() => emulator.sent.length === 2)
  expect(emulator.sent.map(({ url, body }) => [new URL(url).hostname, JSON.parse(body).channel.type, JSON.parse(body).sender.url])).toEqual([
    ['one.test', 'telegram', ''],
    ['two.test', 'viber', ''],
  ])
})

test('the client types, rates and leaves', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  await emulator.dispatch({ type: 'client.come', channel: 'app', id: 'ada', contacts: {} })
  await emulator.dispatch({ type: 'client.type', visitor: 1, text: 'Hel' })
  expect(emulator.world.visitors[1]?.typing).toBe('Hel')
  await expect(emulator.dispatch({ type: 'client.leave', visitor: 1 })).rejects.toThrow('no open chat')
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: id('m', 1), text: 'Hello' })
  await emulator.dispatch({ type: 'client.leave', visitor: 1 })
  await emulator.dispatch({ type: 'client.rate', visitor: 1, rate: 'negative' })
  expect(emulator.world.chats[9001]).toMatchObject({ status: 'finished', rating: { rate: 'negative' } })
})

test('the world keeps the newest messages of a chat, and the journal all of them', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  await emulator.dispatch({ type: 'client.come', channel: 'app', id: 'ada', contacts: {} })
  const all = mostMessages + 50
  for (let at = 0; at < all; at += 1) await emulator.dispatch({ type: 'client.write', visitor: 1, id: id('m', at), text: String(at) })
  const chat = emulator.world.chats[9001]
  expect((chat?.messages.length ?? 0) + (chat?.earlier ?? 0)).toBe(all)
  expect(chat?.messages.length).toBeLessThanOrEqual(mostMessages)
  expect(chat?.messages.at(-1)?.text).toBe(String(all - 1))
  expect(await emulator.eventsOf('message.sent')).toHaveLength(all)
})
