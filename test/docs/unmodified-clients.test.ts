import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { jivoHosts } from '../../src/emulator/guard.js'
import { run, temporaryFolder } from '../helpers/cli.js'

const page = readFileSync(new URL('../../docs/unmodified-clients.md', import.meta.url), 'utf8')
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

test('the page lists every variable that a command gets, and no other', async () => {
  const { stdout } = await run(['exec', '--print-env', '--json', '--bot', 'http://127.0.0.1:1', '--chat', 'http://127.0.0.1:1'], { cwd: folder.path })
  const table = page.slice(page.indexOf('| variable |'), page.indexOf('`--no-proxy`'))
  const listed = table.split('\n').flatMap(row => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(listed.sort()).toEqual(Object.keys(JSON.parse(stdout)).sort())
})

test('the page names the hosts that are led here', () => {
  expect(page).toContain(`${jivoHosts.map(host => `\`${host}\``).join(', ')}.`)
})

test('every flag that the page names is one of exec', async () => {
  const { stdout } = await run(['exec', '--help'], { cwd: folder.path })
  const flags = [...page.matchAll(/(?<=[`\s])--[a-z][a-z-]*/g)].map(([flag]) => flag).filter(flag => flag !== '--import')
  expect(flags.length).toBeGreaterThan(5)
  for (const flag of flags) expect(stdout, flag).toMatch(new RegExp(`${flag}\\b`))
})
