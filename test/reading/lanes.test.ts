import { expect, test } from 'vitest'
import type { Fact } from '../../src/contracts/journal.js'
import { type Lanes, lanesOf, mostSteps } from '../../src/reading/lanes.js'
import { accepted, attempted, done, journal, said, scheduled, started } from '../helpers/events.js'

const fired = (callback: string, page = 'p1'): Fact => ({ type: 'callback.fired', page, callback, args: [], outcome: 'called' })

const drawn = ({ steps }: Lanes) => steps.map(({ from, to, kind, tone, holder }) => [from, to, kind, tone, holder].join(' '))

test('a message goes from who wrote it to who reads it', () => {
  const lanes = lanesOf(journal(started(9001), said(9001, 'visitor', 'Hello'), accepted(9001, 'person'), said(9001, 'agent', 'Good day')))
  expect(drawn(lanes)).toEqual(['jivo jivo point plain ', 'visitor jivo message plain ', 'jivo jivo point plain agent', 'jivo visitor message plain agent'])
  expect(lanes.lanes).toEqual(['visitor', 'jivo'])
})

test('callbacks that one page calls in a row are one arrow', () => {
  const lanes = lanesOf(journal(fired('jivo_onAccept'), fired('jivo_onMessageReceived'), fired('jivo_onAccept', 'p2')))
  expect(lanes.steps.map(({ events }) => events.length)).toEqual([2, 1])
  expect(drawn(lanes)).toEqual(['jivo visitor callback plain ', 'jivo visitor callback plain '])
})

test('each attempt is an arrow to the receiver, in the colour of its result', () => {
  const lanes = lanesOf(journal(scheduled('d1', 9001), attempted('d1', 500, 9_000), attempted('d1', 200), done('d1', 9001)))
  expect(drawn(lanes)).toEqual(['jivo server message fail ', 'jivo server message ok '])
  expect(lanes.lanes).toEqual(['visitor', 'jivo', 'server'])
})

test('a bot has the chat until it hands it over, and what it is sent goes to its own lane', () => {
  const toBot: Fact = { ...scheduled('d1', 9001), channel: 'bot1', event: 'CLIENT_MESSAGE' } as Fact
  const lanes = lanesOf(
    journal(
      { ...started(9001), bot: 'bot1' } as Fact,
      toBot,
      attempted('d1', 200),
      { type: 'bot.said', bot: 'bot1', chat: 9001, visitor: 1, event: 'BOT_MESSAGE' },
      { type: 'message.sent', chat: 9001, visitor: 1, message: 'm1', by: 'bot', bot: 'bot1', text: 'Hello' },
      { type: 'bot.said', bot: 'bot1', chat: 9001, visitor: 1, event: 'INVITE_AGENT' },
      { type: 'chat.handed', bot: 'bot1', chat: 9001, visitor: 1, reason: 'invited' },
    ),
  )
  expect(drawn(lanes)).toEqual([
    'jivo jivo point plain bot',
    'jivo bot message ok bot',
    'bot visitor message plain bot',
    'bot jivo message plain bot',
    'jivo jivo point plain ',
  ])
})

test('the server of a channel of the Chat API stands in the place of the visitor', () => {
  const toChannel: Fact = { ...scheduled('d1', 9001), channel: 'chat.3949' } as Fact
  expect(drawn(lanesOf(journal(toChannel, attempted('d1', 200))))).toEqual(['jivo visitor message ok '])
})

test('of a long conversation the newest steps are drawn, and it says how many are left out', () => {
  const lanes = lanesOf(journal(...Array.from({ length: mostSteps + 7 }, (_, nth) => said(9001, nth % 2 === 0 ? 'visitor' : 'agent', `${nth}`))))
  expect([lanes.steps.length, lanes.leftOut]).toEqual([mostSteps, 7])
})
