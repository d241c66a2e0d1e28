import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { anchorOf, causes, prose, readExamples, webhooksPage } from '../../scripts/webhooks-page.js'
import { catalog } from '../../src/contracts/webhooks/catalog.js'
import { webhookNames } from '../../src/contracts/webhooks/events.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}/docs/webhooks.md`, 'utf8')
const outsideCode = page.replaceAll(/```.*?```/gs, '')
const headings = [...outsideCode.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)

test('docs/webhooks.md is what the contracts say today', async () => {
  expect(page === webhooksPage(await readExamples(root)), 'docs/webhooks.md is stale: run `npm run docs`').toBe(true)
})

test('every contract has its heading, no heading comes twice', () => {
  const named = catalog.filter(({ kind }) => ['webhook', 'crm webhook', 'reply'].includes(kind)).map(({ name }) => `\`${name}\``)
  expect(headings).toEqual(expect.arrayContaining(named))
  expect(new Set(headings.map(anchorOf)).size).toBe(headings.length)
})

test('every link of docs/webhooks.md leads somewhere', () => {
  const links = [...outsideCode.matchAll(/\]\(([^)]+)\)|href="([^"]+)"/g)].map(([, markdown, html]) => markdown ?? html ?? '')
  const anchors = new Set(headings.map(heading => `#${anchorOf(heading)}`))
  const dead = links.filter(link => (link.startsWith('#') ? !anchors.has(link) : !existsSync(new URL(link, `file://${root}/docs/`))))
  expect(links.length).toBeGreaterThan(100)
  expect(dead).toEqual([])
})

test('every row of docs/webhooks.md has the cells of its table', () => {
  const cellsOf = (row: string) => row.split(/(?<!\\)\|/).length
  const tables = [...outsideCode.matchAll(/(?:^\|.*\n)+/gm)].map(([rows]) => rows.trimEnd().split('\n'))
  expect(tables.length).toBeGreaterThan(20)
  for (const [head = '', ...rows] of tables) for (const row of rows) expect(cellsOf(row), row).toBe(cellsOf(head))
})

test('the page names as sent by the emulator what its rules send', () => {
  const rules = new URL('../../src/emulator/rules/', import.meta.url)
  const text = ['webhooks.ts', 'webhook-bodies.ts', 'crm-bodies.ts'].map(file => readFileSync(new URL(file, rules), 'utf8')).join('\n')
  expect(Object.keys(causes).sort()).toEqual(webhookNames.filter(name => text.includes(`'${name}'`)).sort())
})

test.each([
  ['a | b', 'a \\| b'],
  ['`a | b` * c', '`a | b` \\* c'],
  ['one ` only', 'one \\` only'],
  ['<b> and [x](y)', '&lt;b> and \\[x\\](y)'],
])('%s means itself in Markdown', (text, expected) => {
  expect(prose(text)).toBe(expected)
})
