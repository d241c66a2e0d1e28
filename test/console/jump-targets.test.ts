import { expect, test } from 'vitest'
import { jumpTargets } from '../../src/console/jump/jump-targets.js'
import { hashOf } from '../../src/console/router.js'
import { wordsOf } from '../../src/console/words.js'
import { appeared, journal, said, started, worldOf } from '../helpers/events.js'

const world = worldOf(
  journal(
    appeared(1),
    started(9001),
    said(9001, 'visitor', 'Hello'),
    { type: 'contacts.given', visitor: 1, page: 'p1', via: 'form', contacts: { name: 'Vera Lind', email: 'vera@example.test' } },
    appeared(2),
    started(9002, 2),
    said(9002, 'visitor', 'Good day', 2),
  ),
)

const leadsTo = (text: string) => jumpTargets(text, world, wordsOf('en'), 'en').map(({ label, note, place }) => `${label} | ${note} | ${hashOf(place)}`)

test('without a text the chats come first, the last one that somebody wrote in before the others', () => {
  expect(leadsTo(' ').slice(0, 3)).toEqual(['Visitor 2 | chat 9002 | #/desk/9002', 'Vera Lind | chat 9001 | #/desk/9001', 'Desk |  | #/desk'])
})

test('a number is an event and the beginning of chats', () => {
  expect(leadsTo('#7')[0]).toBe('Event 7 | Timeline | #/timeline/7')
  expect(leadsTo('8')).toEqual(['Events with “8” | Timeline | #/timeline?filter=8'])
  expect(leadsTo('9001')[0]).toBe('Vera Lind | chat 9001 | #/desk/9001')
})

test('a visitor is found by anything that is known of them', () => {
  expect(leadsTo('VERA@')).toEqual(['Vera Lind | chat 9001 | #/desk/9001', 'Events with “VERA@” | Timeline | #/timeline?filter=VERA%40'])
})

test('places and parts of the account are found by their names', () => {
  expect(leadsTo('lan')[0]).toBe('Lanes | Timeline | #/timeline?view=lanes')
  expect(jumpTargets('дост', world, wordsOf('ru'), 'ru')[0]).toMatchObject({ label: 'Доставка', note: 'Аккаунт' })
})
