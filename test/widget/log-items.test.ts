import { expect, test } from 'vitest'
import type { ChatMessage } from '../../src/contracts/page-channel.js'
import { logItems } from '../../src/widget/log-items.js'
import { newSession, type Session } from '../../src/widget/session.js'

const day = 86_400_000
const said = (id: string, by: ChatMessage['by'], name?: string, at = day): ChatMessage => ({ id, by, text: id, at, ...(name === undefined ? {} : { name }) })
const kinds = (session: Partial<Session>) => logItems({ ...newSession, ...session }).map(({ kind }) => kind)

test('an empty conversation shows nothing', () => {
  expect(kinds({})).toEqual([])
})

test('an agent joins before the first message of theirs, or at the end', () => {
  const messages = [said('a', 'visitor'), said('b', 'agent', 'Max'), said('c', 'agent', 'Max'), said('d', 'agent', 'Ada')]
  expect(kinds({ messages })).toEqual(['day', 'visitor', 'joined', 'agent', 'agent', 'joined', 'agent'])
  expect(kinds({ messages: [said('a', 'visitor')], agent: 'Max' })).toEqual(['day', 'visitor', 'joined'])
})

test('each day is named once', () => {
  expect(kinds({ messages: [said('a', 'visitor'), said('b', 'visitor'), said('c', 'visitor', undefined, 5 * day)] })).toEqual([
    'day',
    'visitor',
    'visitor',
    'day',
    'visitor',
  ])
})

test('only the newest message of the visitor says that it is delivered', () => {
  const messages = [said('a', 'visitor'), said('b', 'visitor')]
  const newest = (session: Partial<Session>) =>
    logItems({ ...newSession, messages, ...session }).flatMap(item => (item.kind === 'visitor' ? [item.isNewest] : []))
  expect(newest({})).toEqual([false, true])
  expect(newest({ pending: [{ id: 'c', text: 'c', at: day, status: 'sending' }] })).toEqual([false, false])
})

test('contacts stand where they were sent', () => {
  const messages = [said('a', 'visitor'), said('b', 'visitor')]
  expect(kinds({ messages, introduction: { sentAfter: 'a' } })).toEqual(['day', 'visitor', 'introduced', 'visitor'])
})

test('an invitation stands last, as a message of the agent without a time', () => {
  const invitation = { text: 'May I help?', name: 'Max' }
  const items = logItems({ ...newSession, messages: [said('a', 'visitor')], invitation })
  expect(items.at(-1)).toEqual({
    kind: 'agent',
    key: 'invitation',
    message: { id: 'invitation', by: 'agent', name: 'Max', text: 'May I help?', at: null },
    isFirst: true,
    isLast: true,
  })
})
