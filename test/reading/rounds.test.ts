import { expect, test } from 'vitest'
import type { Fact } from '../../src/contracts/journal.js'
import { lastOf, roundsOf } from '../../src/reading/rounds.js'
import { attempted, done, journal, scheduled, started } from '../helpers/events.js'

const resent: Fact = { type: 'delivery.resent', delivery: 'd1', channel: '3948', event: 'chat_accepted', to: 'http://127.0.0.1:3000/jivo', body: {} }

const seqs = (events: ReturnType<typeof journal>) => roundsOf(events).map(round => round.map(({ seq }) => seq))

test('a delivery that goes out once has one round, without the events that are not its own', () => {
  expect(seqs(journal(started(9001), scheduled('d1', 9001), attempted('d1', 500, 9), attempted('d1', 200), done('d1', 9001)))).toEqual([[2, 3, 4, 5]])
})

test('every resend begins a round', () => {
  const events = journal(scheduled('d1', 9001), attempted('d1', 200), done('d1', 9001), resent, attempted('d1', 500), resent)
  expect(seqs(events)).toEqual([[1, 2, 3], [4, 5], [6]])
})

test('a round whose beginning is no longer kept is a round all the same', () => {
  expect(seqs(journal(scheduled('d1', 9001), attempted('d1', 200), done('d1', 9001), resent).slice(1))).toEqual([[2, 3], [4]])
  expect(roundsOf([])).toEqual([])
})

test('a round is told by how it ended, and by its newest event before that', () => {
  const [, sent, ended] = journal(scheduled('d1', 9001), attempted('d1', 200), done('d1', 9001))
  const [first = []] = roundsOf(journal(scheduled('d1', 9001), attempted('d1', 200), done('d1', 9001)))
  expect(lastOf(first)).toEqual(ended)
  expect(lastOf(first.slice(0, 2))).toEqual(sent)
  expect(lastOf([])).toBeUndefined()
})
