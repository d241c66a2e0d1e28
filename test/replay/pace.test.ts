import { expect, test } from 'vitest'
import { createPace, type Pace, retryDelay } from '../../src/replay/pace.js'

/** When bodies are due that are asked for at these times, with when they were recorded. */
const due = (pace: Pace, asked: readonly (readonly [now: number, at?: number])[]) => {
  const dueAt = createPace(pace)
  return asked.map(([now, at]) => dueAt(now, at))
}

test('without a pace everything is due at once', () => {
  expect(due({}, [[5], [6, 0], [7, 1_000_000]])).toEqual([5, 6, 7])
})

test('a rate spaces bodies evenly, however early they are asked for', () => {
  expect(due({ rate: 50 }, [[1_000], [1_000], [1_030], [1_030]])).toEqual([1_000, 1_020, 1_040, 1_060])
})

test('a rate makes up for a small delay, so that a late timer does not slow it down', () => {
  expect(due({ rate: 10 }, [[0], [130], [200], [300]])).toEqual([0, 100, 200, 300])
})

test('a rate never makes up for more than a tenth of a second, so that a stall is not followed by a flood', () => {
  expect(due({ rate: 10 }, [[0], [5_000], [5_000], [5_000]])).toEqual([0, 4_900, 5_000, 5_100])
})

const recorded = [
  [100, 10_000],
  [100, 10_500],
  [100, 12_500],
  [100, 12_500],
] as const

test.each([
  [1, [100, 600, 2_600, 2_600]],
  [10, [100, 150, 350, 350]],
  [0.5, [100, 1_100, 5_100, 5_100]],
])('a recording at speed %s keeps the spacing it had', (speed, times) => {
  expect(due({ speed }, recorded)).toEqual(times)
})

test('bodies that nobody recorded the time of are due at once, whatever the speed', () => {
  expect(due({ speed: 1 }, [[100], [100, 10_000], [150], [150, 10_500]])).toEqual([100, 100, 150, 600])
})

test('a body that was recorded before the one before it is not due in the future', () => {
  expect(
    due({ speed: 1 }, [
      [100, 10_000],
      [700, 9_000],
    ]),
  ).toEqual([100, 700])
})

test('with a rate and a speed the later of the two decides', () => {
  expect(due({ rate: 1, speed: 1 }, recorded)).toEqual([100, 1_100, 2_600, 3_100])
})

test('retries wait twice as long each time, up to two seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(retryDelay)).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000])
})
