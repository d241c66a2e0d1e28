import { expect, test } from 'vitest'
import type { ServerFrame } from '../../src/contracts/page-channel.js'
import { noContacts } from '../../src/widget/contacts.js'
import { createOutbox } from '../../src/widget/outbox.js'
import { welcomeFrame } from '../helpers/welcome.js'

const write = (id: string) => ({ type: 'write', id, text: 'text' }) as const
const report = { type: 'api' as const, method: 'close', args: [], result: null as unknown }
const welcome = (...ids: string[]): ServerFrame => ({
  ...welcomeFrame,
  seq: 1,
  messages: ids.map(id => ({ id, by: 'visitor', text: '', at: 1 })),
})

test('frames are taken in order, once a connection', () => {
  const outbox = createOutbox()
  outbox.add(report)
  outbox.add(write('a'))
  expect(outbox.take()).toEqual([report, write('a')])
  expect(outbox.take()).toEqual([])
})

test('a message that did not come back is sent again, a report is not', () => {
  const outbox = createOutbox()
  outbox.add(write('a'))
  outbox.add(report)
  outbox.add(write('b'))
  outbox.take()
  outbox.settle({ type: 'message', seq: 2, message: { id: 'a', by: 'visitor', text: 'text', at: 1 } })
  outbox.rewind()
  expect(outbox.take()).toEqual([write('b')])
})

test('a welcome settles what is in the history', () => {
  const outbox = createOutbox()
  for (const id of ['a', 'b']) outbox.add(write(id))
  outbox.take()
  outbox.settle(welcome('a'))
  outbox.rewind()
  expect(outbox.take()).toEqual([write('b')])
})

test('a refused message is not sent again by itself', () => {
  const outbox = createOutbox()
  outbox.add(write('a'))
  outbox.take()
  outbox.settle({ type: 'refused', id: 'a', field: 'text', message: 'no' })
  outbox.rewind()
  expect(outbox.take()).toEqual([])
})

test('contacts are settled by contacts that have them', () => {
  const outbox = createOutbox()
  const contacts = { type: 'contacts', contacts: { name: 'Vera' } } as const
  outbox.add(contacts)
  outbox.take()
  outbox.settle({ type: 'contacts', seq: 2, contacts: { ...noContacts, name: 'Anna' } })
  outbox.rewind()
  expect(outbox.take()).toEqual([contacts])
  outbox.settle({ type: 'contacts', seq: 3, contacts: { ...noContacts, name: 'Vera' } })
  outbox.rewind()
  expect(outbox.take()).toEqual([])
})

test('of very many reports the oldest are dropped, messages never', () => {
  const outbox = createOutbox()
  outbox.add(write('a'))
  for (let count = 0; count < 1_500; count += 1) outbox.add({ ...report, result: count })
  const taken = outbox.take()
  expect(taken).toHaveLength(1_000)
  expect([taken[0], taken.at(-1)]).toEqual([write('a'), { ...report, result: 1_499 }])
})
