import { expect, test } from 'vitest'
import { completed, completionsOf } from '../../src/reading/complete-filter.js'
import { appeared, attempted, done, journal, said, scheduled, started } from '../helpers/events.js'

const events = journal(appeared(1), started(9001), said(9001, 'visitor', 'Hi'), scheduled('d4', 9001), attempted('d4', 200), done('d4', 9001), started(9002))
const offers = (text: string) =>
  completionsOf(text, events, event => ('chat' in event ? event.chat : undefined)).map(({ token, count }) => `${token} ${count ?? ''}`.trim())

test('nothing typed offers every key, and the beginning of one completes it', () => {
  expect(offers('')).toEqual(['type:', 'chat:', 'visitor:', 'delivery:', 'status:'])
  expect(offers('Vera v')).toEqual(['visitor:'])
})

test('the values of a key are those that happened, with how often: types by name, the rest newest first', () => {
  expect(offers('type:delivery')).toEqual(['type:delivery.attempted 1', 'type:delivery.done 1', 'type:delivery.scheduled 1'])
  expect(offers('chat:')).toEqual(['chat:9002 1', 'chat:9001 4'])
  expect(offers('delivery:d')).toEqual(['delivery:d4 3'])
  expect(offers('TYPE:STARTED')).toEqual(['type:chat.started 2'])
})

test('a word that is a part of a type offers the type', () => {
  expect(offers('started')).toEqual(['type:chat.started 2'])
})

test('inside of quotes and behind an unknown key nothing is offered', () => {
  expect(offers('"type:')).toEqual([])
  expect(offers('colour:')).toEqual([])
})

test('what is chosen takes the place of the last word', () => {
  expect(completed('chat:9001 ty', { token: 'type:', count: null })).toBe('chat:9001 type:')
  expect(completed('type:de', { token: 'type:delivery.done', count: 1 })).toBe('type:delivery.done ')
})
