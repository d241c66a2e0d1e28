import { expect, test } from 'vitest'
import { isDue } from '../../src/widget/more/automatic-actions.js'

const now = { seconds: 10, scrolled: 50, url: 'https://shop.test/cart?step=2', pages: 3 }

test.each([
  [{}, true],
  [{ seconds: 10 }, true],
  [{ seconds: 10.1 }, false],
  [{ scrolled: 50 }, true],
  [{ scrolled: 51 }, false],
  [{ url: '/cart' }, true],
  [{ url: '/Cart' }, false],
  [{ pages: 3 }, true],
  [{ pages: 4 }, false],
  [{ seconds: 5, scrolled: 20, url: 'step=2', pages: 1 }, true],
  [{ seconds: 5, scrolled: 20, url: 'step=3', pages: 1 }, false],
])('an action that waits for %j is due: %s', (when, expected) => {
  expect(isDue({ when, invite: { text: 'Hello' } }, now)).toBe(expected)
})
