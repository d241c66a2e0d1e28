import { expect, test } from 'vitest'
import { lineOf, offerOf, restOf, typistOf } from '../../src/chat/conversation.js'
import type { Event, Fact } from '../../src/contracts/journal.js'
import { fold } from '../../src/emulator/world/fold.js'
import { emptyWorld } from '../../src/emulator/world/world.js'
import { saidLine, saidLines } from '../../src/reporters/said-line.js'
import { startEmulator } from '../helpers/emulator.js'

/** The world of an emulator in which Ada wrote to a bot, and what follows there. */
const setUp = async () => {
  const emulator = await startEmulator({ bots: [{ url: 'http://bot.test/', token: 'sesame-of-the-bot' }] })
  const world = emptyWorld()
  for (const event of await emulator.events()) fold(world, event)
  const take = (fact: Fact) => {
    const event: Event = { ...fact, seq: world.seq + 1, at: 1_754_000_000_000 }
    fold(world, event)
    return event
  }
  take({ type: 'visitor.appeared', visitor: 1, key: 'x:ada', from: { channel: 'x', id: 'ada' } })
  take({ type: 'contacts.given', visitor: 1, via: 'channel', contacts: { name: 'Ada' } })
  take({ type: 'chat.started', chat: 9001, visitor: 1, channel: 'x', bot: 'bot1' })
  const say = (by: 'visitor' | 'agent' | 'bot', text: string, content?: object) =>
    take({
      type: 'message.sent',
      chat: 9001,
      visitor: 1,
      message: `m${world.seq}`,
      by,
      ...{ visitor: {}, agent: { agent: 6001 }, bot: { bot: 'bot1' } }[by],
      text,
      ...(content === undefined ? {} : { content: content as never }),
    })
  const deliver = (channel: string) =>
    take({ type: 'delivery.scheduled', delivery: `d-${channel}`, channel, event: 'any', to: 'http://bot.test/', visitor: 1, chat: 9001, body: {} })
  const attempt = (channel: string) =>
    take({
      type: 'delivery.attempted',
      delivery: `d-${channel}`,
      event: 'any',
      attempt: 1,
      of: 3,
      result: { kind: 'no-answer', reason: 'refused', message: '' },
      timing: { dns: null, connect: null, firstByte: null, total: 1 },
      retryAt: 1,
    })
  const buttons = { kind: 'buttons', buttons: [{ id: '1', text: 'Tea' }] }
  return { world, take, say, deliver, attempt, buttons }
}

test('a conversation rests when it was answered and nothing is on its way', async () => {
  const { world, take, say, deliver, attempt } = await setUp()
  const rests = () => restOf(world, 1)
  expect(rests()).toBe('open')
  say('visitor', 'Hi')
  expect(rests()).toBe('unanswered')
  deliver('bot1')
  expect(rests()).toBe('busy')
  attempt('bot1')
  expect(rests()).toBe('busy')
  take({ type: 'delivery.done', delivery: 'd-bot1', event: 'any', status: 200, attempts: 2, took: 1 })
  expect(rests()).toBe('unanswered')
  say('bot', 'Hello')
  expect(rests()).toBe('open')
  deliver('3948')
  expect(rests()).toBe('busy')
  attempt('3948')
  expect(rests()).toBe('open')
  take({ type: 'chat.accepted', chat: 9001, visitor: 1, agent: 6001, hands: 'auto' })
  say('visitor', 'And?')
  expect(rests()).toBe('unanswered')
  say('agent', 'You wrote: And?')
  expect(rests()).toBe('quiet')
  take({ type: 'chat.taken', chat: 9001, visitor: 1, agent: 6001 })
  expect(rests()).toBe('open')
  take({ type: 'chat.finished', chat: 9001, visitor: 1, by: 'visitor' })
  expect(rests()).toBe('quiet')
  expect(restOf(world, 2)).toBe('quiet')
})

test('buttons can be pressed until the client writes or the chat ends', async () => {
  const { world, take, say, buttons } = await setUp()
  expect(offerOf(world, 1)).toBeNull()
  const { seq } = say('bot', 'Which?', buttons)
  say('bot', 'Take your time')
  expect(offerOf(world, 1)).toEqual({ message: `m${seq - 1}`, buttons: buttons.buttons })
  say('visitor', 'Neither')
  expect(offerOf(world, 1)).toBeNull()
  say('bot', 'Which?', buttons)
  take({ type: 'chat.finished', chat: 9001, visitor: 1, by: 'agent' })
  expect(offerOf(world, 1)).toBeNull()
})

test('events of the client are said with a name or noted in words, and those of others are neither', async () => {
  const { world, take, say } = await setUp()
  const line = (event: Event) => lineOf(world, 1, event)
  expect(line(say('visitor', 'Hi'))).toMatchObject({ kind: 'said', by: 'visitor', name: 'Ada', text: 'Hi' })
  expect(line(say('bot', 'Hello'))).toMatchObject({ by: 'bot', name: 'Kettle Bot' })
  expect(line(say('agent', 'Yes?'))).toMatchObject({ by: 'agent', name: 'Max Orlov' })
  expect(line(take({ type: 'chat.handed', bot: 'bot1', chat: 9001, visitor: 1, reason: 'failed' }))).toMatchObject({
    kind: 'note',
    text: 'Kettle Bot does not answer; an agent is called',
  })
  expect(line(take({ type: 'chat.rated', chat: 9001, visitor: 1, rate: 'negative' }))).toMatchObject({ text: 'You rated the chat bad' })
  expect(line(take({ type: 'chat.rated', chat: 9001, visitor: 2, rate: 'negative' }))).toBeNull()
  const file = { kind: 'file', media: 'photo', url: '/files/f1/a.png', name: 'a.png', size: 1, type: '' }
  expect(line(say('agent', 'a.png', file))).toMatchObject({ content: { url: 'http://127.0.0.1:7410/files/f1/a.png' } })
})

test('who types is known until they write or stop', async () => {
  const { world, take, say } = await setUp()
  take({ type: 'chat.accepted', chat: 9001, visitor: 1, agent: 6001, hands: 'person' })
  const typist = (event: Event) => typistOf(world, 1, event)
  expect(typist(take({ type: 'typing.changed', visitor: 1, by: 'agent', on: true }))).toBe('Max Orlov')
  expect(typist(take({ type: 'typing.changed', visitor: 1, by: 'visitor', on: true, text: 'H' }))).toBeUndefined()
  expect(typist(say('visitor', 'Hi'))).toBeUndefined()
  expect(typist(say('agent', 'Yes?'))).toBeNull()
  expect(typist(take({ type: 'typing.changed', visitor: 2, by: 'agent', on: true }))).toBeUndefined()
})

test.each([
  ['plain', { text: 'Hi' }, 'Hi'],
  ['lines and control characters', { text: 'a\nb\u001b[2J' }, 'a\\nb\\u001b[2J'],
  [
    'buttons',
    {
      text: 'Which?',
      content: {
        kind: 'buttons',
        buttons: [
          { id: '1', text: 'Tea' },
          { id: '2', text: 'Coffee\u0007' },
        ],
      },
    },
    'Which?  [1] Tea  [2] Coffee\\u0007',
  ],
  [
    'a file',
    { text: 'a.png', content: { kind: 'file', media: 'photo', url: 'http://x.test/a.png', name: 'a.png', size: null, type: '' } },
    'http://x.test/a.png',
  ],
  [
    'a file with words',
    { text: 'Look', content: { kind: 'file', media: 'photo', url: 'http://x.test/a.png', name: 'a.png', size: null, type: '' } },
    'Look http://x.test/a.png',
  ],
  ['a place', { text: 'Here', content: { kind: 'location', latitude: 1.5, longitude: 2 } }, 'Here 1.5, 2'],
  ['markdown', { text: 'bold', content: { kind: 'markdown', markdown: '**bold**' } }, 'bold'],
] as const)('%s is one line', (_, said, line) => {
  expect(saidLine(said as never)).toBe(line)
})

test('a message keeps its line breaks where there is room for them', () => {
  expect(saidLines({ text: 'a\r\nb\u001b[2J\nc' })).toBe('a\nb\\u001b[2J\nc')
})
