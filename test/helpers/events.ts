import type { Event, Fact } from '../../src/contracts/journal.js'
import { fold } from '../../src/emulator/world/fold.js'
import { emptyWorld, type World } from '../../src/emulator/world/world.js'

/** A journal out of facts: numbered from 1, a second between two. */
export const journal = (...facts: Fact[]): Event[] => facts.map((fact, index) => ({ seq: index + 1, at: 1_000_000 + index * 1_000, ...fact }))

export const worldOf = (events: readonly Event[]): World => {
  const world = emptyWorld()
  for (const event of events) fold(world, event)
  return world
}

export const appeared = (visitor: number): Fact => ({ type: 'visitor.appeared', visitor, key: `k${visitor}` })

export const started = (chat: number, visitor = 1): Fact => ({ type: 'chat.started', chat, visitor, channel: '3948', page: 'p1' })

export const accepted = (chat: number, hands: 'auto' | 'person', visitor = 1): Fact => ({ type: 'chat.accepted', chat, visitor, agent: 6001, hands })

export const said = (chat: number, by: 'visitor' | 'agent', text: string, visitor = 1): Fact => ({
  type: 'message.sent',
  chat,
  visitor,
  message: `m-${chat}-${by}-${text}`,
  by,
  text,
})

export const scheduled = (delivery: string, chat: number): Fact => ({
  type: 'delivery.scheduled',
  delivery,
  channel: '3948',
  event: 'chat_accepted',
  to: 'http://127.0.0.1:3000/jivo',
  visitor: 1,
  chat,
  body: { event_name: 'chat_accepted' },
})

export const attempted = (delivery: string, status: number, retryAt?: number): Fact => ({
  type: 'delivery.attempted',
  delivery,
  event: 'chat_accepted',
  attempt: 1,
  of: 3,
  result: { kind: 'answered', status, contentType: 'application/json', body: '{}' },
  timing: { dns: null, connect: 0.5, firstByte: 3, total: 4 },
  ...(retryAt === undefined ? {} : { retryAt }),
})

export const done = (delivery: string, chat: number): Fact => ({
  type: 'delivery.done',
  delivery,
  event: 'chat_accepted',
  visitor: 1,
  chat,
  status: 200,
  attempts: 1,
  took: 4,
})
