import { expect, test } from 'vitest'
import { methodNames } from '../../src/contracts/widget-api.js'
import { type ApiCall, createApi } from '../../src/widget/api.js'
import { type Action, newSession, reduce, type Session } from '../../src/widget/session.js'

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
