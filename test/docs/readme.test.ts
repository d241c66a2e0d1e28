import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { parseProjectFile } from '../../src/config/project-file.js'
import { exitCodes } from '../../src/errors.js'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { id } from '../helpers/emulator.js'
import { type Receiver, startReceiver } from '../helpers/receiver.js'

const readme = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const twins = { 'README.md': readme('README.md'), 'README.ru.md': readme('README.ru.md') }

/** Lines of the shell examples that run the package. */
const commandsIn = (text: string) =>
  [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.split('\n').filter(line => line.startsWith('npx jivo-dev ')))

const folder = temporaryFolder()
let emulator: Awaited<ReturnType<typeof emulate>>
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
  emulator = await emulate([], folder.path)
  const socket = new WebSocket(`${emulator.url.replace('http', 'ws')}widget/${emulator.widgetId}/socket`)
  socket.on('message', data => {
    const { type, callback, args, seq } = JSON.parse(String(data))
    if (type === 'callback') socket.send(JSON.stringify({ type: 'fired', callback, args, outcome: 'called', scheduled: seq }))
  })
  await new Promise(resolve => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'open', page: id('p', 1), key: id('k', 1), url: 'http://shop.test/', title: 'Shop', referrer: '', language: 'en' }))
  await emulator.says('page.opened')
})

afterAll(async () => {
  await emulator[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** Words of a command line with simple quotes. */
const wordsOf = (line: string) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

test.each(Object.entries(twins).flatMap(([name, text]) => commandsIn(text).map(line => [name, line] as const)))('%s: %s works', async (_, line) => {
  const [, , ...args] = wordsOf(line.replaceAll('http://127.0.0.1:3000/jivo', receiver.url).replace('--exit-after 10m', '--exit-after 100ms'))
  // The line before exports one in the same block.
  const env = { JIVO_DEV_JWT_SECRET: 'Nn3vRk8sVf2qLw7bXz5cMt1yHd9gJp4aEu6oKi0rTs8eWl2xQv5mBz7nCy3fGh1j' }
  const isEmulate = args[0] === 'emulate'
  const { code, stderr } = await run(isEmulate ? [...args, '--data', 'another'] : args, { cwd: folder.path, env })
  // What is said and is no complaint: where a report is, and what `exec` leads where.
  expect(stderr.replace(/^(Report: |jivo-dev exec: .*( lead to |only while a command runs)).*\n/, '')).toBe('')
  expect(code).toBe(0)
})

test('the twins have the same commands, addresses and tables', () => {
  const [english = '', russian = ''] = Object.values(twins)
  const shape = (text: string) => ({
    headings: [...text.matchAll(/^#+ /gm)].map(([level]) => level),
    rows: [...text.matchAll(/^\|/gm)].length,
    commands: commandsIn(text).map(line => line.replace(/Ada|Ада/, '')),
    code: [...text.replaceAll(/```.*?```/gs, '').matchAll(/`([^`]+)`/g)].map(match => match[1]).sort(),
  })
  expect(shape(russian)).toEqual(shape(english))
})

test.each(Object.entries(twins))('%s shows the two commands first and stays under 300 lines', (_, text) => {
  const [, first] = /```sh\n(.*?)```/s.exec(text) ?? []
  expect(first?.split('\n').map(line => line.split(/ {2,}/)[0])).toEqual(['npm start', 'npm test', ''])
  expect(text.split('\n').length).toBeLessThan(300)
})

test.each(Object.entries(twins))('%s lists every exit code', (_, text) => {
  for (const code of Object.values(exitCodes)) expect(text).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'))
})

test('the version in the examples is the one of the package', () => {
  const { version } = JSON.parse(readme('package.json'))
  for (const text of Object.values(twins)) expect(text).toContain(`jivo-dev ${version}, a local fake of Jivo.`)
})

test('the example of a project file in the README is a project file', () => {
  for (const text of Object.values(twins)) {
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(text) ?? []
    const { bots, channels } = parseProjectFile(example, { BOT_TOKEN: 'sesame' })
    expect(bots?.[0]).toMatchObject({ token: 'sesame', answerWithin: 30_000 })
    expect(channels?.map(({ type }) => type)).toEqual(['telegram', 'chat-api'])
  }
})
