import { expect, test } from 'vitest'
import type { Event } from '../../src/contracts/journal.js'
import { cannedSuggestion } from '../../src/emulator/suggestion.js'
import { id, startEmulator, type TestEmulator } from '../helpers/emulator.js'

/** Agents among themselves, by value: notes, invitations, transfers. */

const chat = 9001

const openChat = async (mode: 'auto' | 'manual'): Promise<TestEmulator> => {
  const emulator = await startEmulator({ mode, webhook: null })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message', frame => (frame.message as { by: string }).by === (mode === 'auto' ? 'agent' : 'visitor'))
  return emulator
}

/** Facts without their stamps and without the callbacks that follow. */
const factsOf = (events: readonly Event[]) => events.filter(({ type }) => type !== 'callback.scheduled').map(({ seq: _, at: __, cause: ___, ...fact }) => fact)

test('who brings an agent into a chat that nobody has accepted accepts it', async () => {
  const emulator = await openChat('manual')
  expect(factsOf(await emulator.dispatch({ type: 'agent.bringIn', chat, agent: 6002 }))).toEqual([
    { type: 'chat.accepted', chat, visitor: 1, agent: 6001, hands: 'person' },
    { type: 'chat.joined', chat, visitor: 1, agent: 6002, by: 6001 },
  ])
})

test('who brings an agent into a chat that is answered automatically takes it', async () => {
  const emulator = await openChat('auto')
  expect(factsOf(await emulator.dispatch({ type: 'agent.bringIn', chat, agent: 6003 }))).toEqual([
    { type: 'chat.taken', chat, visitor: 1, agent: 6001 },
    { type: 'chat.joined', chat, visitor: 1, agent: 6003, by: 6001 },
  ])
})

test('a chat is handed to an agent who accepts it, takes it, or gets it from another', async () => {
  const waiting = await openChat('manual')
  expect(factsOf(await waiting.dispatch({ type: 'agent.handOver', chat, agent: 6002 }))).toEqual([
    { type: 'chat.accepted', chat, visitor: 1, agent: 6002, hands: 'person' },
  ])
  expect(factsOf(await waiting.dispatch({ type: 'agent.handOver', chat, agent: 6003 }))).toEqual([
    { type: 'chat.taken', chat, visitor: 1, agent: 6003, by: 6002 },
  ])
  expect(waiting.world.chats[chat]).toMatchObject({ agent: 6003, agents: [6002, 6003] })
  const auto = await openChat('auto')
  expect(factsOf(await auto.dispatch({ type: 'agent.handOver', chat, agent: 6002 }))).toEqual([{ type: 'chat.taken', chat, visitor: 1, agent: 6002 }])
})

test('an agent who writes and is not in the chat joins it first; the same message again is nothing', async () => {
  const emulator = await openChat('manual')
  const write = (number: number, agent?: number) => emulator.dispatch({ type: 'agent.reply', chat, id: id('m', number), text: 'Hi', agent })
  expect(factsOf(await write(2, 6002)).map(({ type }) => type)).toEqual(['chat.accepted', 'message.sent'])
  expect(factsOf(await write(3, 6003))).toEqual([
    { type: 'chat.joined', chat, visitor: 1, agent: 6003, by: 6003 },
    { type: 'message.sent', chat, visitor: 1, message: id('m', 3), by: 'agent', agent: 6003, text: 'Hi' },
  ])
  expect(await write(3, 6003)).toEqual([])
  expect(factsOf(await write(4))).toMatchObject([{ type: 'message.sent', agent: 6002 }])
})

test.each([
  ['an agent that the account does not have', { type: 'agent.bringIn', chat, agent: 7 }, 404, /There is no agent 7\. Known: 6001 \(Max Orlov\)/],
  ['the agent who has the chat', { type: 'agent.bringIn', chat, agent: 6001 }, 409, /Max Orlov is in chat 9001 already/],
  ['a transfer to who has the chat', { type: 'agent.handOver', chat, agent: 6001 }, 409, /Max Orlov has chat 9001 already/],
  ['a message of an agent that the account does not have', { type: 'agent.reply', chat, id: id('m', 9), text: 'Hi', agent: 7 }, 404, /There is no agent 7/],
  ['a note in the chat of another visitor', { type: 'agent.note', visitor: 2, text: 'Note', chat }, 409, /Chat 9001 is visitor 1's, not visitor 2's/],
] as const)('%s is refused', async (_name, input, status, message) => {
  const emulator = await openChat('manual')
  await emulator.connect({ page: id('p', 2), key: id('k', 2) }).wait('welcome')
  await emulator.dispatch({ type: 'agent.accept', chat })
  const { seq } = emulator.world
  await expect(emulator.dispatch(input)).rejects.toMatchObject({ status, message: expect.stringMatching(message) })
  expect(emulator.world.seq).toBe(seq)
})

test('a note may be written about a finished chat, and the last 200 of a visitor are kept', async () => {
  const emulator = await openChat('manual')
  await emulator.dispatch({ type: 'agent.finish', chat })
  for (let number = 1; number <= 201; number += 1) await emulator.dispatch({ type: 'agent.note', visitor: 1, text: `Note ${number}`, chat })
  const notes = emulator.world.visitors[1]?.notes ?? []
  expect([notes.length, notes[0]?.text, notes.at(-1)?.text]).toEqual([200, 'Note 2', 'Note 201'])
  expect(await emulator.eventsOf('client.noted')).toHaveLength(201)
})

test('notes are in no welcome and no transcript', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  await emulator.dispatch({ type: 'agent.note', visitor: 1, text: 'canary', chat })
  await emulator.dispatch({ type: 'agent.finish', chat })
  const welcome = await emulator.connect({ page: id('p', 2) }).wait('welcome')
  const bodies = (await emulator.eventsOf('delivery.scheduled')).map(({ body }) => body)
  expect(bodies).toHaveLength(2)
  expect(JSON.stringify([welcome, page.frames, bodies])).not.toContain('canary')
})

const client = { number: 1, name: 'Vera', email: null, phone: null, page: null }

test.each([
  ['en', [{ by: 'visitor', text: 'In stock?', at: 1 }], 'Thank you, Vera. You ask: “In stock?”. I will find out'],
  ['ru-RU', [{ by: 'visitor', text: 'Есть?', at: 1 }], 'Спасибо, Vera. Вы спрашиваете: «Есть?».'],
  ['', [{ by: 'agent', name: 'Max', text: 'Hi', at: 1 }], 'Hello, Vera. How can I help? (A canned answer'],
] as const)('the canned answer in the language "%s" speaks to the client', async (language, messages, text) => {
  expect(await cannedSuggestion({ chat_id: chat, language, client, messages: [...messages] })).toContain(text)
})
