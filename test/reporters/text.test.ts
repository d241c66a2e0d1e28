import { expect, test } from 'vitest'
import type { ReplayResult } from '../../src/replay/replay.js'
import { createTally } from '../../src/replay/tally.js'
import { eventLine } from '../../src/reporters/event-line.js'
import { junit } from '../../src/reporters/junit.js'
import { oneLine, paint } from '../../src/reporters/paint.js'

const hostile = '\u001b[2J\u0007]]> <b>"quoted"</b>\r\n\u202egnp.exe\ud800'

test('nothing that people typed controls the terminal', () => {
  const line = eventLine({ seq: 1, at: 0, type: 'message.sent', chat: 9001, visitor: 1, message: 'm1', by: 'visitor', text: hostile })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  expect(oneLine('a\u001bb\u202ec')).toBe('a\\u001bb\\u202ec')
})

test('a JUnit report holds hostile text as text', () => {
  const failed: ReplayResult = {
    name: hostile,
    event: 'chat_accepted',
    ok: false,
    took: 12,
    reason: 'status',
    message: hostile,
    status: 500,
    answer: { contentType: 'text/html', body: hostile },
    timing: { dns: null, connect: null, firstByte: 1, total: 12 },
  }
  const passed: ReplayResult = { name: 'a.json', event: 'chat_updated', ok: true, took: 3, status: 200, timing: failed.timing }
  const tally = createTally()
  for (const result of [failed, passed]) tally.add(result)
  const xml = junit(tally.summary(), 'http://127.0.0.1:3000/')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|<b>/)
  expect(xml).toContain('<testsuites name="jivo-dev replay to http://127.0.0.1:3000/" tests="2" failures="1" errors="0" skipped="0" time="0.015">')
  expect(xml).toContain('<testcase name="a.json" classname="chat_updated" time="0.003"/>')
})

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('%s is coloured or not', (_, isTTY, env, isColoured) => {
  expect(paint({ isTTY }, env).red('x') !== 'x').toBe(isColoured)
})
