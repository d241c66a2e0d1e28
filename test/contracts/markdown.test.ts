import { describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../src/contracts/markdown.js'

const inline = (text: string) => {
  const [block] = parseMarkdown(text)
  return block !== undefined && 'children' in block ? block.children : block
}

test('paragraphs are parted by empty lines, and a line break stays one', () => {
  expect(parseMarkdown('one\ntwo\n\nthree')).toEqual([
    { tag: 'p', children: ['one\ntwo'] },
    { tag: 'p', children: ['three'] },
  ])
})

test('lists have dots or numbers', () => {
  expect(parseMarkdown('Either:\n- a\n* b\n1. c\n2) d')).toEqual([
    { tag: 'p', children: ['Either:'] },
    { tag: 'ul', items: [['a'], ['b']] },
    { tag: 'ol', items: [['c'], ['d']] },
  ])
})

test('headings become bold lines, fences become code that is not read', () => {
  expect(parseMarkdown('# Order\n```js\n**a**\n```')).toEqual([
    { tag: 'p', children: [{ tag: 'strong', children: ['Order'] }] },
    { tag: 'pre', children: ['**a**'] },
  ])
  expect(parseMarkdown('```\nnever closed')).toEqual([{ tag: 'pre', children: ['never closed'] }])
})

test('bold, italic and code', () => {
  expect(inline('a **b *c*** __d__ *e* _f_ `**g**`')).toEqual([
    'a ',
    { tag: 'strong', children: ['b ', { tag: 'em', children: ['c'] }] },
    ' ',
    { tag: 'strong', children: ['d'] },
    ' ',
    { tag: 'em', children: ['e'] },
    ' ',
    { tag: 'em', children: ['f'] },
    ' ',
    { tag: 'code', children: ['**g**'] },
  ])
})

test('marks that mean nothing stay as they are', () => {
  for (const text of ['2 * 3 * 4', 'snake_case_name', '**', '\\', 'a ` b', '<b>x</b>', '[a](b c)']) expect(inline(text)).toEqual([text])
  expect(inline('\\*a\\*')).toEqual(['*a*'])
})

describe('links', () => {
  test('are made of http and https addresses', () => {
    expect(inline('[here](https://a.test/x) or https://b.test/y.')).toEqual([
      { tag: 'a', href: 'https://a.test/x', children: ['here'] },
      ' or ',
      { tag: 'a', href: 'https://b.test/y', children: ['https://b.test/y'] },
      '.',
    ])
  })

  test('of any other kind stay text', () => {
    for (const text of ['[a](javascript:alert)', '[a](data:text/html,x)', '[a](//b.test)', '[a](/b)', '[a](https://)']) expect(inline(text)).toEqual([text])
  })
})

test('a long text of marks is read in a moment', () => {
  for (const mark of ['*', '_', '`', '[', '**a', '](', '*a ', '[a](']) expect(parseMarkdown(mark.repeat(5_000 / mark.length)).length).toBe(1)
}, 2_000)
