import { expect, test } from 'vitest'
import { splitLinks } from '../../src/widget/links.js'

test('addresses in a text become links without the dot that ends the sentence', () => {
  expect(splitLinks('See https://example.test/a?b=1. Then http://x.test!')).toEqual([
    { text: 'See ' },
    { text: 'https://example.test/a?b=1', href: 'https://example.test/a?b=1' },
    { text: '. Then ' },
    { text: 'http://x.test', href: 'http://x.test' },
    { text: '!' },
  ])
})

test.each(['javascript:alert(1)', 'data:text/html,x', '<b>x</b>', 'https://', ''])('%j is plain text', text => {
  expect(splitLinks(text)).toEqual([{ text }])
})
