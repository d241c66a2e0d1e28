import { expect, test } from 'vitest'
import { jsonSafe } from '../../src/widget/json-safe.js'

test('plain JSON stays as it is', () => {
  const value = { a: [1, 'x', null, true], b: { c: {} } }
  expect(jsonSafe(value)).toEqual(value)
})

test('what JSON has no word for becomes text', () => {
  expect(jsonSafe([undefined, Number.NaN, 10n, Symbol('s'), new Error('no')])).toEqual([null, 'NaN', '10', 'Symbol(s)', 'Error: no'])
})

test('the same object twice is no cycle', () => {
  const shared = { a: 1 }
  expect(jsonSafe([shared, shared])).toEqual([shared, shared])
})

test('a getter that throws, and great depth, are named', () => {
  const value = {
    get a() {
      throw new Error('no')
    },
  }
  expect(jsonSafe(value)).toEqual({ a: '(unreadable)' })
  let deep: unknown = 1
  for (let level = 0; level < 50; level += 1) deep = [deep]
  expect(JSON.stringify(jsonSafe(deep))).toContain('(deeper than is reported)')
})

test('a value too long to send is named with its length', () => {
  expect(jsonSafe('x'.repeat(300_000))).toBe('(too long to report: 300002 characters)')
})
