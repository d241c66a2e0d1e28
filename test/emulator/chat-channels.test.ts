import { expect, test } from 'vitest'
import { chatEvent } from '../../src/contracts/chat-api.js'
import { eventSchema } from '../../src/contracts/journal.js'
import type { MessageContent } from '../../src/contracts/messages.js'
import type { Send } from '../../src/emulator/outbox.js'
import { retryPause } from '../../src/emulator/rules/deliveries.js'
import { createHttpClient } from '../../src/transports/http/http-client.js'
import { id, ok, startEmulator, until } from '../helpers/emulator.js'
import { startReceiver } from '../helpers/receiver.js'

/** A channel of the Chat API: who the client is to the account, and what the customer's server hears. */

const setUp = async (settings: Parameters<typeof startEmulator>[0] = {}) => {
  const emulator = await startEmulator({
    channels: [{ type: 'chat-api', url: 'http://app.test/jivo' }],
    mode: 'manual',
    webhook: null,
    ...settings,
  })
  const channel = emulator.world.account?.channels.find(({ type }) => type === 'chat-api')
  const say = async (message: object, sender: object = {}) => {
    const response = await emulator.fetch(
      new Request(`http://127.0.0.1/any/${channel?.publicId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ sender: { id: 'u-31', ...sender }, message }),
      }),
    )
    if (response.status !== 200) throw new Error(await response.text())
  }
  const write = (number: number, text: string, sender?: object) => say({ type: 'text', id: `m_${number}`, text }, sender)
  const heard = () => emulator.sent.filter(({ url }) => url === 'http://app.test/jivo').map(({ body }) => JSON.parse(body))
  /** Resolves with what the customer's server has heard once so much has come. */
  const hears = async (count: number) => {
    await until(() => heard().length >= count)
    return heard()
  }
  const reply = (number: number, text: string, content?: MessageContent) =>
    emulator.dispatch({ type: 'agent.reply', chat: 9001, id: id('m', number), text, content })
  const warnings = async () => (await emulator.eventsOf('warning.raised')).map(({ message }) => message)
  return { emulator, say, write, heard, hears, reply, warnings }
}

const seconds = 1_754_000_000
const max = { id: '6001', name: 'Max Orlov', email: 'max@kettle.example', phone: '+79005550100' }

test('an agent answers: the client hears that the message was read, and the text', async () => {
  const { emulator, write, hears, reply } = await setUp()
  await write(1, 'My parcel is late')
  await reply(1, 'Which one?')
  expect(await hears(2)).toEqual([
    { sender: max, recipient: { id: 'u-31' }, message: { type: 'seen', id: 'm_1', date: seconds } },
    { sender: max, recipient: { id: 'u-31' }, message: { type: 'text', id: id('m', 1), date: seconds, text: 'Which one?' } },
  ])
  expect(emulator.world.chats[9001]?.read).toEqual({ visitor: 'c3-m_1', agent: null })
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 2)
  expect((await emulator.eventsOf('delivery.scheduled')).map(({ event, channel }) => [event, channel])).toEqual([
    ['chat-api.seen', 'chat.3961'],
    ['chat-api.text', 'chat.3961'],
  ])
})

const photo = { kind: 'file', media: 'photo', name: 'a b.png', size: 68, type: 'image/png' } as const
const buttons = (count: number) => Array.from({ length: count }, (_, at) => ({ id: String(at + 1), text: `Choice ${at + 1}` }))

test.each([
  [
    'a file of ours has a whole address',
    'Look',
    { ...photo, url: '/files/f1/a%20b.png' },
    { type: 'photo', file: 'http://127.0.0.1:7410/files/f1/a%20b.png', text: 'Look', file_name: 'a b.png', mime_type: 'image/png', file_size: 68 },
  ],
  [
    'a file from elsewhere keeps its address',
    'a b.png',
    { ...photo, url: 'https://cdn.test/1', size: null, type: '' },
    { type: 'photo', file: 'https://cdn.test/1', file_name: 'a b.png' },
  ],
  [
    'a voice is an audio',
    'Voice',
    { ...photo, media: 'voice', url: '/files/f1/v.ogg', name: 'v.ogg', type: 'audio/ogg' },
    { type: 'audio', file: 'http://127.0.0.1:7410/files/f1/v.ogg', text: 'Voice', file_name: 'v.ogg', mime_type: 'audio/ogg', file_size: 68 },
  ],
  ['a place', 'Our shop', { kind: 'location', latitude: 56.8, longitude: 35.9 }, { type: 'location', title: 'Our shop', latitude: 56.8, longitude: 35.9 }],
  ['buttons are a keyboard', 'Which?', { kind: 'buttons', buttons: buttons(2) }, { type: 'keyboard', title: 'Which?', keyboard: buttons(2) }],
  ['markdown is its text', 'bold', { kind: 'markdown', markdown: '**bold**' }, { type: 'text', text: 'bold' }],
] satisfies [string, string, MessageContent, object][])('%s', async (_, text, content, message) => {
  const { write, hears, reply } = await setUp()
  await write(1, 'Hello')
  await reply(1, text, content)
  const [, told] = await hears(2)
  expect(told.message).toEqual({ id: id('m', 1), date: seconds, ...message })
  expect(chatEvent.safeParse(told).error?.issues ?? []).toEqual([])
})

test('of more than seven buttons seven are sent, with a warning', async () => {
  const { write, hears, reply, warnings } = await setUp()
  await write(1, 'Hello')
  await reply(1, 'Which?', { kind: 'buttons', buttons: buttons(8) })
  expect((await hears(2))[1].message.keyboard).toEqual(buttons(7))
  expect(await warnings()).toEqual([expect.stringContaining('at most 7 keys')])
})

test('a chosen key is the press of a button, with its text', async () => {
  const { emulator, say, write, hears, reply } = await setUp()
  await write(1, 'Hello')
  await reply(1, 'Which?', { kind: 'buttons', buttons: buttons(3) })
  await hears(2)
  await say({ type: 'keyboard', keyboard: [{ id: 2, text: 'Choice 2' }] })
  await say({ type: 'keyboard', keyboard: [{ text: 'Choice 1' }, { text: 'Choice 3' }] })
  expect(emulator.world.chats[9001]?.messages.slice(-2)).toMatchObject([
    { text: 'Choice 2', button: { message: id('m', 1), id: '2' } },
    { text: 'Choice 1, Choice 3', button: { message: id('m', 1), id: '1' } },
  ])
})

test('media of the client are files of the message', async () => {
  const { emulator, say } = await setUp()
  await say({ type: 'document', file: 'https://app.test/files/l.pdf?key=1', file_size: 18_233, mime_type: 'application/pdf' })
  await say({ type: 'video', file: 'https://app.test/', text: 'Look', file_name: 'film.mp4' })
  await say({ type: 'location', latitude: 1, longitude: 2 })
  expect(emulator.world.chats[9001]?.messages.map(({ text, content }) => [text, content])).toEqual([
    ['l.pdf', { kind: 'file', media: 'document', url: 'https://app.test/files/l.pdf?key=1', name: 'l.pdf', size: 18_233, type: 'application/pdf' }],
    ['Look', { kind: 'file', media: 'video', url: 'https://app.test/', name: 'film.mp4', size: null, type: '' }],
    ['1, 2', { kind: 'location', latitude: 1, longitude: 2 }],
  ])
})

test("the agent's typing is told at most once in 5 seconds, and the end of it never", async () => {
  const { emulator, write, hears, heard } = await setUp()
  await write(1, 'Hello')
  for (const pause of [0, 4_999, 1]) {
    emulator.clock.move(pause)
    await emulator.dispatch({ type: 'agent.type', chat: 9001, on: true })
    await emulator.dispatch({ type: 'agent.type', chat: 9001, on: false })
  }
  await hears(2)
  expect(heard().map(({ message }) => message)).toEqual([
    { type: 'typein', date: seconds },
    { type: 'typein', date: seconds + 5 },
  ])
})

test('what the client types stands before the agent until the message or the end of typing', async () => {
  const { emulator, say, write } = await setUp()
  const typing = () => emulator.world.visitors[1]?.typing
  await say({ type: 'typein', text: 'My par' })
  expect(typing()).toBe('My par')
  await say({ type: 'typeout' })
  expect(typing()).toBeNull()
  await say({ type: 'typein' })
  expect(typing()).toBe('')
  await write(1, 'My parcel is late')
  expect(typing()).toBeNull()
})

test('a finished chat is a stop and a question for a rating, and its answer is the rate', async () => {
  const { emulator, say, write, hears } = await setUp()
  await write(1, 'Hello')
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  expect((await hears(3)).map(({ message }) => message.type)).toEqual(['seen', 'stop', 'rate'])
  await say({ type: 'rate', value: 0 })
  expect(emulator.world.chats[9001]?.rating).toEqual({ rate: null })
  await say({ type: 'rate', value: 5 })
  expect(emulator.world.chats[9001]?.rating).toEqual({ rate: 'positive' })
  await say({ type: 'start' })
  expect(emulator.world.chats[9002]).toMatchObject({ status: 'waiting', messages: [] })
})

test('the client who stops is not told of it', async () => {
  const { emulator, say, write, heard } = await setUp()
  await write(1, 'Hello')
  await say({ type: 'stop' })
  expect(emulator.world.chats[9001]?.status).toBe('finished')
  expect(heard()).toEqual([])
})

test('receipts of the client move on and never back', async () => {
  const { emulator, say, write, reply } = await setUp()
  await write(1, 'Hello')
  await reply(1, 'One')
  await reply(2, 'Two')
  for (const number of [2, 1, 2]) await say({ type: 'seen', id: id('m', number) })
  expect((await emulator.eventsOf('message.read')).filter(({ by }) => by === 'visitor')).toMatchObject([{ message: id('m', 2) }])
  expect(emulator.world.chats[9001]?.read.agent).toBe(id('m', 2))
})

test('the greeting is shown once, before the first message, and goes back to nobody', async () => {
  const { emulator, say, write, heard } = await setUp()
  const invite = { invite: 'Need a hand?' }
  await write(1, 'Yes', invite)
  await write(2, 'Soon', invite)
  await say({ type: 'stop' }, invite)
  await write(3, 'Again', invite)
  const messages = Object.values(emulator.world.chats).flatMap(chat => chat.messages.map(({ by, text }) => [by, text]))
  expect(messages).toEqual([
    ['agent', 'Need a hand?'],
    ['visitor', 'Yes'],
    ['visitor', 'Soon'],
    ['visitor', 'Again'],
  ])
  expect((await emulator.eventsOf('message.sent'))[0]).toMatchObject({ invitation: true })
  expect(heard()).toEqual([])
})

test('one id for every message loses none, and the same message within 10 seconds is one', async () => {
  const { emulator, say, warnings } = await setUp()
  const write = (text: string) => say({ type: 'text', id: 'customer_message_id', text })
  await write('Hello')
  await write('Hello')
  await write('Anyone?')
  emulator.clock.move(10_001)
  await write('Hello')
  const messages = emulator.world.chats[9001]?.messages ?? []
  expect(messages.map(({ text }) => text)).toEqual(['Hello', 'Anyone?', 'Hello'])
  expect(new Set(messages.map(message => message.id)).size).toBe(3)
  expect(await warnings()).toEqual([expect.stringContaining('a repetition'), ...Array(2).fill(expect.stringContaining('with another message'))])
})

test("what the sender's server knows is on the client's card, beside what a webhook brought", async () => {
  const { emulator, write } = await setUp({
    webhook: 'http://hooks.test/jivo',
    send: async (request, signal) => ({
      ...(await ok(request, signal)),
      result: { kind: 'answered', status: 200, contentType: 'application/json', body: '{"result":"ok","custom_data":[{"title":"Order","content":"7"}]}' },
    }),
  })
  const sender = {
    name: 'Ada',
    url: 'https://app.test/help',
    title: 'Help',
    photo: 'https://app.test/ada.png',
    group: 3,
    intent: 'Delivery',
    custom_data: 'Gold',
  }
  await write(1, 'Hello', { ...sender, crm_link: 'https://crm.test/7' })
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  await until(() => emulator.world.visitors[1]?.card.customData?.[0]?.title === 'Order')
  await write(2, 'Anyone?', { ...sender, custom_data: [{ key: 'Plan', content: 'Gold', link: 'https://app.test/plan', more: 1 }] })
  expect(emulator.world.visitors[1]).toMatchObject({ contacts: { name: 'Ada' }, lastPage: { url: 'https://app.test/help', title: 'Help' } })
  expect(emulator.world.visitors[1]?.card).toEqual({
    crmLink: 'https://crm.test/7',
    customData: [
      { title: 'Order', content: '7' },
      { title: 'Department', content: '3' },
      { title: 'Topic', content: 'Delivery' },
      { title: 'Photo', content: 'https://app.test/ada.png', link: 'https://app.test/ada.png' },
      { key: 'Plan', content: 'Gold', link: 'https://app.test/plan' },
    ],
  })
  const { seq } = emulator.world
  await write(3, 'Hm', { ...sender, custom_data: [{ key: 'Plan', content: 'Gold', link: 'https://app.test/plan' }] })
  expect((await emulator.events()).filter(event => event.seq > seq).map(({ type }) => type)).toEqual(['message.sent'])
})

test('a bot speaks under its own name until an agent has the chat', async () => {
  const { emulator, write, hears } = await setUp({ bots: [{ url: 'http://bot.test/jivo', token: 'sesame-of-the-bot' }] })
  await write(1, 'Hello')
  const request = { event: 'BOT_MESSAGE', client_id: '1', chat_id: '9001', message: { type: 'BUTTONS', title: 'Which?', buttons: [{ text: 'Tea', id: 7 }] } }
  const provider = emulator.world.account?.bots[0]?.providerId
  const headers = { 'content-type': 'application/json' }
  await emulator.fetch(new Request(`http://127.0.0.1/webhooks/${provider}/sesame-of-the-bot`, { method: 'POST', headers, body: JSON.stringify(request) }))
  const [told] = await hears(1)
  expect(told).toMatchObject({
    sender: { id: 'bot1', name: 'Kettle Bot' },
    message: { type: 'keyboard', title: 'Which?', keyboard: [{ id: '7', text: 'Tea' }] },
  })
  expect(chatEvent.safeParse(told).error?.issues ?? []).toEqual([])
})

test('the agent that works by itself answers, webhooks go their own way, and everything keeps its shape', async () => {
  const { emulator, write, hears } = await setUp({ mode: 'auto', webhook: 'http://hooks.test/jivo' })
  await write(1, 'Hello')
  const told = await hears(2)
  expect(told.map(({ message }) => message.type)).toEqual(['seen', 'text'])
  await until(() => emulator.sent.some(({ url }) => url === 'http://hooks.test/jivo'))
  for (const body of told) expect(chatEvent.safeParse(body).error?.issues ?? []).toEqual([])
  expect((await emulator.events()).flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
})

test('a channel without an address, and a client of another one, are told nothing', async () => {
  const { emulator, write, reply } = await setUp({ channels: [{ type: 'chat-api' }, { type: 'telegram' }] })
  await write(1, 'Hello')
  await reply(1, 'Hi')
  await emulator.dispatch({ type: 'client.come', channel: 'telegram', id: 'u-31', contacts: {} })
  await emulator.dispatch({ type: 'client.write', visitor: 2, id: id('m', 2), text: 'Hello' })
  await emulator.dispatch({ type: 'agent.reply', chat: 9002, id: id('m', 3), text: 'Hi' })
  expect(await emulator.eventsOf('delivery.scheduled')).toEqual([])
})

const answering =
  (status: number): Send =>
  async () => ({ result: { kind: 'answered', status, contentType: '', body: '200' }, timing: { dns: null, connect: 1, firstByte: 2, total: 3 } })

test.each([
  [204, 1, 'delivery.done'],
  [202, 1, 'delivery.done'],
  [400, 1, 'delivery.failed'],
  [429, 1, 'delivery.failed'],
  [302, 4, 'delivery.failed'],
  [503, 4, 'delivery.failed'],
] as const)('an answer with status %i ends after %i attempts in %s', async (status, attempts, end) => {
  const { emulator, write } = await setUp({ send: answering(status) })
  await write(1, 'Hello')
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  for (const pause of [3_000, 15_000, 60_000].slice(0, attempts - 1)) {
    await until(() => emulator.clock.waiting.includes(pause))
    emulator.clock.move(pause)
  }
  await until(async () => (await emulator.eventsOf(end)).length === 1)
  expect(await emulator.eventsOf(end)).toMatchObject([{ event: 'chat-api.seen', attempts, status }])
})

test('no answer is tried again', () => {
  const profile = { retryOn: 'not-taken' as const, timeout: 1, pauses: [3_000] }
  expect(retryPause(profile, 1, { kind: 'no-answer', reason: 'refused', message: '' }, false)).toBe(3_000)
  expect(retryPause(profile, 1, { kind: 'no-answer', reason: 'blocked', message: '' }, false)).toBeUndefined()
})

test.each([
  ['length', undefined],
  ['chunked', 'chunked'],
] as const)('over a socket the channel decides how its bodies are framed: %s', async (framing, encoding) => {
  await using receiver = await startReceiver((response, { text }) => response.end(text === '' ? '' : '200'))
  const client = createHttpClient()
  const send: Send = ({ url, body, timeout, headers }, signal) => client.request({ url, body, timeout, signal, ...(headers === undefined ? {} : { headers }) })
  const { emulator, write, reply } = await setUp({ channels: [{ type: 'chat-api', url: receiver.url, framing }], send })
  await write(1, 'Привет')
  await reply(1, 'Здравствуйте')
  await receiver.wait(({ text }) => text.includes('Здравствуйте'))
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 2)
  await client.close()
  expect(receiver.received.map(({ headers }) => [headers['transfer-encoding'], headers['content-length']])).toEqual(
    receiver.received.map(({ text }) => [encoding, encoding === undefined ? String(Buffer.byteLength(text)) : undefined]),
  )
})
