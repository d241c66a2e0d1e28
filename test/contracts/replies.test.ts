import { expect, test } from 'vitest'
import { judgeAnswer } from '../../src/contracts/webhooks/replies.js'

const answer = (body: string, status = 200, contentType = 'application/json') => ({ status, contentType, body })

test('an answer with result ok is fine and its data is read', () => {
  const verdict = judgeAnswer('chat_accepted', answer('{"result":"ok","custom_data":[{"content":"Gold"}],"crm_link":"https://crm.test/1"}'))
  expect(verdict).toMatchObject({ ok: true, reply: { custom_data: [{ content: 'Gold' }], crm_link: 'https://crm.test/1' } })
})

test.each([
  ['a status outside 200 to 299', answer('{"result":"ok"}', 500, 'text/html; charset=utf-8'), 'status', 'got 500 (text/html)'],
  ['an empty answer', answer('', 200, ''), 'not-json', 'got an empty answer'],
  ['HTML', answer('<p>ok</p>', 200, 'text/html'), 'not-json', 'got text/html: <p>ok</p>'],
  ['JSON that ends in a text', answer('{"result":"o'), 'not-json', 'got the beginning of JSON, which ends after 12 characters: {"result":"o'],
  ['JSON that ends behind a value', answer('{"result":"ok"'), 'not-json', 'which ends after 14 characters'],
  ['JSON that ends behind a comma', answer('{"result":"ok",'), 'not-json', 'which ends after 15 characters'],
  ['JSON that is broken before its end', answer('{"result":ok}'), 'not-json', 'got application/json: {"result":ok}'],
  ['a byte order mark', answer('\ufeff{"result":"ok"}'), 'not-json', 'a byte order mark (U+FEFF) before it'],
  ['bytes that are no UTF-8', answer('\ufffd{'), 'not-json', 'got bytes that are not UTF-8: '],
  ['bytes of another charset', answer('\ufffd{', 200, 'text/json; charset="koi8-r"'), 'not-json', 'not UTF-8 (charset=koi8-r)'],
  ['the text of an error that is no UTF-8', answer('{"result":"\ufffd"}'), 'result', 'not "ok": the answer is not UTF-8.'],
  ['JSON without a result', answer('{"ok":true}'), 'no-result', '{"ok":true}'],
  ['a JSON list', answer('["ok"]'), 'no-result', '["ok"]'],
  ['the text of an error', answer('{"result":"no such order"}'), 'result', '"no such order", not "ok"'],
  ['ok in capitals', answer('{"result":"OK"}'), 'result', 'case matters'],
  ['ok with a Cyrillic letter', answer('{"result":"оk"}'), 'result', 'Cyrillic (U+043E)'],
  ['data of the wrong shape', answer('{"result":"ok","custom_data":[{"title":"Plan"}]}'), 'reply', 'custom_data.0.content'],
])('%s is not ok and the message names it', (_, given, reason, words) => {
  const verdict = judgeAnswer('chat_accepted', given)
  expect(verdict).toMatchObject({ ok: false, reason })
  expect(verdict.ok ? '' : verdict.message).toContain(words)
})

test('an answer that was cut at the limit is not ok', () => {
  expect(judgeAnswer('chat_finished', { ...answer('{"result":'), truncated: true })).toMatchObject({ ok: false, reason: 'too-long' })
})

test('data in the reply to an event that takes none is let through', () => {
  expect(judgeAnswer('chat_finished', answer('{"result":"ok","custom_data":"anything"}'))).toMatchObject({ ok: true })
})
