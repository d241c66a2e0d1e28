import { expect, test } from 'vitest'
import { broughtBy, conversationLines, type Line } from '../../src/console/desk/conversation-lines.js'
import type { Event } from '../../src/contracts/journal.js'
import { accepted, attempted, done, journal, said, scheduled, started, worldOf } from '../helpers/events.js'

const show = (line: Line) => (line.kind === 'message' ? `${line.message.text} (${line.hands})` : `${line.kind} ${line.event.type}`)

const linesOf = (events: readonly Event[], kept = events) => {
  const world = worldOf(events)
  const chat = world.chats[9001]
  if (chat === undefined) throw new Error('the chat is missing')
  return conversationLines(chat, kept, world.deliveries).map(show)
}

test('messages and what happened stand in the order of the journal', () => {
  const events = journal(started(9001), said(9001, 'visitor', 'hello'), accepted(9001, 'auto'), said(9001, 'agent', 'I am a machine'), {
    type: 'chat.finished',
    chat: 9001,
    visitor: 1,
    by: 'agent',
  })
  expect(linesOf(events)).toEqual(['system chat.started', 'hello (null)', 'system chat.accepted', 'I am a machine (auto)', 'system chat.finished'])
})

test('a message says who held the chat then, not who holds it now', () => {
  const events = journal(
    ...[started(9001), accepted(9001, 'auto'), said(9001, 'agent', 'by itself')],
    ...[{ type: 'chat.taken', chat: 9001, visitor: 1, agent: 6001 } as const, said(9001, 'agent', 'by hand')],
  )
  expect(linesOf(events)).toEqual(['system chat.started', 'system chat.accepted', 'by itself (auto)', 'system chat.taken', 'by hand (person)'])
})

test('messages that the events no longer have come first', () => {
  const events = journal(started(9001), said(9001, 'visitor', 'old'), accepted(9001, 'person'), said(9001, 'agent', 'new'))
  expect(linesOf(events, events.slice(3))).toEqual(['old (person)', 'new (person)'])
})

test('a delivery is a line when it ended or is to be tried again, not while it is first on its way', () => {
  const onItsWay = journal(started(9001), scheduled('d1', 9001))
  expect(linesOf(onItsWay)).toEqual(['system chat.started'])
  const retried = journal(started(9001), scheduled('d1', 9001), attempted('d1', 500, 9_999))
  expect(linesOf(retried)).toEqual(['system chat.started', 'retry delivery.scheduled'])
  const ended = journal(started(9001), scheduled('d1', 9001), attempted('d1', 200), done('d1', 9001))
  expect(linesOf(ended)).toEqual(['system chat.started', 'system delivery.done'])
})

test('what an answer brought is said with its delivery and not again', () => {
  const events = journal(
    started(9001),
    { type: 'card.changed', chat: 9001, visitor: 1, via: 'webhook', card: { customData: [{ content: 'Gold' }], enableAssign: false } },
    { type: 'contacts.given', chat: 9001, visitor: 1, via: 'webhook', contacts: { name: 'Vera' } },
    { type: 'contacts.given', chat: 9001, visitor: 1, via: 'form', contacts: { phone: '1' } },
  )
  expect(linesOf(events)).toEqual(['system chat.started', 'system contacts.given'])
  expect(broughtBy(events)).toEqual(['customData', 'contacts', 'contacts'])
})

test('notes and colleagues are lines where they came', () => {
  const events = journal(
    ...[started(9001), accepted(9001, 'person')],
    { type: 'client.noted', chat: 9001, visitor: 1, agent: 6001, text: 'Glass hob' },
    { type: 'chat.joined', chat: 9001, visitor: 1, agent: 6002, by: 6001 },
    { type: 'chat.taken', chat: 9001, visitor: 1, agent: 6002, by: 6001 },
    said(9001, 'agent', 'Ada here'),
  )
  expect(linesOf(events).slice(2)).toEqual(['note client.noted', 'system chat.joined', 'system chat.taken', 'Ada here (person)'])
})

test('what the agent did beside the conversation is a line where it happened', () => {
  const events = journal(
    ...[started(9001), accepted(9001, 'person')],
    { type: 'contacts.edited', chat: 9001, visitor: 1, agent: 6001, contacts: { name: 'Vera' } },
    { type: 'call.started', call: 1, visitor: 1, chat: 9001, channel: '3948', agent: 6001, kind: 'incoming', phone: '+7' },
    { type: 'call.changed', call: 1, visitor: 1, chat: 9001, status: 'end' },
    { type: 'chat.assigned', chat: 9001, visitor: 1, agent: 6001, crmLink: 'https://crm.example.test/1' },
  )
  expect(linesOf(events).slice(2)).toEqual(['system contacts.edited', 'system call.started', 'system call.changed', 'system chat.assigned'])
})
