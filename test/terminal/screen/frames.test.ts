import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../../src/contracts/journal.js'
import { fieldsOf } from '../../../src/contracts/paths.js'
import { webhookContract } from '../../../src/contracts/webhooks/events.js'
import { completionsOf } from '../../../src/reading/complete-filter.js'
import { lineWidth } from '../../../src/terminal/screen/cells.js'
import { frameOf } from '../../../src/terminal/screen/frame.js'
import { painted } from '../../../src/terminal/screen/painted.js'
import type { Action, Size } from '../../../src/terminal/screen/state.js'
import { bounded } from '../../helpers/bounded.js'
import { after, channel, factsOf, frameText, large, type Stage, small, stageOf, start, story, textOf, unstyled } from '../../helpers/screen.js'

const contractOf = (event: string) => {
  const contract = webhookContract(event)
  return contract === undefined ? null : fieldsOf(contract)
}

const facts = (stage: Stage) =>
  factsOf(stage, { fieldsOf: contractOf, completions: text => completionsOf(text, stage.source.history.events, stage.source.history.chatOf) })

const idle = () => stageOf(...start)
const busy = () => stageOf(...start, ...story)
const failure: Action[] = [{ type: 'move', by: -1 }, { type: 'open' }]

const sizes = [
  ['80x24', small],
  ['120x36', large],
  ['60x12', { columns: 60, rows: 12 }],
] as const

test.each(sizes)('the frames of %s are these', async (name, size) => {
  const matches = (what: string, text: string) => expect(`${text}\n`).toMatchFileSnapshot(`frames/${what}-${name}.txt`)
  await matches('idle', frameText(after(idle(), size, { type: 'heard', isHeard: false }), facts(idle())))
  const stage = busy()
  await matches('busy', frameText(after(stage, size), facts(stage)))
  await matches('failure', frameText(after(stage, size, ...failure), facts(stage)))
  await matches('request', frameText(after(stage, size, ...failure, { type: 'tab', by: -1 }), facts(stage)))
  await matches('help', frameText(after(stage, size, { type: 'help' }), facts(stage)))
  await matches('chats', frameText(after(stage, size, { type: 'toggle-pane' }), facts(stage)))
})

test('the filter shows what it can go on with, how much is left, and a key that is none', async () => {
  const stage = busy()
  stage.source.filterBy('chat:9001 type:de')
  const typing = after(stage, small, { type: 'ask', kind: 'filter', text: 'chat:9001 type:de' }, { type: 'choose', choice: 1 })
  await expect(`${frameText(typing, facts(stage))}\n`).toMatchFileSnapshot('frames/filter-80x24.txt')
  stage.source.filterBy('caht:9')
  const wrong = frameText(after(stage, small, { type: 'ask', kind: 'filter', text: 'caht:9' }), facts(stage))
  expect(wrong).toContain('no such key, did you mean chat:')
})

test('a list that stands still says how much is new, and keeps its place', () => {
  const stage = busy()
  const actions: Action[] = [{ type: 'move', by: -3 }]
  const before = frameText(after(stage, small, ...actions), facts(stage)).split('\n')
  const state = after(stage, small, ...actions)
  stage.happen({ type: 'chat.finished', chat: 9001, visitor: 1, by: 'visitor' }, { type: 'page.closed', page: 'p1' })
  const now = frameText(state, facts(stage)).split('\n')
  expect(now[0]).toContain('paused, 2 new')
  expect(now.slice(1)).toEqual(before.slice(1))
})

test('without colours a frame reads the same, and in plain ASCII it has the same width', () => {
  const stage = busy()
  const frame = frameOf(after(stage, small, ...failure), facts(stage))
  const text = textOf(frame)
  const bare = frame.map(spans => unstyled(painted(spans, { hasColors: false, isUtf8: true })).trimEnd())
  expect(bare.join('\n')).toBe(text)
  const ascii = frame.map(spans => unstyled(painted(spans, { hasColors: false, isUtf8: false })))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: anything that is not ASCII is what is looked for
  expect(ascii.join('')).not.toMatch(/[^\u0000-\u007f]/)
  expect(ascii.map(row => row.length)).toEqual(frame.map(lineWidth))
})

/** What people and programs may write. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\u001b[2J\u001b]0;own\u0007',
    '\u009b31m',
    '注文は出荷されました'.repeat(9),
    '👨‍👩‍👧👍🏽🇷🇺',
    'a\u0300\u0301'.repeat(50),
    '\u202eevil',
    'x\r\ny\tz\u0000',
    '\ud800',
  ),
)

const storyOf = (text: string): readonly Fact[] => [
  { type: 'visitor.appeared', visitor: 1, key: text },
  { type: 'page.opened', page: text, visitor: 1, channel, url: 'http://x.test/', title: text, referrer: text, language: 'en', userAgent: text },
  { type: 'chat.started', chat: 9001, visitor: 1, channel },
  { type: 'contacts.given', visitor: 1, via: 'form', contacts: { name: text, phone: null, email: null, description: null } },
  { type: 'message.sent', chat: 9001, visitor: 1, message: 'm', by: 'visitor', text },
  { type: 'callback.fired', page: text, callback: text, args: [text], outcome: 'threw', error: text },
  { type: 'delivery.scheduled', delivery: 'd9', channel: '3948', event: text, to: text, body: { event_name: text, [text]: text } },
  {
    type: 'delivery.attempted',
    delivery: 'd9',
    event: text,
    attempt: 1,
    of: 1,
    result: { kind: 'answered', status: 500, contentType: text, body: text },
    timing: { dns: 1, connect: 1, firstByte: 2, total: 3 },
  },
  { type: 'delivery.failed', delivery: 'd9', event: text, status: 500, attempts: 1, took: 3, reason: 'status', message: text },
  { type: 'warning.raised', code: 'x', message: text },
]

const someActions = fc.array(
  fc.constantFrom<Action>(
    { type: 'move', by: -1 },
    { type: 'move', by: 3 },
    { type: 'page', by: -1 },
    { type: 'first' },
    { type: 'follow' },
    { type: 'toggle-pause' },
    { type: 'open' },
    { type: 'back' },
    { type: 'toggle-pane' },
    { type: 'tab', by: 1 },
    { type: 'scroll', by: 2 },
    { type: 'toggle-wrap' },
    { type: 'help' },
    { type: 'sheet-closed' },
    { type: 'ask', kind: 'filter', text: 'ty' },
    { type: 'ask', kind: 'message', text: '注文', chat: 9001 },
    { type: 'field-closed' },
    { type: 'told', notice: { tone: 'fail', text: 'It went wrong, and here is all of what is known of it. '.repeat(6) } },
    { type: 'told', notice: { tone: 'plain', text: '' } },
  ),
  { maxLength: 12 },
)

test('whatever is said, done and however large it is, a frame fits and holds no control character', () => {
  const size: fc.Arbitrary<Size> = fc.record({ columns: fc.integer({ min: 60, max: 200 }), rows: fc.integer({ min: 12, max: 60 }) })
  fc.assert(
    fc.property(hostile, someActions, size, (text, actions, dimensions) => {
      const stage = stageOf(...start, ...storyOf(text))
      const frame = frameOf(after(stage, dimensions, ...actions), facts(stage))
      expect(frame.length).toBe(dimensions.rows)
      for (const spans of frame) {
        expect(lineWidth(spans)).toBeLessThanOrEqual(dimensions.columns)
        const row = unstyled(painted(spans, { hasColors: true, isUtf8: true }))
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(row).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
      }
    }),
    bounded(300),
  )
})
