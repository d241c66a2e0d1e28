import { expect, test } from 'vitest'
import type { AttemptResult, Event } from '../../src/contracts/journal.js'
import { type AccountSettings, makeAccount } from '../../src/emulator/account.js'
import { commit } from '../../src/emulator/commit.js'
import { react } from '../../src/emulator/rules/index.js'
import type { Input } from '../../src/emulator/rules/inputs.js'
import { createSecretStore } from '../../src/emulator/secrets.js'
import { fold } from '../../src/emulator/world/fold.js'
import { emptyWorld } from '../../src/emulator/world/world.js'

/** Who has the chat, step by step, and what the bot hears of it: rules by value, without a server, a timer or a page. */

const answerWithin = 30_000

const setUp = (settings: Partial<AccountSettings> = {}) => {
  const world = emptyWorld()
  const journal: Event[] = []
  let now = 1_754_000_000_000
  let messages = 0
  const put = (input: Input) => journal.push(...commit(world, input, now))
  const account = makeAccount(
    { seed: 1, mode: 'manual', bots: [{ url: 'http://bot.test/', token: 'sesame', answerWithin }], ...settings },
    null,
    createSecretStore(),
  )
  put({ type: 'emulator.start', version: 'test', seed: 1, origin: 'http://127.0.0.1:7410', account, dropped: 0 })
  put({ type: 'client.come', channel: 'site', id: 'ada', contacts: {} })

  const newest = () => world.visitors[1]?.chats.at(-1) ?? 0
  const chatNamed = (nth?: number) => (nth === undefined ? newest() : 9000 + nth)
  const asks = (event: string, chat: number, more: object = {}) =>
    put({ type: 'bot.request', bot: 'bot1', request: { event, id: 'x-1', client_id: '1', chat_id: String(chat), ...more } as never, doubts: [] })
  const attempt = (result: AttemptResult, ok: boolean) => {
    const [delivery] = Object.values(world.deliveries)
    if (delivery === undefined) throw new Error('nothing is on its way to the bot')
    const verdict = ok ? ({ ok, reply: { result: 'ok' } } as const) : null
    put({ type: 'delivery.attempt', delivery: delivery.id, result, timing: { dns: null, connect: 1, firstByte: 2, total: 3 }, verdict })
  }
  const answered: AttemptResult = { kind: 'answered', status: 200, contentType: '', body: '' }
  const silence: AttemptResult = { kind: 'no-answer', reason: 'timeout', message: 'no answer in 3 s' }

  const steps = {
    'client writes': () => {
      messages += 1
      put({ type: 'client.write', visitor: 1, id: `m${messages}`, text: `Message ${messages}` })
    },
    'client leaves': () => put({ type: 'client.leave', visitor: 1 }),
    'bot takes it': () => attempt(answered, true),
    'bot says nothing to the request': () => attempt(silence, false),
    'bot speaks': () => asks('BOT_MESSAGE', newest(), { message: { type: 'TEXT', text: 'Answer' } }),
    'bot speaks to the first chat': () => asks('BOT_MESSAGE', chatNamed(1), { message: { type: 'TEXT', text: 'Answer' } }),
    'bot invites': () => asks('INVITE_AGENT', newest()),
    'agent accepts': () => put({ type: 'agent.accept', chat: newest() }),
    'agent writes': () => put({ type: 'agent.reply', chat: newest(), id: `a${world.seq}`, text: 'Hello' }),
    'agent finishes': () => put({ type: 'agent.finish', chat: newest() }),
    'second agent takes over': () => {
      const event: Event = { type: 'chat.taken', chat: newest(), visitor: 1, agent: 6002, seq: world.seq + 1, at: now }
      fold(world, event)
      journal.push(event)
      for (const fact of react(world, event)) {
        const next = { ...fact, seq: world.seq + 1, at: now } as Event
        fold(world, next)
        journal.push(next)
      }
    },
    'time is nearly up': () => {
      now += answerWithin - 1
      put({ type: 'bot.overdue', chat: newest() })
    },
    'time is up': () => {
      now += answerWithin
      put({ type: 'bot.overdue', chat: newest() })
    },
  }
  return { world, journal, steps, newest }
}

type Step = keyof ReturnType<typeof setUp>['steps']

interface Scene {
  readonly steps: readonly Step[]
  readonly with?: Partial<AccountSettings>
  /** State of the newest chat at the end. */
  readonly chat: 'bot' | 'waiting' | 'accepted' | 'finished'
  /** What the bot is sent, in order: each event once, whatever is tried again. */
  readonly bot: readonly string[]
  /** Who said what the visitor sees, in order. */
  readonly said: string
  readonly handed?: string
  readonly warnings?: number
}

const agents = [6001, 6002].map(id => ({ id, name: `Agent ${id}`, email: `${id}@kettle.example`, phone: null }))
const asked = 'CLIENT_MESSAGE'

const scenes: Record<string, Scene> = {
  'an answer in time': { steps: ['client writes', 'bot takes it', 'bot speaks', 'time is up'], chat: 'bot', bot: [asked], said: 'visitor bot' },
  'an answer before the request is answered': {
    steps: ['client writes', 'bot speaks', 'bot takes it', 'time is up'],
    chat: 'bot',
    bot: [asked],
    said: 'visitor bot',
  },
  'no answer in time': { steps: ['client writes', 'bot takes it', 'time is up'], chat: 'waiting', bot: [asked], said: 'visitor', handed: 'silent' },
  'no answer a moment before the time is up': { steps: ['client writes', 'bot takes it', 'time is nearly up'], chat: 'bot', bot: [asked], said: 'visitor' },
  'a second message gives a silent bot no more time': {
    steps: ['client writes', 'bot takes it', 'time is nearly up', 'client writes', 'bot takes it', 'time is up'],
    chat: 'waiting',
    bot: [asked, asked],
    said: 'visitor visitor',
    handed: 'silent',
  },
  'the time begins anew after an answer': {
    steps: ['client writes', 'bot takes it', 'time is nearly up', 'bot speaks', 'client writes', 'bot takes it', 'time is nearly up'],
    chat: 'bot',
    bot: [asked, asked],
    said: 'visitor bot visitor',
  },
  'a bot without a limit may be silent for ever': {
    with: { bots: [{ url: 'http://bot.test/', token: 'sesame' }] },
    steps: ['client writes', 'bot takes it', 'time is up'],
    chat: 'bot',
    bot: [asked],
    said: 'visitor',
  },
  'a late answer, while the chat waits for an agent': {
    steps: ['client writes', 'bot takes it', 'time is up', 'bot speaks'],
    chat: 'waiting',
    bot: [asked],
    said: 'visitor',
    handed: 'silent',
    warnings: 1,
  },
  'a late answer, while an agent has the chat': {
    steps: ['client writes', 'bot takes it', 'time is up', 'agent accepts', 'bot speaks'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED'],
    said: 'visitor',
    handed: 'silent',
    warnings: 1,
  },
  'several answers to one message': {
    steps: ['client writes', 'bot takes it', 'bot speaks', 'bot speaks', 'bot speaks'],
    chat: 'bot',
    bot: [asked],
    said: 'visitor bot bot bot',
  },
  'two messages before the first answer': {
    steps: ['client writes', 'client writes', 'bot takes it', 'bot takes it', 'bot speaks', 'bot speaks'],
    chat: 'bot',
    bot: [asked, asked],
    said: 'visitor visitor bot bot',
  },
  'the request is answered at its third attempt': {
    steps: ['client writes', 'bot says nothing to the request', 'bot says nothing to the request', 'bot takes it', 'bot speaks'],
    chat: 'bot',
    bot: [asked],
    said: 'visitor bot',
  },
  'the request is never answered': {
    steps: ['client writes', 'bot says nothing to the request', 'bot says nothing to the request', 'bot says nothing to the request'],
    chat: 'waiting',
    bot: [asked],
    said: 'visitor',
    handed: 'failed',
  },
  'a bot that speaks and never answers the request': {
    steps: ['client writes', 'bot speaks', 'bot says nothing to the request', 'bot says nothing to the request', 'bot says nothing to the request'],
    chat: 'waiting',
    bot: [asked],
    said: 'visitor bot',
    handed: 'failed',
  },
  'an agent is invited and comes': {
    steps: ['client writes', 'bot takes it', 'bot invites', 'agent accepts', 'agent writes'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED', 'AGENT_MESSAGE'],
    said: 'visitor agent',
    handed: 'invited',
  },
  'an agent is invited twice': {
    steps: ['client writes', 'bot invites', 'bot invites'],
    chat: 'waiting',
    bot: [asked],
    said: 'visitor',
    handed: 'invited',
    warnings: 1,
  },
  'an agent is invited who is there already': {
    steps: ['client writes', 'agent accepts', 'bot invites'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED'],
    said: 'visitor',
    warnings: 1,
  },
  'nobody is online to be invited, and the bot goes on': {
    with: { mode: 'offline' },
    steps: ['client writes', 'bot takes it', 'bot invites', 'bot speaks', 'client writes'],
    chat: 'bot',
    bot: [asked, 'AGENT_UNAVAILABLE', asked],
    said: 'visitor bot visitor',
  },
  'what the client writes while it waits for an agent is for the agent': {
    steps: ['client writes', 'bot invites', 'client writes', 'agent accepts', 'client writes'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED'],
    said: 'visitor visitor visitor',
    handed: 'invited',
  },
  'an agent steps in while the bot has the chat': {
    steps: ['client writes', 'bot takes it', 'agent writes', 'time is up', 'client writes'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED', 'AGENT_MESSAGE'],
    said: 'visitor agent visitor',
  },
  'a second agent takes over': {
    with: { agents },
    steps: ['client writes', 'bot invites', 'agent accepts', 'second agent takes over'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED', 'AGENT_JOINED'],
    said: 'visitor',
    handed: 'invited',
  },
  'an agent that works by itself is taken over by hand': {
    with: { mode: 'auto' },
    steps: ['client writes', 'bot invites', 'agent writes'],
    chat: 'accepted',
    bot: [asked, 'AGENT_JOINED', 'AGENT_MESSAGE', 'AGENT_MESSAGE'],
    said: 'visitor agent agent',
    handed: 'invited',
  },
  'the client leaves while the bot has the chat': {
    steps: ['client writes', 'bot takes it', 'client leaves', 'time is up', 'bot speaks'],
    chat: 'finished',
    bot: [asked, 'CHAT_CLOSED'],
    said: 'visitor',
    warnings: 1,
  },
  'an invitation into a closed chat': {
    steps: ['client writes', 'client leaves', 'bot invites'],
    chat: 'finished',
    bot: [asked, 'CHAT_CLOSED'],
    said: 'visitor',
    warnings: 1,
  },
  "the next chat is the bot's again": {
    steps: ['client writes', 'bot invites', 'agent accepts', 'agent finishes', 'client writes', 'bot speaks'],
    chat: 'bot',
    bot: [asked, 'AGENT_JOINED', 'CHAT_CLOSED', asked],
    said: 'visitor | visitor bot',
    handed: 'invited',
  },
  'an answer to the chat before': {
    steps: ['client writes', 'client leaves', 'client writes', 'bot speaks to the first chat'],
    chat: 'bot',
    bot: [asked, 'CHAT_CLOSED', asked],
    said: 'visitor | visitor',
    warnings: 1,
  },
}

test.each(Object.entries(scenes))('%s', (_, { steps, with: settings, chat, bot, said, handed, warnings = 0 }) => {
  const scene = setUp(settings)
  for (const step of steps) scene.steps[step]()
  const { world, journal, newest } = scene
  const of = <Type extends Event['type']>(type: Type) => journal.filter((event): event is Extract<Event, { type: Type }> => event.type === type)
  expect(world.chats[newest()]?.status).toBe(chat)
  expect(of('delivery.scheduled').map(({ event }) => event)).toEqual(bot)
  const talk = (world.visitors[1]?.chats ?? []).map(id => world.chats[id]?.messages.map(({ by }) => by).join(' '))
  expect(talk.join(' | ')).toBe(said)
  expect(of('chat.handed').map(({ reason }) => reason)).toEqual(handed === undefined ? [] : [handed])
  expect(of('warning.raised')).toHaveLength(warnings)
  // What waits for an answer is what the bot has.
  if (chat !== 'bot') expect(world.chats[newest()]?.answerBy).toBeNull()
})

test('a request keeps its id over its attempts, and each message has its own', () => {
  const { journal, steps } = setUp()
  for (const step of ['client writes', 'bot says nothing to the request', 'bot takes it', 'client writes'] as const) steps[step]()
  const scheduled = journal.flatMap(event => (event.type === 'delivery.scheduled' ? [event] : []))
  expect(scheduled.map(({ body }) => body.id)).toHaveLength(2)
  expect(new Set(scheduled.map(({ body }) => body.id)).size).toBe(2)
  const tried = journal.flatMap(event => (event.type === 'delivery.attempted' ? [event.delivery] : []))
  expect(tried).toEqual([scheduled[0]?.delivery, scheduled[0]?.delivery])
})

test('a bot that uses one id for all of its messages says each of them', () => {
  const { world, steps, newest } = setUp()
  for (const step of ['client writes', 'bot speaks', 'bot speaks'] as const) steps[step]()
  const ids = world.chats[newest()]?.messages.map(({ id }) => id) ?? []
  expect([ids.length, new Set(ids).size]).toEqual([3, 3])
})
