import { expect, test } from 'vitest'
import { folded, jsonLines, longestText } from '../../src/reading/json-lines.js'

const show = (value: unknown) =>
  jsonLines(value).map(({ depth, key, text, comma }) => `${'  '.repeat(depth)}${key === null ? '' : `${JSON.stringify(key)}: `}${text}${comma ? ',' : ''}`)

test('a value is one line for each value and bracket, as JSON writes it', () => {
  const value = { name: 'Vera', tags: [], more: { n: 1, list: [true, null, 'x'] }, empty: {} }
  expect(show(value).join('\n')).toBe(JSON.stringify(value, null, 2))
})

test('hostile text stays text', () => {
  expect(show('</script><img src=x>\n"')).toEqual(['"</script><img src=x>\\n\\""'])
})

test('a long text is folded without breaking a letter', () => {
  expect(folded('x'.repeat(longestText))).toBeNull()
  expect(folded('x'.repeat(longestText + 1))).toBe(`${'x'.repeat(longestText - 1)}…`)
  expect(folded(`${'x'.repeat(longestText - 2)}😀😀`)).toBe(`${'x'.repeat(longestText - 2)}…`)
})
