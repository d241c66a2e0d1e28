import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { botPage } from '../../scripts/bot-page.js'
import { chatPage } from '../../scripts/chat-page.js'
import { anchorOf } from '../../scripts/webhooks-page.js'
import { botEvents, botRequests, messageTypes } from '../../src/contracts/bot-api.js'
import { chatRequest } from '../../src/contracts/chat-api.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const pages = [
  ['docs/bot-api.md', botPage, [...Object.keys(botEvents), ...Object.keys(botRequests), ...messageTypes]],
  ['docs/chat-api.md', chatPage, chatRequest.shape.message.options.flatMap(({ shape }) => [...shape.type.values])],
] as const

describe.each(pages)('%s', (path, write, names) => {
  const page = read(path)
  const headings = [...page.replaceAll(/```.*?```/gs, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)

  test('is what the contracts and the rules say today', () => {
    expect(page === write(), `${path} is stale: run \`npm run docs\``).toBe(true)
  })

  test('has a heading for every name, and none twice', () => {
    expect(headings).toEqual(expect.arrayContaining(names.map(name => `\`${name}\``)))
    expect(new Set(headings.map(anchorOf)).size).toBe(headings.length)
  })

  test('has no dead link', () => {
    const anchors = new Set(headings.map(heading => `#${anchorOf(heading)}`))
    const links = [...page.matchAll(/\]\((#[^)]+)\)/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(names.length)
    expect(links.filter(link => !anchors.has(link))).toEqual([])
  })

  test('has the cells of its table in every row', () => {
    const cellsOf = (row: string) => row.split(/(?<!\\)\|/).length
    const tables = [...page.matchAll(/(?:^\|.*\n)+/gm)].map(([rows]) => rows.trimEnd().split('\n'))
    expect(tables.length).toBeGreaterThan(names.length)
    for (const [head = '', ...rows] of tables) for (const row of rows) expect([row, cellsOf(row)]).toEqual([row, cellsOf(head)])
  })
})

test('the page of the Bot API lists the statuses that its routes and rules give', () => {
  const files = ['routes', 'rules'].flatMap(folder =>
    readdirSync(new URL(`../../src/emulator/${folder}`, import.meta.url))
      .filter(file => file.startsWith('bot') || file === 'gate.ts')
      .map(file => read(`src/emulator/${folder}/${file}`)),
  )
  const given = files.flatMap(text => [...text.matchAll(/new Refusal\(\s*(\d{3})|^ {2}(\d{3}): \[/gm)].map(([, status, trouble]) => status ?? trouble))
  const listed = [...read('docs/bot-api.md').matchAll(/^\| (\d{3}) \|/gm)].map(([, status]) => status)
  expect(listed).toEqual([...new Set(['200', ...given])].sort())
})
