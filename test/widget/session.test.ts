import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../src/contracts/page-channel.js'
import { noContacts } from '../../src/widget/contacts.js'
import { type Action, newSession, reduce, type Session, stateOf } from '../../src/widget/session.js'
import { welcomeFrame } from '../helpers/welcome.js'

const welcome = welcomeFrame
const { settings } = welcome
const said = (id: string, by: ChatMessage['by'] = 'agent'): ChatMessage => ({ id, by, text: id, at: 1_000 })
const wrote = (id: string): Action => ({ type: 'wrote', id, text: id, at: 1_000 })
const session = (...actions: Action[]): Session => [welcome, ...actions].reduce(reduce, newSession)
const offline = { ...welcome, mode: 'offline' } as const

describe('state', () => {
  test('is label before a chat and chat/min with one', () => {
    expect(stateOf(session())).toBe('label')
    expect(stateOf(session({ type: 'message', seq: 11, message: said('a') }))).toBe('chat/min')
    expect(stateOf(session({ type: 'opened' }, { type: 'closed' }))).toBe('label')
  })

  test('is introduce from the first message until the form is sent or passed over', () => {
    const asked = session({ type: 'opened' }, wrote('a'))
    expect(stateOf(asked)).toBe('introduce')
    expect(stateOf(reduce(asked, { type: 'skipped' }))).toBe('chat')
    expect(stateOf(reduce(asked, { type: 'introduced', contacts: { email: 'v@example.test' } }))).toBe('chat')
    expect(stateOf(reduce(asked, { type: 'closed' }))).toBe('chat/min')
  })

  test('stays chat when the contacts are known or there was a conversation before', () => {
    expect(stateOf(session({ ...welcome, contacts: { ...noContacts, phone: '+7 900 555-01-42' } }, { type: 'opened' }, wrote('a')))).toBe('chat')
    expect(stateOf(session({ ...welcome, messages: [said('old', 'visitor')] }, { type: 'opened' }, wrote('a')))).toBe('chat')
  })

  test('is offline, then offline/success once the form was received', () => {
    const form = session(offline, { type: 'opened' })
    expect(stateOf(form)).toBe('offline')
    const sending = reduce(form, { type: 'left', id: 'm1', address: 'v@example.test', contacts: { email: 'v@example.test' } })
    expect(stateOf(sending)).toBe('offline')
    expect(reduce(sending, { type: 'received', seq: 11, id: 'm2' })).toBe(sending)
    const sent = reduce(sending, { type: 'received', seq: 11, id: 'm1' })
    expect(stateOf(sent)).toBe('offline/success')
    expect(stateOf(reduce(sent, { type: 'again' }))).toBe('offline')
    expect(stateOf([{ type: 'closed' } as const, { type: 'opened' } as const].reduce(reduce, sent))).toBe('offline')
  })
})

describe('messages', () => {
  test('of the visitor wait until they come back, under the same id', () => {
    const waiting = session(wrote('a'), wrote('b'))
    expect(waiting.pending.map(({ id }) => id)).toEqual(['a', 'b'])
    const back = reduce(waiting, { type: 'message', seq: 11, message: said('a', 'visitor') })
    expect([back.messages.map(({ id }) => id), back.pending.map(({ id }) => id)]).toEqual([['a'], ['b']])
  })

  test('with a number that was seen change nothing, and those with an id that is there are not there twice', () => {
    const once = session({ type: 'message', seq: 11, message: said('a') })
    expect(reduce(once, { type: 'message', seq: 11, message: said('b') })).toBe(once)
    expect(reduce(once, { type: 'message', seq: 12, message: { ...said('a'), name: 'Max' } })).toEqual({
      ...once,
      seq: 12,
      messages: [{ ...said('a'), name: 'Max' }],
    })
  })

  test('are replaced by a welcome; those on their way stay', () => {
    const before = session({ type: 'message', seq: 11, message: said('a') }, wrote('b'), wrote('c'))
    const after = reduce(before, { ...welcome, seq: 20, messages: [said('x'), said('b', 'visitor')] })
    expect([after.messages.map(({ id }) => id), after.pending.map(({ id }) => id)]).toEqual([['x', 'b'], ['c']])
  })

  test('that were refused can be sent again', () => {
    const failed = session(wrote('a'), { type: 'refused', id: 'a', field: 'text', message: 'no' })
    expect(failed.pending[0]?.status).toBe('failed')
    expect(reduce(failed, { type: 'repeated', id: 'a' }).pending[0]?.status).toBe('sending')
  })

  test('of an agent are counted while the window is closed, missed ones too', () => {
    const missed = session({ type: 'message', seq: 11, message: said('a') }, { ...welcome, seq: 20, messages: [said('a'), said('b'), said('c', 'visitor')] })
    expect(missed.unread).toBe(2)
    expect(reduce(missed, { type: 'opened' }).unread).toBe(0)
    expect(reduce(newSession, { ...welcome, messages: [said('a')] }).unread).toBe(0)
  })
})

describe('the form in the conversation', () => {
  test('goes away when the visitor writes on without touching it', () => {
    expect(session(wrote('a'), wrote('b')).introduction).toBe('skipped')
  })

  test('stays while the visitor is filling it in', () => {
    expect(session(wrote('a'), { type: 'typed', field: 'phone', value: '+7' }, wrote('b')).introduction).toBe('offered')
  })

  test('goes away when the contacts come from somewhere else', () => {
    const known = session(wrote('a'), { type: 'contacts', seq: 11, contacts: { ...noContacts, email: 'v@example.test' } })
    expect(known.introduction).toBe('skipped')
  })

  test('changes the contacts at once', () => {
    const sent = session(wrote('a'), { type: 'introduced', contacts: { name: 'Vera' } })
    expect(sent.contacts.name).toBe('Vera')
    expect(sent.introduction).toEqual({ sentAfter: 'a' })
  })
})

describe('a change of mode', () => {
  test('keeps what was typed', () => {
    const open = session(offline, { type: 'opened' }, { type: 'typed', field: 'message', value: 'half a sentence' })
    const online = reduce(open, { type: 'settings', seq: 11, mode: 'online', settings })
    expect([online.panel, online.draft.message]).toEqual(['chat', 'half a sentence'])
  })

  test('leaves a conversation open', () => {
    expect(session({ type: 'opened' }, wrote('a'), { type: 'settings', seq: 11, mode: 'offline', settings }).panel).toBe('chat')
    expect(session({ type: 'opened' }, { type: 'settings', seq: 11, mode: 'offline', settings }).panel).toBe('offline')
  })

  test('lets a form that is on its way end', () => {
    const left: Action = { type: 'left', id: 'm1', address: '', contacts: {} }
    const sending = session(offline, { type: 'opened' }, { type: 'typed', field: 'message', value: 'text' }, left, {
      type: 'settings',
      seq: 11,
      mode: 'online',
      settings,
    })
    expect(sending.panel).toBe('offline')
    const refused = reduce(sending, { type: 'refused', id: 'm1', field: '', message: 'online' })
    expect([refused.panel, refused.draft.message]).toEqual(['chat', 'text'])
  })
})

describe('a rating', () => {
  const asked = session({ type: 'opened' }, { type: 'rating', seq: 11, rating: { chat: 9001, rate: null } })

  test('that was given goes away with the next message, one that is asked for stays', () => {
    expect(reduce(asked, wrote('a')).rating).toEqual({ chat: 9001, rate: null })
    expect(reduce(reduce(asked, { type: 'rated', rate: 'positive' }), wrote('a')).rating).toBe(null)
  })

  test('that the emulator tells of when the visitor has written on stays away, and a new question does not', () => {
    const past = [{ type: 'rated', rate: 'positive' } as const, wrote('a')].reduce(reduce, asked)
    const told = reduce(past, { type: 'rating', seq: 12, rating: { chat: 9001, rate: 'positive' } })
    expect([told.rating, told.seq]).toEqual([null, 12])
    expect(reduce(told, { type: 'rating', seq: 13, rating: { chat: 9002, rate: null } }).rating).toEqual({ chat: 9002, rate: null })
  })
})

describe('a call', () => {
  const ended = { call: 1, phone: '+7 900 555-01-42', status: 'end' } as const

  test('that was over before the page opened is no news, one that ended while it was away is', () => {
    expect(session({ ...welcome, call: ended }).call).toBe(null)
    const running = session({ type: 'call', seq: 11, call: { ...ended, status: 'start' } })
    expect(reduce(running, { ...welcome, seq: 20, call: ended }).call).toEqual(ended)
  })

  test('that could not begin has failed', () => {
    expect(session({ type: 'called', phone: '1', reason: 'no money' }).call).toEqual({ call: 0, phone: '1', status: 'error', reason: 'no money' })
  })
})

describe('a history that is cleared', () => {
  const talked = session(
    { type: 'opened' },
    { type: 'message', seq: 11, message: said('a') },
    wrote('b'),
    { type: 'given', contacts: { name: 'Vera' } },
    { type: 'colored', colors: ['#ffffff'] },
    { type: 'ruled', actions: [] },
  )

  test('leaves the page what is its own, and nothing of the visitor', () => {
    const cleared = reduce(talked, { type: 'cleared' })
    expect(cleared).toEqual({ ...newSession, isOpen: true, colors: ['#ffffff'], actions: [], settings })
    expect(stateOf(cleared)).toBe('chat')
  })

  test('is followed by the welcome of somebody new, whose first message asks for contacts again', () => {
    const anew = [{ type: 'cleared' } as const, { ...welcome, seq: 3, visitor: 2 }, wrote('c')].reduce(reduce, talked)
    expect([anew.visitor, anew.messages, anew.unread, stateOf(anew)]).toEqual([2, [], 0, 'introduce'])
  })
})

describe('an invitation', () => {
  const invitation = { text: 'Need a hand?', name: 'Max' }

  test('opens the window, and is gone when the visitor answers', () => {
    const invited = session({ type: 'invited', invitation })
    expect([invited.panel, invited.invitation]).toEqual(['invitation', invitation])
    expect(reduce(invited, wrote('a')).invitation).toBeNull()
  })

  test('stays in the conversation before the answer, and is not there twice when the emulator tells of it', () => {
    const answered = session({ type: 'opened' }, { type: 'message', seq: 11, message: said('a') }, { type: 'invited', invitation }, wrote('b'))
    expect([answered.messages.map(({ id, text }) => [id, text]), answered.pending.map(({ id }) => id)]).toEqual([
      [
        ['a', 'a'],
        ['bi', 'Need a hand?'],
      ],
      ['b'],
    ])
    const told = [
      { type: 'message' as const, seq: 12, message: said('bi') },
      { type: 'message' as const, seq: 13, message: said('b', 'visitor') },
    ].reduce(reduce, answered)
    expect([told.messages.map(({ id }) => id), told.pending, told.unread]).toEqual([['a', 'bi', 'b'], [], 0])
  })

  test('that comes twice is shown once', () => {
    const twice = session({ type: 'invited', invitation }, { type: 'invitation', seq: 12, text: 'Another', name: null })
    expect(twice.invitation).toEqual({ text: 'Another', name: null })
  })
})

describe('what comes from the emulator', () => {
  test('is not taken twice', () => {
    const once = session({ type: 'typing', seq: 11, name: 'Max' }, { type: 'call', seq: 12, call: { call: 1, phone: '+7', status: 'start' } })
    const late = [
      { type: 'typing', seq: 11, name: null },
      { type: 'call', seq: 12, call: { call: 1, phone: '+7', status: 'end' } },
      { type: 'rating', seq: 12, rating: { chat: 1, rate: null } },
      { type: 'settings', seq: 10, mode: 'offline', settings },
      { type: 'contacts', seq: 9, contacts: { ...noContacts, name: 'Old' } },
      { type: 'agent', seq: 12, name: 'Other' },
    ] satisfies Action[]
    for (const action of late) expect(reduce(once, action)).toBe(once)
  })

  test('settings do not touch the colours and rules of the page', () => {
    const own = session({ type: 'colored', colors: ['#fff'] }, { type: 'ruled', actions: [] })
    const told = reduce(own, {
      type: 'settings',
      seq: 11,
      mode: 'online',
      settings: { ...settings, colors: ['#000'], actions: [{ when: {}, invite: { text: 'x' } }] },
    })
    expect([told.colors, told.actions]).toEqual([['#fff'], []])
  })
})
