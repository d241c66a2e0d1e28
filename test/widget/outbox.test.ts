import { expect, test } from 'vitest'
import { createOutbox } from '../../src/widget/outbox.js'
import { welcomeFrame } from '../helpers/welcome.js'

const write = (id: string) => ({ type: 'write', id, text: 'text' }) as const
const report = { type: 'api' as const, method: 'close', args: [], result: null as unknown }
const heard = (order: number) => ({ type: 'heard', heard: order }) as const

test('frames are taken in order, numbered, once a connection', () => {
  const outbox = createOutbox()
  outbox.add(report)
  outbox.add(write('a'))
  expect(outbox.take()).toEqual([
    { ...report, order: 1 },
    { ...write('a'), order: 2 },
  ])
  expect(outbox.take()).toEqual([])
})

test('what was not heard is sent again under its number, what comes later under the next', () => {
  const outbox = createOutbox()
  for (const id of ['a', 'b', 'c']) outbox.add(write(id))
  outbox.take()
  outbox.settle(heard(1))
  outbox.rewind()
  outbox.add(report)
  expect(outbox.take().map(({ order }) => order)).toEqual([2, 3, 4])
})

test('a welcome settles what was stored before the connection was lost', () => {
  const outbox = createOutbox()
  for (const id of ['a', 'b']) outbox.add(write(id))
  outbox.take()
  expect(outbox.isEmpty()).toBe(false)
  outbox.settle({ ...welcomeFrame, heard: 2 })
  outbox.rewind()
  expect(outbox.take()).toEqual([])
  expect(outbox.isEmpty()).toBe(true)
})

test('a widget that is started again on the same page goes on with its numbers', () => {
  const outbox = createOutbox()
  outbox.add(report)
  outbox.settle({ ...welcomeFrame, heard: 7 })
  expect(outbox.take()).toEqual([{ ...report, order: 8 }])
})

test('of very many reports the oldest are dropped, messages never, and no number is given twice', () => {
  const outbox = createOutbox()
  outbox.add(write('a'))
  for (let count = 0; count < 1_500; count += 1) outbox.add({ ...report, result: count })
  const taken = outbox.take()
  expect(taken).toHaveLength(1_000)
  expect([taken[0], taken.at(-1)]).toEqual([
    { ...write('a'), order: 1 },
    { ...report, result: 1_499, order: 1_000 },
  ])
  for (let count = 0; count < 1_500; count += 1) outbox.add(report)
  outbox.rewind()
  expect(outbox.take().map(({ order }) => order)).toEqual([1, ...Array.from({ length: 999 }, (_, at) => 1_001 + at)])
})

test('what speaks of contacts is counted until it is heard', () => {
  const outbox = createOutbox()
  const call = (method: string) => outbox.add({ type: 'api', method, args: [{}], result: {} })
  call('setContactInfo')
  call('open')
  outbox.add({ type: 'contacts', contacts: { name: 'Ada' } })
  outbox.take()
  expect(outbox.contacts()).toBe(2)
  outbox.settle({ type: 'heard', heard: 1 })
  expect(outbox.contacts()).toBe(1)
})
