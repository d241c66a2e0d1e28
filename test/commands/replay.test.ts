import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { run, start, temporaryFolder } from '../helpers/cli.js'
import { startReceiver, zoo } from '../helpers/receiver.js'

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
const all = files.length
const finished = files.filter(name => /chat_finished\./.test(name)).length

test('every fixture of the package is sent in order and passes a server that says ok', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  const { code, stdout } = await run(['replay', fixtures, '--to', receiver.url], { cwd: folder.path })
  expect(stdout).toMatch(new RegExp(`\\n${all} passed in [\\d.]+ m?s\\n$`))
  expect(code).toBe(0)
  expect(receiver.received).toHaveLength(all)
  const crm = receiver.received.findIndex(({ body }) => body.event_name === 'chat_accepted')
  // By folder, then by name: those of the CRM come before those of the channel.
  expect(receiver.received.slice(crm).every(({ body }) => body.widget_id !== undefined)).toBe(true)
})

test('a failure is exit 1, in the lines, in JSON and in the JUnit report', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver((response, { body }) => (body.event_name === 'chat_finished' ? zoo.html500(response) : zoo.ok(response)))
  const { code, stdout } = await run(['replay', fixtures, '--to', receiver.url, '--report', 'junit=report.xml'], { cwd: folder.path })
  expect(stdout).toContain(`${all - finished} passed, ${finished} failed in`)
  expect(stdout).toContain('Expected a status from 200 to 299, got 500 (text/html).')
  expect(code).toBe(1)
  expect(readFileSync(join(folder.path, 'report.xml'), 'utf8')).toContain(`tests="${all}" failures="${finished}"`)
  const lines = (await run(['replay', fixtures, '--to', receiver.url, '--json'], { cwd: folder.path })).stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines).toHaveLength(all + 1)
  expect(lines.at(-1)).toMatchObject({ type: 'replay.summary', passed: all - finished, failed: finished })
})

test('a server that is not there is exit 4', async () => {
  using folder = temporaryFolder()
  const { code, stdout } = await run(['replay', fixtures, '--to', 'http://127.0.0.1:9/'], { cwd: folder.path })
  expect(stdout).toContain(`0 passed, ${all} failed`)
  expect(code).toBe(4)
})

test('a file that is not a body stops before anything is sent, and is named with its line', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  mkdirSync(join(folder.path, 'mine'))
  writeFileSync(join(folder.path, 'mine', 'a.json'), '{"event_name":"chat_accepted"}')
  writeFileSync(join(folder.path, 'mine', 'b.json'), '{\n  "event_name": "chat_updated",\n}')
  const { code, stderr } = await run(['replay', 'mine', '--to', receiver.url], { cwd: folder.path })
  expect(stderr).toMatch(/mine[/\\]b\.json is not a webhook body: line 3/)
  expect(code).toBe(3)
  expect(receiver.received).toEqual([])
})

test.each([
  ['a path that is not there', ['nope'], 'nope: it does not exist', 3],
  ['a folder without fixtures', ['.'], 'There are no fixtures under .', 3],
  ['an unknown report', ['.', '--report', 'xml=x'], 'junit=FILE', 2],
])('%s is a clear error', async (_, args, words, exit) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['replay', ...args, '--to', 'http://127.0.0.1:9/'], { cwd: folder.path })
  expect(stderr).toContain(words)
  expect(code).toBe(exit)
})

test('--watch sends a file again when it changes, and survives one that is broken', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  const file = join(folder.path, 'one.json')
  writeFileSync(file, '{"event_name":"chat_accepted","chat_id":1}')
  await using watching = start(['replay', 'one.json', '--to', receiver.url, '--watch'], { cwd: folder.path })
  await watching.says('Watching')
  // The watcher is ready a moment after it says so; writing until it has seen it waits on a condition.
  let number = 2
  while (!receiver.received.some(({ body }) => Number(body.chat_id) >= 2)) {
    writeFileSync(file, `{"event_name":"chat_accepted","chat_id":${number}}`)
    number += 1
    await new Promise(resolve => setTimeout(resolve, 150))
  }
  writeFileSync(file, '{"event_name":')
  await watching.says('is not a webhook body')
  writeFileSync(file, '{"event_name":"chat_accepted","chat_id":99999}')
  expect(await receiver.wait(({ body }) => body.chat_id === 99_999)).toMatchObject({ body: { event_name: 'chat_accepted' } })
  watching.child.kill('SIGINT')
  expect(await watching.finished).toMatchObject({ code: 0 })
})
