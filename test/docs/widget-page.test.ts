import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { anchorOf } from '../../scripts/webhooks-page.js'
import { widgetPage } from '../../scripts/widget-page.js'
import { widgetApi } from '../../src/contracts/widget-api.js'

const page = readFileSync(fileURLToPath(new URL('../../docs/widget.md', import.meta.url)), 'utf8')
const headings = [...page.replaceAll(/```.*?```/gs, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)

test('docs/widget.md is what the table says today', () => {
  expect(page === widgetPage(), 'docs/widget.md is stale: run `npm run docs`').toBe(true)
})

test('every name has its heading, and no heading comes twice', () => {
  expect(headings).toEqual(expect.arrayContaining(widgetApi.map(({ name }) => `\`${name}\``)))
  expect(new Set(headings.map(anchorOf)).size).toBe(headings.length)
})

test('every link of docs/widget.md leads somewhere', () => {
  const anchors = new Set(headings.map(heading => `#${anchorOf(heading)}`))
  const links = [...page.matchAll(/\]\((#[^)]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(widgetApi.length)
  expect(links.filter(link => !anchors.has(link))).toEqual([])
})

test('every row of docs/widget.md has the cells of its table', () => {
  const cellsOf = (row: string) => row.split(/(?<!\\)\|/).length
  for (const row of page.match(/^\|.*$/gm) ?? []) expect([row, cellsOf(row)]).toEqual([row, 6])
})

test('names, evidence and both languages are there for everything', () => {
  expect(new Set(widgetApi.map(({ name }) => name)).size).toBe(widgetApi.length)
  for (const { name, about, source, args, notes, returns } of widgetApi) {
    const texts = [about, ...args.map(arg => arg.about), ...notes.map(note => note.text), ...(returns === null ? [] : [returns.about])]
    for (const { en, ru } of texts)
      expect([name, en !== '', /\p{Script=Cyrillic}/u.test(ru), en.split('`').length % 2, ru.split('`').length % 2]).toEqual([name, true, true, 1, 1])
    expect([name, source]).not.toEqual([name, ''])
  }
})
