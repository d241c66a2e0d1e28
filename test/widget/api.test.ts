import { expect, test } from 'vitest'
import { methodNames } from '../../src/contracts/widget-api.js'
import { type ApiCall, createApi } from '../../src/widget/api.js'
import { type Action, newSession, reduce, type Session } from '../../src/widget/session.js'
import { welcomeFrame } from '../helpers/welcome.js'

const setUp = (...first: Action[]) => {
  let session: Session = first.reduce(reduce, newSession)
  const calls: ApiCall[] = []
  const done: unknown[][] = []
  const unknown: string[] = []
  const api = createApi(
    {
      session: () => session,
      open: () => {
        session = reduce(session, { type: 'opened' })
      },
      close: () => {
        session = reduce(session, { type: 'closed' })
      },
      give: contacts => {
        session = reduce(session, { type: 'given', contacts })
      },
      utm: () => ({ source: 'mail' }),
      introduce: contacts => done.push(['introduce', contacts]),
      write: text => done.push(['write', text]),
      leave: (contacts, message) => done.push(['leave', contacts, message]),
      prefill: (contacts, message) => {
        session = reduce(session, { type: 'prefilled', contacts, message })
      },
      invite: text => done.push(['invite', text]),
      color: colors => done.push(['color', colors]),
      rule: actions => done.push(['rule', actions]),
      call: phone => {
        session = reduce(session, { type: 'called', phone })
      },
      callFailed: reason => done.push(['callFailed', reason]),
      clear: () => done.push(['clear']),
      later: run => run(),
      withNumber: run => run(session.visitor),
    },
    call => calls.push(call),
    step => step(),
    name => unknown.push(name),
  ) as Record<string, (...args: unknown[]) => unknown>
  return { call: (method: string, ...args: unknown[]) => api[method]?.(...args), api, calls, done, unknown, session: () => session }
}

test('methods are own properties, and those of the table', () => {
  const { api } = setUp()
  expect(Object.keys(api)).toEqual(methodNames)
  for (const name of methodNames) expect([name, Object.hasOwn(api, name), typeof api[name]]).toEqual([name, true, 'function'])
})

test('open and close answer ok; a start that is unknown fails', () => {
  const { call, session } = setUp()
  expect(call('open')).toEqual({ result: 'ok' })
  expect(session().isOpen).toBe(true)
  expect(call('close')).toEqual({ result: 'ok' })
  expect(session().isOpen).toBe(false)
  expect(call('open', { start: 'video' })).toEqual({ result: 'fail', reason: 'start: expected chat, call or menu' })
  expect(session().isOpen).toBe(false)
})

test('chatMode answers a bare string', () => {
  expect(setUp().call('chatMode')).toBe('online')
})

test('the name is set as name and comes back as client_name', () => {
  const { call } = setUp()
  expect(call('setContactInfo', { name: 'Vera', phone: '+7' })).toEqual({ result: 'ok' })
  expect(call('setContactInfo', { phone: '' })).toEqual({ result: 'ok' })
  expect(call('getContactInfo')).toEqual({ client_name: 'Vera', email: null, phone: null, description: null })
})

test('custom data has at most ten fields, each with a text', () => {
  const { call } = setUp()
  const fields = Array.from({ length: 10 }, (_, index) => ({ content: `${index}`, title: 'a', key: 'b', link: 'https://example.test/' }))
  expect(call('setCustomData', fields)).toEqual({ result: 'ok' })
  expect(call('setCustomData', [...fields, { content: 'x' }])).toEqual({ result: 'fail', reason: 'at most 10 fields, got 11' })
  expect(call('setCustomData', [{ content: 5 }])).toEqual({ result: 'fail', reason: 'field 0: content must be a string, got a number' })
  expect(call('setCustomData', [{ content: '', title: null }])).toEqual({ result: 'fail', reason: 'field 0: title must be a string, got null' })
  expect(call('setCustomData', { content: 'x' })).toEqual({ result: 'fail', reason: 'expected an array of fields, got an object' })
})

test('setUserToken gives the token back', () => {
  const { call } = setUp()
  expect(call('setUserToken', 'abc')).toEqual({ result: 'ok', token: 'abc' })
  expect(call('setUserToken', '')).toEqual({ result: 'fail', token: false })
  expect(call('setUserToken', 5)).toEqual({ result: 'fail', token: false })
})

test('every call is reported with what was passed and answered', () => {
  const { call, calls } = setUp()
  const cycle: Record<string, unknown> = { content: 'x' }
  cycle.self = cycle
  call('setCustomData', [cycle])
  call('setUserToken', () => {})
  expect(calls).toEqual([
    { method: 'setCustomData', args: [[{ content: 'x', self: '(cycle)' }]], result: { result: 'ok' } },
    { method: 'setUserToken', args: ['(function without a name)'], result: { result: 'fail', token: false } },
  ])
})

test('an object in place of a start opens the chat; call wants the callback, menu does not', () => {
  const { call } = setUp({ ...welcomeFrame, settings: { ...welcomeFrame.settings, callback: 'no-balance' } })
  expect(call('open', {})).toEqual({ result: 'ok' })
  expect(call('open', null)).toEqual({ result: 'ok' })
  expect(call('open', { start: 'menu' })).toEqual({ result: 'ok' })
  expect(call('open', { start: 'call' })).toEqual({ result: 'fail', reason: 'no money is left for calls' })
})

test('startCall wants a number and the callback; what cannot begin is told as a call that failed', () => {
  const off = setUp({ ...welcomeFrame, settings: { ...welcomeFrame.settings, callback: 'off' } })
  expect(off.call('startCall', '+79005550142')).toEqual({ result: 'fail', reason: 'the callback is not set up for this channel' })
  const on = setUp({ ...welcomeFrame, settings: { ...welcomeFrame.settings, callback: 'on' } })
  for (const wrong of ['', '12', 'soon', 79_005_550_142, null]) expect(on.call('startCall', wrong)).toMatchObject({ result: 'fail' })
  expect(on.call('startCall', '+7 (900) 555-01-42')).toEqual({ result: 'ok' })
  expect([...off.done, ...on.done].map(([what]) => what)).toEqual(Array(6).fill('callFailed'))
})

test('startCall is refused while a call is running, which nobody is told has failed', () => {
  const { call, done, session } = setUp({ ...welcomeFrame, settings: { ...welcomeFrame.settings, callback: 'on' } })
  expect(call('startCall', '+79005550142')).toEqual({ result: 'ok' })
  for (const phone of ['+79005550143', 'soon']) expect(call('startCall', phone)).toEqual({ result: 'fail', reason: 'a call to +79005550142 is running' })
  expect(session().call?.phone).toBe('+79005550142')
  expect(done).toEqual([])
  const over = setUp({ ...welcomeFrame, settings: { ...welcomeFrame.settings, callback: 'on' } }, { type: 'called', phone: '1', reason: 'busy' })
  expect(over.call('startCall', '+79005550143')).toEqual({ result: 'ok' })
})

test('sendOfflineMessage is for the time when nobody is online, and says error instead of reason', () => {
  const info = { name: 'Vera', email: 'vera@example.test', message: 'Write back' }
  const online = setUp(welcomeFrame)
  expect(online.call('sendOfflineMessage', info)).toEqual({ result: 'fail', error: expect.stringContaining('online') })
  expect(online.done).toEqual([])
  const offline = setUp({ ...welcomeFrame, mode: 'offline' })
  expect(offline.call('sendOfflineMessage', info)).toEqual({ result: 'ok' })
  expect(offline.done).toEqual([['leave', { name: 'Vera', email: 'vera@example.test' }, 'Write back']])
  expect(offline.session().draft.name).toBe('Vera')
  for (const wrong of [undefined, 'text', {}, { message: ' ' }, { message: 'x', phone: 5 }]) {
    expect(offline.call('sendOfflineMessage', wrong)).toEqual({ result: 'fail', error: expect.any(String) })
  }
})

test('colours are hexadecimal, one or two', () => {
  const { call, done } = setUp()
  expect([call('setWidgetColor', '#fff'), call('setWidgetColor', '#AABBCC', '#010203'), call('setWidgetColor', '#fff', '')]).toEqual(Array(3).fill(undefined))
  expect(done).toEqual([
    ['color', ['#fff']],
    ['color', ['#AABBCC', '#010203']],
    ['color', ['#fff']],
  ])
  for (const wrong of [[], ['red'], ['#12345'], [5], ['#fff', 'blue']]) expect(call('setWidgetColor', ...wrong)).toMatchObject({ result: 'fail' })
})

test('a message is pairs and a text, or a text alone', () => {
  const { call, done } = setUp()
  call('sendMessage', { Order: 'KM-1042', empty: '', number: 5 }, 'Where is it?')
  call('sendMessage', 'Alone')
  call('sendMessage', {}, 'With an empty object')
  expect(done).toEqual([
    ['write', 'Order: KM-1042\nWhere is it?'],
    ['write', 'Alone'],
    ['write', 'With an empty object'],
  ])
  for (const wrong of [[], [{}], [null, ''], [5]]) expect(call('sendMessage', ...wrong)).toEqual({ result: 'fail', reason: 'expected a text' })
})

test('getters answer before anything is known, and the number comes error first', () => {
  const { call } = setUp(welcomeFrame)
  expect(call('getContactInfo')).toEqual({ client_name: null, email: null, phone: null, description: null })
  expect(call('getUnreadMessagesCount')).toBe(0)
  expect(call('getUtm')).toEqual({ source: 'mail', campaign: null, content: null, medium: null, term: null })
  const answers: unknown[][] = []
  expect(call('getVisitorNumber', (...args: unknown[]) => answers.push(args))).toBeUndefined()
  expect(call('isCallbackEnabled', (...args: unknown[]) => answers.push(args))).toBeUndefined()
  expect(answers).toEqual([[null, 1], [{ result: 'ok' }]])
})

test('rules that are not understood switch the others off', () => {
  const { call, done } = setUp()
  const rule = { when: { seconds: 1 }, invite: { text: 'Hi' } }
  call('setRules', [rule, { event: 'exit' }])
  call('setRules', { anything: true })
  expect(done).toEqual([
    ['rule', [rule]],
    ['rule', []],
  ])
})

test('an unknown name is undefined and told of once; what a page puts there itself is its own', () => {
  const { api, unknown } = setUp()
  expect([typeof api.show, typeof api.show, typeof api.setOptions, typeof api.then]).toEqual(Array(4).fill('undefined'))
  api.mine = () => 'own'
  expect(api.mine?.()).toBe('own')
  expect(unknown).toEqual(['show', 'setOptions'])
})
