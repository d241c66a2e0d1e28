import fc from 'fast-check'
import { expect, test } from 'vitest'
import { admit } from '../../src/emulator/rules/rate-limit.js'

const limit = { requests: 2, seconds: 10 }

/** What becomes of requests at these times, in milliseconds: when each came in, or how long it has to wait. */
const waits = (times: readonly number[], of = limit): number[] => {
  let state: readonly number[] = []
  return times.map(now => {
    const turn = admit(of, state, now)
    state = turn.times
    return turn.wait
  })
}

test.each([
  ['as many as are allowed come in', [0, 1], [0, 0]],
  ['one more waits until the first is old', [0, 4_000, 4_000], [0, 0, 6_000]],
  ['who waits as long as told comes in', [0, 4_000, 4_000, 10_000], [0, 0, 6_000, 0]],
  ['who comes too early again waits no longer for it', [0, 0, 1_000, 2_000, 10_000], [0, 0, 9_000, 8_000, 0]],
  ['a clock that was set back keeps nobody out', [100_000, 100_000, 5_000], [0, 0, 0]],
])('%s', (_, times, expected) => {
  expect(waits(times)).toEqual(expected)
})

test('no stretch of the seconds holds more than are allowed, and nobody waits for longer than it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4_000), { maxLength: 60 }),
      fc.record({ requests: fc.integer({ min: 1, max: 8 }), seconds: fc.integer({ min: 1, max: 9 }) }),
      (pauses, of) => {
        let now = 0
        const times = pauses.map(pause => {
          now += pause
          return now
        })
        const all = waits(times, of)
        const span = of.seconds * 1_000
        const came = times.filter((_, at) => all[at] === 0)
        for (const start of came) expect(came.filter(time => time >= start && time < start + span).length).toBeLessThanOrEqual(of.requests)
        for (const wait of all) expect(wait).toBeLessThanOrEqual(span)
      },
    ),
  )
})
