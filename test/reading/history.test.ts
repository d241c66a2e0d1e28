import { expect, test } from 'vitest'
import { parseFilter } from '../../src/reading/filter.js'
import { createFilteredRows } from '../../src/reading/filtered-rows.js'
import { createHistory } from '../../src/reading/history.js'
import { appeared, attempted, done, journal, said, scheduled, started } from '../helpers/events.js'

const everything = (() => {
  const parsed = parseFilter('')
  if (!parsed.ok) throw new Error('the empty filter is wrong')
  return parsed.filter
})()

test('an attempt follows from its delivery, and belongs to its chat', () => {
  const history = createHistory()
  for (const event of journal(started(9001), { ...scheduled('d1', 9001), cause: 1 }, { ...attempted('d1', 200), cause: 2 }, { ...done('d1', 9001), cause: 3 }))
    history.add(event)
  const attempt = history.get(3)
  if (attempt === undefined) throw new Error('the attempt is missing')
  expect(history.chatOf(attempt)).toBe(9001)
  expect(history.effectsOf(1).map(({ seq }) => seq)).toEqual([2])
  expect(history.effectsOf(2).map(({ seq }) => seq)).toEqual([3])
  expect(history.ofDelivery('d1').map(({ seq }) => seq)).toEqual([2, 3, 4])
  expect(history.lastEnded?.seq).toBe(4)
})

test('an event that follows from a chat belongs to it', () => {
  const history = createHistory()
  const events = journal(started(9001), { type: 'callback.scheduled', page: 'p1', callback: 'jivo_onAccept', args: [], cause: 1 }, appeared(2))
  for (const event of events) history.add(event)
  expect(events.map(history.chatOf)).toEqual([9001, 9001, undefined])
})

test('the oldest events are left out past the limit, and the others are found as before', () => {
  const history = createHistory(100)
  const events = journal(...Array.from({ length: 250 }, (_, at) => said(9001, 'visitor', `${at}`)))
  for (const event of events) history.add(event)
  expect(history.events.length).toBeLessThanOrEqual(100)
  expect(history.leftOut).toBe(250 - history.events.length)
  expect(history.get(history.leftOut)).toBeUndefined()
  expect(history.get(history.leftOut + 1)?.seq).toBe(history.leftOut + 1)
  expect(history.get(250)).toEqual(events[249])
  expect(history.ofChat(9001)).toHaveLength(history.events.length)
})

test('a history that begins in the middle says what it leaves out', () => {
  const history = createHistory()
  for (const event of journal(appeared(1), appeared(2), appeared(3)).slice(2)) history.add(event)
  expect(history.leftOut).toBe(2)
})

test('filtered rows take what is new and drop what the history let go of', () => {
  const history = createHistory(100)
  const events = journal(...Array.from({ length: 160 }, (_, at) => said(9001, 'visitor', `${at}`)))
  for (const event of events.slice(0, 50)) history.add(event)
  const filtered = createFilteredRows(history, everything, () => '')
  expect(filtered.rows).toHaveLength(50)
  for (const event of events.slice(50)) history.add(event)
  filtered.update()
  expect(filtered.rows.map(({ seq }) => seq)).toEqual(history.events.map(({ seq }) => seq))
  expect(filtered.dropped).toBe(50)
  filtered.update()
  expect(filtered.rows).toHaveLength(history.events.length)
})

test('older events take their place before the others, and what follows from them is found', () => {
  const history = createHistory()
  const events = journal(
    started(9001),
    appeared(2),
    { ...scheduled('d1', 9001), cause: 1 },
    { ...attempted('d1', 200), cause: 3 },
    { ...done('d1', 9001), cause: 4 },
  )
  for (const event of events.slice(3)) history.add(event)
  expect(history.leftOut).toBe(3)
  history.addOlder(events.slice(0, 3))
  expect(history.leftOut).toBe(0)
  expect(history.events).toEqual(events)
  expect(history.ofDelivery('d1').map(({ seq }) => seq)).toEqual([3, 4, 5])
  expect(history.effectsOf(3).map(({ seq }) => seq)).toEqual([4])
})

test('older events are taken as far as there is room, the newest of them first', () => {
  const history = createHistory(6)
  const events = journal(...Array.from({ length: 10 }, (_, at) => said(9001, 'visitor', `${at}`)))
  for (const event of events.slice(6)) history.add(event)
  expect(history.room).toBe(2)
  history.addOlder(events.slice(0, 6))
  expect(history.events.map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10])
  expect(history.room).toBe(0)
})

test('older events that are here already are not taken twice', () => {
  const history = createHistory()
  const events = journal(appeared(1), appeared(2), appeared(3))
  for (const event of events.slice(1)) history.add(event)
  history.addOlder(events)
  expect(history.events).toEqual(events)
})

test('filtered rows take older events at the front, and say by how many the others moved', () => {
  const history = createHistory()
  const events = journal(started(9001), ...Array.from({ length: 9 }, (_, at) => said(9001 + (at % 2), 'visitor', `${at}`)))
  for (const event of events.slice(5)) history.add(event)
  const parsed = parseFilter('chat:9001')
  if (!parsed.ok) throw new Error('the filter is wrong')
  const filtered = createFilteredRows(history, parsed.filter, () => '')
  const before = filtered.rows.map(({ seq }) => seq)
  history.addOlder(events.slice(0, 5))
  filtered.update()
  expect(filtered.rows.map(({ seq }) => seq)).toEqual([1, 2, 4, ...before])
  expect(filtered.dropped).toBe(-3)
})
