import type { Event, Fact } from '../../src/contracts/journal.js'
import { makeAccount } from '../../src/emulator/account.js'
import { createSecretStore } from '../../src/emulator/secrets.js'
import { fold } from '../../src/emulator/world/fold.js'
import type { World } from '../../src/emulator/world/world.js'
import { emptyWorld } from '../../src/emulator/world/world.js'
import { type Line, plain } from '../../src/terminal/screen/cells.js'
import { type FrameFacts, frameOf } from '../../src/terminal/screen/frame.js'
import { createSource, type Source } from '../../src/terminal/screen/source.js'
import { type Action, initialState, reduce, type ScreenState, type Size } from '../../src/terminal/screen/state.js'

export const small: Size = { columns: 80, rows: 24 }
export const large: Size = { columns: 120, rows: 36 }

/** 14:02:11 on the clock of whoever runs the tests. */
const begins = new Date(2026, 10, 28, 14, 2, 11, 240).getTime()

const account = makeAccount({ seed: 1, mode: 'auto', webhook: 'http://127.0.0.1:3000/jivo' }, null, createSecretStore())

export const start: readonly Fact[] = [
  { type: 'emulator.started', version: '1.0.0', seed: 1, origin: 'http://127.0.0.1:7410' },
  { type: 'account.changed', account },
]

const body = {
  event_name: 'chat_updated',
  widget_id: '3948',
  visitor: { name: 'Vera Lind', phone: '+79005550142', number: '1' },
  chat_id: 9001,
  topic: null,
}

export const channel = account.channels[0]?.publicId ?? ''

const about = { chat: 9001, visitor: 1 } as const

/** A visitor writes, an agent answers by itself, one webhook is taken and one is given up. */
export const story: readonly Fact[] = [
  { type: 'visitor.appeared', visitor: 1, key: 'k1' },
  {
    type: 'page.opened',
    page: 'p1',
    visitor: 1,
    channel,
    url: 'http://127.0.0.1:7410/',
    title: 'Birch kettle 1.2 l',
    referrer: '',
    language: 'en',
    userAgent: '',
  },
  { type: 'chat.started', ...about, channel, page: 'p1' },
  { type: 'message.sent', ...about, message: 'm1', by: 'visitor', text: 'Hello! Is order KM-1042 on its way?' },
  { type: 'callback.scheduled', page: 'p1', callback: 'jivo_onMessageSent', args: [] },
  { type: 'callback.fired', page: 'p1', callback: 'jivo_onMessageSent', args: [], outcome: 'called' },
  { type: 'chat.accepted', ...about, agent: 6001, hands: 'auto' },
  {
    type: 'delivery.scheduled',
    delivery: 'd10',
    channel: '3948',
    event: 'chat_accepted',
    to: 'http://127.0.0.1:3000/jivo',
    ...about,
    body: { event_name: 'chat_accepted' },
    cause: 9,
  },
  {
    type: 'delivery.attempted',
    delivery: 'd10',
    event: 'chat_accepted',
    attempt: 1,
    of: 3,
    result: { kind: 'answered', status: 200, contentType: 'application/json', body: '{"result":"ok"}' },
    timing: { dns: null, connect: 0.4, firstByte: 39, total: 41 },
    cause: 10,
  },
  { type: 'delivery.done', delivery: 'd10', event: 'chat_accepted', ...about, status: 200, attempts: 1, took: 41, cause: 11 },
  { type: 'warning.raised', code: 'limit', message: 'setCustomData: 12 fields, the documented limit is 10', page: 'p1', visitor: 1 },
  {
    type: 'contacts.given',
    visitor: 1,
    page: 'p1',
    chat: 9001,
    via: 'form',
    contacts: { name: 'Vera Lind', phone: '+79005550142', email: null, description: null },
  },
  { type: 'delivery.scheduled', delivery: 'd15', channel: '3948', event: 'chat_updated', to: 'http://127.0.0.1:3000/jivo', ...about, body, cause: 14 },
  {
    type: 'delivery.attempted',
    delivery: 'd15',
    event: 'chat_updated',
    attempt: 1,
    of: 3,
    result: { kind: 'no-answer', reason: 'timeout', message: 'no answer in 3 s' },
    timing: { dns: null, connect: 0.5, firstByte: null, total: 3_000 },
    retryAt: 1,
    cause: 15,
  },
  {
    type: 'delivery.attempted',
    delivery: 'd15',
    event: 'chat_updated',
    attempt: 2,
    of: 3,
    result: { kind: 'no-answer', reason: 'refused', message: 'connection refused' },
    timing: { dns: null, connect: null, firstByte: null, total: 1 },
    retryAt: 1,
    cause: 15,
  },
  {
    type: 'delivery.attempted',
    delivery: 'd15',
    event: 'chat_updated',
    attempt: 3,
    of: 3,
    result: { kind: 'answered', status: 500, contentType: 'text/html', body: "<h1>TypeError</h1>\nCannot read properties of undefined (reading 'title')" },
    timing: { dns: null, connect: 0.9, firstByte: 205, total: 212 },
    cause: 15,
  },
  {
    type: 'delivery.failed',
    delivery: 'd15',
    event: 'chat_updated',
    ...about,
    status: 500,
    attempts: 3,
    took: 212,
    reason: 'status',
    message: 'Expected a status from 200 to 299, got 500 (text/html).',
    cause: 18,
  },
  { type: 'message.sent', ...about, message: 'm2', by: 'agent', agent: 6001, text: 'Добрый день, Вера! 注文は出荷されました 👍🏽' },
]

/** Facts as events, 700 ms apart. */
export const eventsOf = (facts: readonly Fact[], after = 0): Event[] =>
  facts.map((fact, at) => ({ seq: after + at + 1, at: begins + (after + at) * 700, ...fact }) as Event)

export interface Stage {
  readonly world: World
  readonly source: Source
  readonly now: number
  readonly happen: (...facts: readonly Fact[]) => Event[]
}

/** A world with these facts behind it, and the source that has read them. */
export const stageOf = (...facts: readonly Fact[]): Stage => {
  const world = emptyWorld()
  let source: Source | null = null
  const happen = (...more: readonly Fact[]) => {
    const events = eventsOf(more, world.seq)
    for (const event of events) fold(world, event)
    source?.take(events)
    return events
  }
  const first = happen(...facts)
  source = createSource(world)
  source.take(first)
  return { world, source, now: begins + 60_000, happen }
}

export const factsOf = ({ source, now }: Stage, more: Partial<FrameFacts> = {}): FrameFacts => ({
  source,
  now,
  fieldsOf: () => null,
  completions: () => [],
  fireables: [],
  ...more,
})

/** The state after these actions. */
export const after = ({ source }: Stage, size: Size, ...actions: readonly Action[]): ScreenState => {
  const facts = {
    get rows() {
      return source.rows
    },
    chats: [...source.openChats],
    isFailure: ({ type }: Event) => type === 'delivery.failed',
    relatedOf: (event: Event) => ('delivery' in event ? source.history.ofDelivery(event.delivery) : []),
    mostScroll: () => 100,
  }
  return actions.reduce((state, action) => reduce(state, action, facts), initialState(size))
}

/** Painted rows without their styles. */
export const unstyled = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: styles begin with one
  text.replaceAll(/\u001b\[[\d;]*m/g, '')

export const textOf = (lines: readonly Line[]): string => lines.map(spans => plain(spans).trimEnd()).join('\n')

export const frameText = (state: ScreenState, facts: FrameFacts): string => textOf(frameOf(state, facts))
