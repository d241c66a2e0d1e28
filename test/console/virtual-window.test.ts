import { expect, test } from 'vitest'
import { scrollTo, windowOf } from '../../src/console/timeline/virtual-window.js'
import { indexOfSeq } from '../../src/reading/index-of-seq.js'

test('the window holds what is seen and a few rows more', () => {
  const { from, to } = windowOf(28 * 10_000, 700, 28, 20_000)
  expect(from).toBe(10_000 - 12)
  expect(to).toBe(10_000 + 26 + 12)
})

test('the window stays inside the list', () => {
  expect(windowOf(0, 700, 28, 3)).toEqual({ from: 0, to: 3 })
  expect(windowOf(-50, 700, 28, 0)).toEqual({ from: 0, to: 0 })
  expect(windowOf(28 * 20_000, 700, 28, 20_000).to).toBe(20_000)
})

test('after the list got shorter the window still shows its end', () => {
  expect(windowOf(28 * 20_000, 700, 28, 100)).toEqual({ from: 74, to: 100 })
})

test('a row is brought into view with the least movement', () => {
  expect(scrollTo(5, 0, 280, 28)).toBe(0)
  expect(scrollTo(20, 0, 280, 28)).toBe(308)
  expect(scrollTo(2, 308, 280, 28)).toBe(56)
})

test('an event is found by its number, or where it would stand', () => {
  const items = [{ seq: 3 }, { seq: 7 }, { seq: 9 }]
  expect([1, 3, 4, 7, 9, 10].map(seq => indexOfSeq(items, seq))).toEqual([0, 0, 1, 1, 2, 3])
})
