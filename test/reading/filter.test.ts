import { expect, test } from 'vitest'
import { matches, parseFilter } from '../../src/reading/filter.js'
import { attempted, done, journal, said, started } from '../helpers/events.js'

const parse = (text: string) => {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.kind)
  return parsed.filter
}

test('tokens and words are told apart', () => {
  expect(parse('chat:9001 Type:delivery birch KETTLE visitor:2 delivery:d17')).toEqual({
    words: ['birch', 'kettle'],
    types: ['delivery'],
    chats: [9001],
    visitors: [2],
    deliveries: ['d17'],
    statuses: [],
  })
})

test('addresses, times and quoted text are words', () => {
  expect(parse('http://127.0.0.1:3000/jivo 14:02 "type:delivery and so on"').words).toEqual(['http://127.0.0.1:3000/jivo', '14:02', 'type:delivery and so on'])
})

test('a token without its value yet filters nothing', () => {
  expect(parse('chat:').chats).toEqual([])
  expect(parse('"').words).toEqual([])
})

test.each([
  ['chta:9001', 'chta', 'chat'],
  ['tpye:x', 'tpye', 'type'],
  ['size:500', 'size', null],
  ['stauts:500', 'stauts', 'status'],
])('%s is an unknown key', (text, key, near) => {
  expect(parseFilter(text)).toEqual({ ok: false, problem: { kind: 'unknown-key', key, near } })
})

test('a chat that is not a number is a mistake', () => {
  expect(parseFilter('chat:Vera')).toEqual({ ok: false, problem: { kind: 'not-a-number', key: 'chat', value: 'Vera' } })
})

test('every word must be there, and of several types any', () => {
  const [start, message] = journal(started(9001), said(9001, 'visitor', 'Birch kettle'))
  if (start === undefined || message === undefined) throw new Error('events are missing')
  const fits = (text: string, event = message) =>
    matches(event, parse(text), { summaryOf: () => 'visitor 1: “Birch kettle”', chatOf: ({ seq }) => (seq === 1 ? 9001 : 9002) })
  expect(fits('birch KETTLE')).toBe(true)
  expect(fits('birch oak')).toBe(false)
  expect(fits('type:chat type:message')).toBe(true)
  expect(fits('type:delivery')).toBe(false)
  expect(fits('#2 message.sent')).toBe(true)
  expect(fits('chat:9002')).toBe(true)
  expect(fits('chat:9002', start)).toBe(false)
  expect(fits('visitor:1 type:message')).toBe(true)
  expect(fits('visitor:2')).toBe(false)
  expect(fits('delivery:d1')).toBe(false)
  expect(fits('')).toBe(true)
})

test.each([
  ['status:500', { from: 500, to: 500 }],
  ['status:>=500', { from: 500, to: Number.MAX_SAFE_INTEGER }],
  ['status:>499', { from: 500, to: Number.MAX_SAFE_INTEGER }],
  ['status:<300', { from: 0, to: 299 }],
  ['status:<=300', { from: 0, to: 300 }],
  ['status:4xx', { from: 400, to: 499 }],
  ['status:FAILED', 'failed'],
])('%s is a test of the status', (text, statusTest) => {
  expect(parse(text).statuses).toEqual([statusTest])
})

test.each(['status:', 'status:>', 'status:>=', 'status:fai'])('%s filters nothing while it is being typed', text => {
  expect(parse(text).statuses).toEqual([])
})

test('a status that is none is a mistake', () => {
  expect(parseFilter('status:red')).toEqual({ ok: false, problem: { kind: 'not-a-status', value: 'red' } })
})

test('statuses find deliveries by number and by how they went', () => {
  const [waiting, taken, ended] = journal(attempted('d1', 503, 9_000), attempted('d1', 200), done('d1', 9001))
  const found = (text: string) =>
    [waiting, taken, ended].flatMap(event =>
      event !== undefined && matches(event, parse(text), { summaryOf: () => '', chatOf: () => undefined }) ? [event.seq] : [],
    )
  expect(found('status:>=500')).toEqual([1])
  expect(found('status:2xx')).toEqual([2, 3])
  expect(found('status:waiting')).toEqual([1])
  expect(found('status:ok status:503')).toEqual([1, 3])
  expect(found('status:failed')).toEqual([])
})
