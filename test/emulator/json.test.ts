import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonError, parseJson } from '../../src/emulator/json.js'

const nested = (depth: number, inside = '1') => '['.repeat(depth) + inside + ']'.repeat(depth)

test('thirty-two levels are read, and one more is refused', () => {
  expect(() => parseJson(nested(32))).not.toThrow()
  expect(() => parseJson(nested(33))).toThrow(new JsonError('is nested more than 32 levels deep'))
})

test.each([
  ['brackets', '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['],
  ['quotes', 'a "quote" and \\"more\\" [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['],
  ['a backslash at the end', `${'{'.repeat(40)}\\`],
  ['backslashes', `\\\\\\${'{'.repeat(40)}\\\\`],
])('%s inside of a string are no levels', (_, text) => {
  expect(parseJson(JSON.stringify({ text, more: [text] }))).toEqual({ text, more: [text] })
  expect(() => parseJson(nested(33, JSON.stringify(text)))).toThrow('nested more than 32')
})

test('whatever JSON makes of a value is read as that value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
      const text = JSON.stringify(value)
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

test.each(['', '"', '"\\', '{"a":"', '[1,', 'nil'])('%j is no JSON', text => {
  expect(() => parseJson(text)).toThrow(/^is not valid JSON: /)
})
