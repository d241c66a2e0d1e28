import { expect, test } from 'vitest'
import { wordsOf } from '../../src/console/words.js'
import type { AttemptResult, EventOf, NoAnswer } from '../../src/contracts/journal.js'
import { timingParts } from '../../src/reading/timing-parts.js'
import { whatToTry } from '../../src/reading/what-to-try.js'

const words = wordsOf('en')
const to = 'http://localhost:3000/jivo'

const attempt = (result: AttemptResult, total = 4): EventOf<'delivery.attempted'> => ({
  seq: 2,
  at: 0,
  type: 'delivery.attempted',
  delivery: 'd1',
  event: 'chat_accepted',
  attempt: 1,
  of: 3,
  result,
  timing: { dns: null, connect: null, firstByte: null, total },
})
const answered = (status: number, body = '', contentType = 'application/json') => attempt({ kind: 'answered', status, contentType, body })
const advise = (of: EventOf<'delivery.attempted'>, reason?: string) => whatToTry(of, reason === undefined ? undefined : { reason }, to, words, 'en')

test('nobody listening is told with the host', () => {
  const advice = advise(attempt({ kind: 'no-answer', reason: 'refused', message: '' }), 'refused')
  expect(advice?.title).toBe('Your server refused the connection')
  expect(advice?.text).toContain('`localhost:3000`')
})

test('a timeout names how long it was waited', () => {
  expect(advise(attempt({ kind: 'no-answer', reason: 'timeout', message: '' }, 3_000))?.title).toBe('No answer in 3.00\u00a0s')
})

test.each(['refused', 'timeout', 'reset', 'dns', 'tls', 'blocked', 'protocol', 'other'] as NoAnswer[])(
  '%s has a title and an advice in both languages',
  reason => {
    for (const lang of ['en', 'ru'] as const) {
      const advice = whatToTry(attempt({ kind: 'no-answer', reason, message: '' }), { reason }, to, wordsOf(lang), lang)
      expect(advice?.title).not.toBe('')
      expect(advice?.text).not.toBe('')
    }
  },
)

test.each([
  [302, 'Redirects'],
  [401, 'login'],
  [404, 'path'],
  [405, 'POST'],
  [413, 'larger'],
  [418, 'refused this body'],
  [429, 'fewer'],
  [500, 'log'],
])('status %i has its own advice', (status, word) => {
  const advice = advise(answered(status), 'status')
  expect(advice?.title).toBe(`Your server answered ${status}`)
  expect(advice?.text).toContain(word)
})

test('HTML, nothing at all and other text are told apart', () => {
  expect(advise(answered(200, '<!DOCTYPE html><h1>Sign in</h1>', 'text/plain'), 'not-json')?.title).toContain('HTML')
  expect(advise(answered(200, ' '), 'not-json')?.title).toContain('nothing')
  expect(advise(answered(200, 'PHP Notice: x {"result":"ok"}'), 'not-json')?.title).toBe('The answer is not JSON')
})

test('a result that is not ok is told as such', () => {
  expect(advise(answered(200, '{"result":"error"}'), 'result')?.text).toContain('`ok`')
  expect(advise(answered(200, '{}'), 'no-result')?.title).toContain('has no "result"')
})

test('a good answer, or one whose verdict is not known, needs no advice', () => {
  expect(advise(answered(200, '{"result":"ok"}'))).toBeNull()
  expect(whatToTry(undefined, undefined, to, words, 'en')).toBeNull()
})

test('a failure whose attempts are no longer in the page still has an advice', () => {
  expect(whatToTry(undefined, { reason: 'refused' }, to, words, 'en')?.title).toBe('Your server refused the connection')
  expect(whatToTry(undefined, { reason: 'status', status: 500 }, to, words, 'en')?.title).toBe('Your server answered 500')
})

test('a masked address that is none any more does no harm', () => {
  expect(whatToTry(undefined, { reason: 'dns' }, 'http…x', words, 'en')?.text).toContain('`http…x`')
})

test('timing parts follow one another and add up to the whole', () => {
  expect(timingParts({ dns: 1, connect: 2, firstByte: 10, total: 12 })).toEqual([
    { name: 'dns', took: 1 },
    { name: 'connect', took: 2 },
    { name: 'wait', took: 7 },
    { name: 'body', took: 2 },
  ])
  expect(timingParts({ dns: null, connect: null, firstByte: null, total: 3_000 })).toEqual([])
})
