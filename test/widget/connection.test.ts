import { expect, test } from 'vitest'
import { reconnectPause } from '../../src/widget/connection.js'

test('pauses grow from a quarter of a second to two seconds', () => {
  expect([0, 1, 2, 3, 4, 50].map(reconnectPause)).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000])
})
