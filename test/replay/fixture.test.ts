import { expect, test } from 'vitest'
import { parseFixture } from '../../src/replay/fixture.js'

test('a captured body is a fixture as it is', () => {
  expect(parseFixture('a.json', '{"event_name":"created_deal","deal_id":5}')).toEqual({
    name: 'a.json',
    event: 'created_deal',
    body: { event_name: 'created_deal', deal_id: 5 },
    text: '{"event_name":"created_deal","deal_id":5}',
  })
})

test.each([
  ['a missing comma', '{\n  "event_name": "x"\n  "chat_id": 5\n}', /^line 3, column 3: /],
  ['an empty file', '', /^line 1/],
  ['a list', '[]', /not a JSON object/],
  ['null', 'null', /not a JSON object/],
  ['a body without a name', '{"chat_id":5}', /no event_name/],
  ['a name that is no text', '{"event_name":5}', /event_name is not a text/],
])('%s is named with its place', (_, text, message) => {
  expect(() => parseFixture('a.json', text)).toThrow(message)
})
