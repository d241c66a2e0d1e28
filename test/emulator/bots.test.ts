import { expect, test } from 'vitest'
import { type BotEventName, botEvents } from '../../src/contracts/bot-api.js'
import { eventSchema } from '../../src/contracts/journal.js'
import type { Send } from '../../src/emulator/outbox.js'
import { id, ok, startEmulator, until } from '../helpers/emulator.js'

/** Bots in the channel of the site: what Jivo posts to them, what they may post to Jivo, and who has the chat. */

const setUp = async (settings: Parameters<typeof startEmulator>[0] = {}) => {
  const emulator = await startEmulator({ bots: [{ url: 'http://bot.test/jivo', token: 'sesame-of-the-bot' }], ...settings })
  const page = emulator.connect({ url: 'https://shop.test/cart' })
  await page.wait('welcome')
  const provider = emulator.world.account?.bots[0]?.providerId ?? ''
  const say = async (event: object | string, token = 'sesame-of-the-bot') => {
    const response = await emulator.fetch(
      new Request(`http://127.0.0.1/webhooks/${provider}/${token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof event === 'string' ? event : JSON.stringify(event),
      }),
    )
    return { status: response.status, body: await response.json() }
  }
  /** What the bot was sent, by event. */
  const heard = (event?: BotEventName) =>
    emulator.sent.map(({ body }) => JSON.parse(body)).filter(body => body.event !== undefined && (event === undefined || body.event === event))
  const write = (number: number, text: string) => page.say({ type: 'write', id: id('m', number), text })
  return { emulator, page, say, heard, write }
}

const ids = { id: 'x-1', client_id: '1', chat_id: '9001' }

test('the bot is asked at its address with the token behind it, and no agent takes the chat', async () => {
  const { emulator, heard, write } = await setUp({ webhook: 'http://receiver.test/jivo' })
  write(1, 'Is size 40 back?')
  await until(() => heard().length === 1)
  expect(emulator.sent[0]?.url).toBe('http://bot.test/jivo/sesame-of-the-bot')
  expect(heard()[0]).toEqual({
    event: 'CLIENT_MESSAGE',
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    site_id: '700011',
    client_id: '1',
    chat_id: '9001',
    agents_online: true,
    sender: { id: 1, name: 'Visitor 1', url: 'https://shop.test/cart', has_contacts: false },
    message: { type: 'TEXT', text: 'Is size 40 back?', timestamp: 1_754_000_000 },
    channel: { id: '3948', type: 'widget' },
  })
  expect(emulator.world.chats[9001]).toMatchObject({ status: 'bot', bot: 'bot1', agent: null })
  expect(await emulator.eventsOf('chat.accepted')).toEqual([])
})

test('the token stands in no event', async () => {
  const { emulator, heard, write } = await setUp({
    bots: [{ url: 'http://bot.test/jivo', token: 'sesame-of-the-bot', headers: { 'x-key': 'key-of-the-bridge' } }],
  })
  write(1, 'Hello')
  await until(() => heard().length === 1)
  expect(emulator.sent[0]?.headers).toEqual({ 'x-key': 'key-of-the-bridge' })
  expect(JSON.stringify([await emulator.events(), emulator.world])).not.toMatch(/sesame-of-the-bot|key-of-the-bridge/)
})

test('a text of the bot reaches the visitor under its name, the buttons too, and a press comes back', async () => {
  const { page, say, heard, write } = await setUp()
  write(1, 'Hello')
  await until(() => heard().length === 1)
  expect(
    await say({
      event: 'BOT_MESSAGE',
      ...ids,
      message: { type: 'BUTTONS', title: 'Which?', text: 'a / b', buttons: [{ text: 'Tea', id: 7 }, { text: 'Coffee' }] },
    }),
  ).toEqual({ status: 200, body: {} })
  const { message } = await page.wait('message', frame => (frame.message as { by: string }).by === 'agent')
  expect(message).toMatchObject({
    name: 'Kettle Bot',
    text: 'Which?',
    content: {
      kind: 'buttons',
      buttons: [
        { id: '7', text: 'Tea' },
        { id: '2', text: 'Coffee' },
      ],
    },
  })
  page.say({ type: 'write', id: id('m', 2), text: 'Tea', button: { message: (message as { id: string }).id, id: '7' } })
  await until(() => heard('CLIENT_MESSAGE').length === 2)
  expect(heard('CLIENT_MESSAGE')[1].message).toMatchObject({ type: 'TEXT', text: 'Tea', button_id: '7' })
})

test('an invited agent joins, speaks and finishes, the bot hears of each, and the next chat is its own again', async () => {
  const { emulator, say, heard, write } = await setUp()
  write(1, 'A person, please')
  await until(() => heard().length === 1)
  expect((await say({ event: 'INVITE_AGENT', ...ids })).status).toBe(200)
  await until(() => heard('AGENT_MESSAGE').length === 1)
  expect(heard().map(({ event }) => event)).toEqual(['CLIENT_MESSAGE', 'AGENT_JOINED', 'AGENT_MESSAGE'])
  write(2, 'Thanks')
  await until(() => heard('AGENT_MESSAGE').length === 2)
  expect(heard('CLIENT_MESSAGE')).toHaveLength(1)
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  await until(() => heard('CHAT_CLOSED').length === 1)
  write(3, 'Me again')
  await until(() => heard('CLIENT_MESSAGE').length === 2)
  expect(heard('CLIENT_MESSAGE')[1]).toMatchObject({ chat_id: '9002', client_id: '1' })
  for (const body of heard()) expect(botEvents[body.event as BotEventName].safeParse(body).error?.issues ?? []).toEqual([])
  expect((await emulator.events()).flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
})

test('with nobody online an invitation is answered by AGENT_UNAVAILABLE, and the bot goes on', async () => {
  const { emulator, say, heard, write } = await setUp({ mode: 'offline' })
  write(1, 'Hello')
  await until(() => heard().length === 1)
  expect(heard()[0]).toMatchObject({ agents_online: false })
  await say({ event: 'INVITE_AGENT', ...ids })
  await until(() => heard('AGENT_UNAVAILABLE').length === 1)
  expect(heard('AGENT_UNAVAILABLE')[0]).toEqual({ event: 'AGENT_UNAVAILABLE', id: expect.any(String), client_id: '1', chat_id: '9001' })
  expect(emulator.world.chats[9001]?.status).toBe('bot')
})

test("three attempts with one id fail, then the chat is an agent's", async () => {
  const failing: Send = async (request, signal) =>
    request.body.includes('CLIENT_MESSAGE')
      ? { result: { kind: 'answered', status: 503, contentType: '', body: '' }, timing: { dns: null, connect: 1, firstByte: 2, total: 3 } }
      : ok(request, signal)
  const { emulator, heard, write } = await setUp({ send: failing })
  write(1, 'Hello')
  await until(() => heard('CLIENT_MESSAGE').length === 3)
  await until(() => heard('AGENT_JOINED').length === 1)
  expect(new Set(heard('CLIENT_MESSAGE').map(body => body.id)).size).toBe(1)
  expect(await emulator.eventsOf('chat.handed')).toMatchObject([{ chat: 9001, reason: 'failed' }])
  expect(emulator.world.chats[9001]).toMatchObject({ status: 'accepted', hands: 'auto' })
})

test.each(['', 'OK', '{}', '{"ok":true}', 'null', '<p>fine</p>'])('any 2xx of the bot counts, with %j in it', async body => {
  const { emulator, heard, write } = await setUp({
    send: async () => ({ result: { kind: 'answered', status: 202, contentType: '', body }, timing: { dns: null, connect: 1, firstByte: 2, total: 3 } }),
  })
  write(1, 'Hello')
  await until(() => heard().length === 1)
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 1)
  expect(await emulator.eventsOf('delivery.failed')).toEqual([])
})

test('a BOT_MESSAGE in the answer itself is passed over with a warning', async () => {
  const { emulator, write } = await setUp({
    send: async () => ({
      result: { kind: 'answered', status: 200, contentType: '', body: '{"event":"BOT_MESSAGE","message":{"type":"TEXT","text":"no"}}' },
      timing: { dns: null, connect: 1, firstByte: 2, total: 3 },
    }),
  })
  write(1, 'Hello')
  await until(async () => (await emulator.eventsOf('warning.raised')).length === 1)
  expect((await emulator.eventsOf('message.sent')).map(({ by }) => by)).toEqual(['visitor'])
})

const text = { type: 'TEXT', text: 'Hi' }

test.each([
  ['a number for chat_id', { chat_id: 9001 }, 'chat_id came as the number 9001'],
  ['a number for client_id', { client_id: 1 }, 'client_id came as the number 1'],
  ["somebody else's client_id", { client_id: '2' }, 'client_id 2 is not the client of chat 9001, who is 1'],
  ['no chat_id', { chat_id: undefined }, 'chat_id is missing'],
  ['no client_id', { client_id: undefined }, 'client_id is missing'],
])('%s passes with a warning', async (_, change, warning) => {
  const { emulator, heard, say, write } = await setUp()
  write(1, 'Hello')
  await until(() => heard().length === 1)
  expect((await say({ event: 'BOT_MESSAGE', ...ids, ...change, message: { ...text, timestamp: '1754000000.5' } })).status).toBe(200)
  expect((await emulator.eventsOf('warning.raised')).map(({ message }) => message)).toEqual([expect.stringContaining(warning)])
  expect((await emulator.eventsOf('message.sent')).map(({ by }) => by)).toEqual(['visitor', 'bot'])
})

test('a message for a chat that an agent has is dropped with a warning, and refused when strict', async () => {
  for (const isStrict of [false, true]) {
    const { emulator, heard, say, write } = await setUp({ isStrict })
    write(1, 'Hello')
    await until(() => heard().length === 1)
    await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
    expect((await say({ event: 'BOT_MESSAGE', ...ids, message: text })).status).toBe(isStrict ? 400 : 200)
    expect((await emulator.eventsOf('message.sent')).map(({ by }) => by)).not.toContain('bot')
    expect(await emulator.eventsOf('warning.raised')).toHaveLength(isStrict ? 0 : 1)
  }
})

test('the bot gives contacts and asks for a rating', async () => {
  const { emulator, heard, page, say, write } = await setUp()
  write(1, 'Hello')
  await until(() => heard().length === 1)
  await say({ event: 'CLIENT_INFO', ...ids, name: 'Ada', phone: '+79005550111' })
  expect(await page.wait('contacts')).toMatchObject({ contacts: { name: 'Ada', phone: '+79005550111' } })
  await say({ event: 'INIT_RATE', ...ids })
  expect(await page.wait('rating', ({ rating }) => rating !== null)).toMatchObject({ rating: { chat: 9001, rate: null } })
  expect((await emulator.eventsOf('bot.said')).map(({ event }) => event)).toEqual(['CLIENT_INFO', 'INIT_RATE'])
})

test('a file of the client reaches the bot with an address that it can fetch', async () => {
  const { emulator, heard } = await setUp()
  const file = { kind: 'file', media: 'photo', name: 'tea.png', size: 12, type: 'image/png' } as const
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: 'm1', text: 'tea.png', content: { ...file, url: '/files/abc/tea.png' } })
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: 'm2', text: 'tea.png', content: { ...file, url: 'https://shop.test/tea.png' } })
  await until(() => heard().length === 2)
  const common = { type: 'PHOTO', text: 'tea.png', file_name: 'tea.png', mime_type: 'image/png', file_size: 12, timestamp: 1_754_000_000 }
  expect(heard().map(({ message }) => message)).toEqual([
    { ...common, file: 'http://127.0.0.1:7410/files/abc/tea.png' },
    { ...common, file: 'https://shop.test/tea.png' },
  ])
})

test.each([
  ['whatsapp', { name: 'WhatsApp client 1', url: '', has_contacts: true }, 'whatsapp'],
  ['telegram', { name: 'Telegram client 1', url: '', has_contacts: false }, 'telegram'],
  ['app', { name: 'Visitor 1', url: '', has_contacts: false }, 'sdk'],
])('a client of %s has no page, and the contacts that the channel tells', async (channel, sender, type) => {
  const emulator = await startEmulator({ bots: [{ url: 'http://bot.test/', token: 'sesame' }], webhook: null })
  await emulator.dispatch({ type: 'client.come', channel, id: 'ada', contacts: {} })
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: 'm1', text: 'Hello' })
  await until(() => emulator.sent.length === 1)
  expect(JSON.parse(emulator.sent[0]?.body ?? '')).toMatchObject({ sender: { id: 1, ...sender }, channel: { type } })
})
