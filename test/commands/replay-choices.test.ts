import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'
import { startReceiver, zoo } from '../helpers/receiver.js'

/** A recording of six bodies, chats 1 to 6, of two events in turn. */
const recording = Array.from({ length: 6 }, (_, at) =>
  JSON.stringify({ event_name: at % 2 === 0 ? 'chat_accepted' : 'chat_updated', chat_id: at + 1, user_token: 'one' }),
).join('\n')

const replay = async (args: string[], answer = zoo.ok as Parameters<typeof startReceiver>[0]) => {
  const folder = temporaryFolder()
  await using receiver = await startReceiver(answer)
  writeFileSync(join(folder.path, 'all.jsonl'), `${recording}\n`)
  const result = await run(['replay', 'all.jsonl', '--to', receiver.url, ...args], { cwd: folder.path })
  return { ...result, folder, received: receiver.received, chats: receiver.received.map(({ body }) => body.chat_id) }
}

test.each([
  ['a whole recording', [], [1, 2, 3, 4, 5, 6]],
  ['one event', ['--only', 'chat_updated'], [2, 4, 6]],
  ['one value of a field', ['--where', 'chat_id=3'], [3]],
  ['the second of two shards', ['--shard', '2/2'], [2, 4, 6]],
  ['everything twice', ['--repeat', '2', '--only', 'chat_updated'], [2, 4, 6, 2, 4, 6]],
])('replay sends %s', async (_, args, chats) => {
  const { code, folder, ...sent } = await replay(args)
  folder[Symbol.dispose]()
  expect(sent.chats).toEqual(chats)
  expect(code).toBe(0)
})

test('a shuffle with a seed has the same order every time, and everything is in it', async () => {
  const [one, two] = [await replay(['--order', 'shuffle', '--seed', '5']), await replay(['--order', 'shuffle', '--seed', '5'])]
  for (const { folder } of [one, two]) folder[Symbol.dispose]()
  expect(one.chats).toEqual(two.chats)
  expect([...one.chats].sort()).toEqual([1, 2, 3, 4, 5, 6])
})

test('fresh ids are new, and the same where they were the same', async () => {
  const { received, folder } = await replay(['--fresh-ids', '--seed', '5'])
  folder[Symbol.dispose]()
  const tokens = new Set(received.map(({ body }) => body.user_token))
  expect(tokens.size).toBe(1)
  expect(tokens).not.toContain('one')
  expect(new Set(received.map(({ body }) => body.chat_id)).size).toBe(6)
})

test('fields and headers are rewritten on the way', async () => {
  const { received, folder } = await replay(['--set', 'chat_id=77', '--header', 'X-Test: yes', '--only', 'chat_accepted'])
  folder[Symbol.dispose]()
  expect(received.map(({ body, headers }) => [body.chat_id, headers['x-test']])).toEqual(Array(3).fill([77, 'yes']))
})

test('what failed in a report is sent again alone', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver((response, { body }) => (body.chat_id === 3 ? zoo.html500(response) : zoo.ok(response)))
  writeFileSync(join(folder.path, 'all.jsonl'), `${recording}\n`)
  const first = await run(['replay', 'all.jsonl', '--to', receiver.url, '--report', 'json=r.json', '--report', 'html=r.html', '--report', 'md=r.md'], {
    cwd: folder.path,
  })
  expect(first).toMatchObject({ code: 1, stdout: expect.stringContaining('5 passed, 1 failed') })
  const html = readFileSync(join(folder.path, 'r.html'), 'utf8')
  expect(html).toContain('&lt;h1&gt;TypeError')
  expect(html).not.toMatch(/<script|<h1>TypeError|(src|href)="https?:/)
  receiver.answer = zoo.ok
  const again = await run(['replay', 'all.jsonl', '--to', receiver.url, '--failed-of', 'r.json'], { cwd: folder.path })
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed') })
  expect(receiver.received.at(-1)?.body.chat_id).toBe(3)
})

test('an expectation beside a fixture decides, and --update writes it', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.notOk)
  writeFileSync(join(folder.path, 'one.json'), '{"event_name":"chat_accepted"}')
  const args = ['replay', 'one.json', '--to', receiver.url]
  expect((await run(args, { cwd: folder.path })).code).toBe(1)
  expect((await run([...args, '--update'], { cwd: folder.path })).code).toBe(0)
  expect(JSON.parse(readFileSync(join(folder.path, 'one.expect.json'), 'utf8'))).toMatchObject({ status: 200, body: { result: 'no such order' } })
  expect((await run(args, { cwd: folder.path })).code).toBe(0)
  receiver.answer = zoo.ok
  expect(await run(args, { cwd: folder.path })).toMatchObject({ code: 1, stdout: expect.stringContaining('"no such order"') })
})

test('a line of a recording that is no body is named, exit 3', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  writeFileSync(join(folder.path, 'all.jsonl'), `${recording}\n{"chat_id":7}\n`)
  expect(await run(['replay', 'all.jsonl', '--to', receiver.url], { cwd: folder.path })).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/all\.jsonl.*7.*no event_name/s),
  })
})
