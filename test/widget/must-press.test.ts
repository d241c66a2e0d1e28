import { expect, test } from 'vitest'
import type { ChatMessage } from '../../src/contracts/page-channel.js'
import { mustPress } from '../../src/widget/must-press.js'

const said = (by: ChatMessage['by'], more: Partial<ChatMessage> = {}): ChatMessage => ({ id: 'm', by, text: 'Hi', at: 1, ...more })
const buttons = (forceReply?: boolean) =>
  said('agent', { content: { kind: 'buttons', buttons: [{ id: '1', text: 'Tea' }], ...(forceReply === undefined ? {} : { forceReply }) } })
const question = said('visitor')
const pending = { id: 'm2', text: 'Tea', at: 2, status: 'sending' } as const

test.each([
  ['buttons that must be pressed', [question, buttons(true)], [], null, true],
  ['a text after them', [question, buttons(true), said('agent')], [], null, true],
  ['buttons that may be pressed', [question, buttons()], [], null, false],
  ['buttons that were pressed', [question, buttons(true), said('visitor')], [], null, false],
  ['a press on its way', [question, buttons(true)], [pending], null, false],
  ['an agent who has the chat', [question, buttons(true)], [], 'Max', false],
  ['a conversation without buttons', [question, said('agent')], [], null, false],
  ['no conversation', [], [], null, false],
])('with %s', (_, messages, pending, agent, expected) => {
  expect(mustPress({ messages, pending, agent })).toBe(expected)
})
