import { expect, test } from 'vitest'
import { finishedChats, openGroups, unreadIn } from '../../src/reading/chat-groups.js'
import { accepted, journal, said, started, worldOf } from '../helpers/events.js'

test('open chats stand in groups by who has them, and empty groups are left out', () => {
  const world = worldOf(journal(started(9001), accepted(9001, 'auto'), started(9002, 2), started(9003, 3), accepted(9003, 'person', 3)))
  expect(openGroups(world).map(({ name, chats }) => [name, chats.map(({ id }) => id)])).toEqual([
    ['waiting', [9002]],
    ['withYou', [9003]],
    ['byItself', [9001]],
  ])
  expect(openGroups(worldOf([]))).toEqual([])
})

test('a chat that was taken from the agent that works by itself is with you', () => {
  const world = worldOf(journal(started(9001), accepted(9001, 'auto'), { type: 'chat.taken', chat: 9001, visitor: 1, agent: 6001 }))
  expect(openGroups(world).map(({ name }) => name)).toEqual(['withYou'])
})

test('of those who wait, the one who has waited longest comes first; elsewhere the newest message does', () => {
  const world = worldOf(
    journal(
      ...[started(9001), started(9002, 2), said(9002, 'visitor', 'hi', 2), said(9001, 'visitor', 'hi')],
      ...[started(9003, 3), accepted(9003, 'person', 3), started(9004, 4), accepted(9004, 'person', 4), said(9003, 'visitor', 'hi', 3)],
    ),
  )
  expect(openGroups(world).map(({ chats }) => chats.map(({ id }) => id))).toEqual([
    [9001, 9002],
    [9003, 9004],
  ])
})

test('a finished chat leaves the open groups', () => {
  const world = worldOf(journal(started(9001), { type: 'chat.finished', chat: 9001, visitor: 1, by: 'agent' }))
  expect(openGroups(world)).toEqual([])
  expect(finishedChats(world).map(({ id }) => id)).toEqual([9001])
})

test('unread is what the visitor wrote after the last answer and after the last look', () => {
  const world = worldOf(journal(started(9001), said(9001, 'visitor', '1'), said(9001, 'agent', '2'), said(9001, 'visitor', '3'), said(9001, 'visitor', '4')))
  const chat = world.chats[9001]
  if (chat === undefined) throw new Error('the chat is missing')
  expect(unreadIn(chat, 0)).toBe(2)
  expect(unreadIn(chat, 3)).toBe(1)
  expect(unreadIn(chat, 4)).toBe(0)
  expect(unreadIn({ ...chat, status: 'finished' }, 0)).toBe(0)
})
